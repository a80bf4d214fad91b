import { handleWiped } from '#lib/server/accounts/handle-wiped.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const POST = endpoint(handleWiped);
