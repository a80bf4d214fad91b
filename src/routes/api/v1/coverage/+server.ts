import { endpoint } from '#lib/server/endpoint.ts';
import { handleCoverage } from '#lib/server/reports/handle-report.ts';

export const GET = endpoint(handleCoverage);
