import { handleTables } from '#lib/server/directory/export/handle-export.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleTables);
