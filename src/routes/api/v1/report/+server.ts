import { endpoint } from '#lib/server/endpoint.ts';
import { handleReport } from '#lib/server/reports/handle-report.ts';

export const GET = endpoint(handleReport);
