import { endpoint } from '#lib/server/endpoint.ts';
import { handlePeriod, handleRetention } from '#lib/server/retention/handle-retention.ts';

export const GET = endpoint(handleRetention);
export const PUT = endpoint(handlePeriod);
