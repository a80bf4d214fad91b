import type { RequestEvent } from '@sveltejs/kit';
import type { ServerContext } from './context.ts';
import { ApiError } from './api-error.ts';

/**
 * Whether the server can answer: one read from its database. The body is what a probe checks, never the status alone. A register that was found damaged is
 * told until somebody has restored a backup: each write makes it worse. So is a medium that took no write the last time: phones are told to come again, and
 * keep what they have.
 */
export async function checkHealth(
	_event: RequestEvent,
	{ store, log, epoch, check }: ServerContext
): Promise<Response> {
	if (check.fault !== undefined)
		return Response.json({ status: 'damaged', store: store.kind, epoch }, { status: 503 });
	if (store.takesNoWrites())
		return Response.json({ status: 'read_only', store: store.kind, epoch }, { status: 503 });
	try {
		await store.db.selectFrom('server_facts').select('key').limit(1).execute();
	} catch (error) {
		log.error('unhealthy', { error: error instanceof Error ? error.message : 'unknown' });
		throw new ApiError(503, 'unavailable');
	}
	return Response.json({ status: 'ok', store: store.kind, epoch });
}
