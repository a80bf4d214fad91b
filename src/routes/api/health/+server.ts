import { endpoint } from '#lib/server/endpoint.ts';
import { checkHealth } from '#lib/server/health.ts';

export const GET = endpoint(checkHealth);
