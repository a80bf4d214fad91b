import { handleMember } from '#lib/server/accounts/handle-accounts.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const PATCH = endpoint(handleMember);
