import { handleAccount } from '#lib/server/accounts/handle-account.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleAccount);
