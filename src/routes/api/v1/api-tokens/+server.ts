import { handleNewToken, handleTokens } from '#lib/server/accounts/handle-api-tokens.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleTokens);
export const POST = endpoint(handleNewToken);
