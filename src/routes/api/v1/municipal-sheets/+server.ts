import { endpoint } from '#lib/server/endpoint.ts';
import { handleKeepPrinted, handlePrintedReports } from '#lib/server/reports/handle-printed-reports.ts';

export const GET = endpoint(handlePrintedReports);
export const PUT = endpoint(handleKeepPrinted);
