import { endpoint } from '#lib/server/endpoint.ts';
import { handleFigures } from '#lib/server/reports/handle-report.ts';

export const GET = endpoint(handleFigures);
