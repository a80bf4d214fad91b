import { endpoint } from '#lib/server/endpoint.ts';
import { handleShareCode } from '#lib/server/sharing/handle-sharing.ts';

export const POST = endpoint(handleShareCode);
