import { handleImports, handleNewImport } from '#lib/server/directory/runs/handle-imports.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleImports);
export const POST = endpoint(handleNewImport);
