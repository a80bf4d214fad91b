import { handleEndOthers } from '#lib/server/accounts/handle-account.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const DELETE = endpoint(handleEndOthers);
