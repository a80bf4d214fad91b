import { endpoint } from '#lib/server/endpoint.ts';
import { handleRejected } from '#lib/server/sync/handle-rejected.ts';

export const GET = endpoint(handleRejected);
