import {
	handleImport,
	handleImportGivenUp,
	handleImportStep
} from '#lib/server/directory/runs/handle-imports.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleImport);
export const POST = endpoint(handleImportStep);
export const DELETE = endpoint(handleImportGivenUp);
