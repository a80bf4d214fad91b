import { endpoint } from '#lib/server/endpoint.ts';
import { handleFiguresFile } from '#lib/server/reports/handle-figures-file.ts';

export const GET = endpoint(handleFiguresFile);
