import type { RequestEvent } from '@sveltejs/kit';
import type { ServerContext } from './context.ts';
import { ApiError } from './api-error.ts';

/** Whether the server can answer: one read from its database. The body is what a probe checks, never the status alone. */
export async function checkHealth(
	_event: RequestEvent,
	{ store, log, epoch }: ServerContext
): Promise<Response> {
	try {
		await store.db.selectFrom('server_facts').select('key').limit(1).execute();
	} catch (error) {
		log.error('unhealthy', { error: error instanceof Error ? error.message : 'unknown' });
		throw new ApiError(503, 'unavailable');
	}
	return Response.json({ status: 'ok', store: store.kind, epoch });
}
