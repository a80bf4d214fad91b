import { handleTokenRevocation } from '#lib/server/accounts/handle-api-tokens.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const DELETE = endpoint(handleTokenRevocation);
