import { endpoint } from '#lib/server/endpoint.ts';
import { handlePublishedFile } from '#lib/server/reports/handle-published-file.ts';

export const GET = endpoint(handlePublishedFile);
