import { endpoint } from '#lib/server/endpoint.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';

export const POST = endpoint(handleSync);
