import { endpoint } from '#lib/server/endpoint.ts';
import { handleCodeLists } from '#lib/server/reports/handle-code-lists.ts';

export const GET = endpoint(handleCodeLists);
