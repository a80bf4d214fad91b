import { handleImportFile } from '#lib/server/directory/runs/handle-imports.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const PUT = endpoint(handleImportFile);
