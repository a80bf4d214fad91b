import { handleSignOut, handleWhoAmI } from '#lib/server/accounts/handle-account.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleWhoAmI);
export const DELETE = endpoint(handleSignOut);
