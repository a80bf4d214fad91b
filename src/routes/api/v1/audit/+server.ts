import { handleAudit } from '#lib/server/audit/handle-audit.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleAudit);
