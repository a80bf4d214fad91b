import { endpoint } from '#lib/server/endpoint.ts';
import { handleChecks } from '#lib/server/directory/links/handle-checks.ts';

export const GET = endpoint(handleChecks);
