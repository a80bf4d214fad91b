import { handleSignIn } from '#lib/server/accounts/handle-passkeys.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const POST = endpoint(handleSignIn);
