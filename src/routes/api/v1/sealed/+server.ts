import { endpoint } from '#lib/server/endpoint.ts';
import { handleSealed } from '#lib/server/sync/handle-sealed.ts';

export const POST = endpoint(handleSealed);
