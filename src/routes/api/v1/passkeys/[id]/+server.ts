import { handlePasskeyName, handlePasskeyRemoval } from '#lib/server/accounts/handle-passkeys.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const PATCH = endpoint(handlePasskeyName);
export const DELETE = endpoint(handlePasskeyRemoval);
