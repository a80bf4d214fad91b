import { endpoint } from '#lib/server/endpoint.ts';
import { handleBasis } from '#lib/server/reports/handle-basis.ts';

export const GET = endpoint(handleBasis);
