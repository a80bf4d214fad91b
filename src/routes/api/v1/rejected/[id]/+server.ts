import { endpoint } from '#lib/server/endpoint.ts';
import { handleDecision } from '#lib/server/sync/handle-rejected.ts';

export const POST = endpoint(handleDecision);
