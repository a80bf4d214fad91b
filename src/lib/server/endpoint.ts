import type { RequestEvent } from '@sveltejs/kit';
import { newId } from '#lib/domain/ids.ts';
import { ApiError } from './api-error.ts';
import { dropBody } from './body.ts';
import type { ServerContext } from './context.ts';
import { isStorageFull, isStoreFailure } from './storage/failures.ts';
import { inRequest } from './storage/reach.ts';

type Handler = (event: RequestEvent, server: ServerContext) => Promise<Response> | Response;

/** Seconds after which a client may come again when the store is busy or full. */
const RETRY_AFTER = '30';

/**
 * Wraps an API route: origin of requests that write, errors of the closed list, one structured log line, no caching. What is
 * not foreseen is logged with an id and answered with that id's code only.
 */
export function endpoint(handler: Handler): (event: RequestEvent) => Promise<Response> {
	return async (event) => {
		const server = event.locals.server;
		const started = performance.now();
		let response: Response;
		try {
			if (event.request.method !== 'GET' && event.request.method !== 'HEAD') checkOrigin(event, server);
			response = await inRequest(async () => handler(event, server));
		} catch (error) {
			response = answerError(error, event, server);
			await dropBody(event.request);
		}
		// Only what never changes says otherwise.
		if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
		server.log.debug('request', {
			method: event.request.method,
			route: event.route.id ?? 'unknown',
			status: response.status,
			ms: Math.round(performance.now() - started)
		});
		return response;
	};
}

/** Kit checks form posts only; everything that writes here must come from our own pages. */
function checkOrigin({ request, url }: RequestEvent, { settings }: ServerContext): void {
	const origin = request.headers.get('origin');
	if (origin !== null) {
		if (origin === url.origin || origin === settings.origin) return;
	} else if (request.headers.get('sec-fetch-site') === 'same-origin') return;
	throw new ApiError(403, 'wrong_origin');
}

function answerError(error: unknown, event: RequestEvent, { log }: ServerContext): Response {
	if (error instanceof ApiError) {
		log.info('refused', { route: event.route.id ?? 'unknown', status: error.status, code: error.code });
		return error.response();
	}
	const errorId = newId();
	log.error('failed', {
		route: event.route.id ?? 'unknown',
		errorId,
		error:
			error instanceof Error
				? `${error.name} ${'errcode' in error ? error.errcode : ''} ${error.stack ?? ''}`
				: 'unknown'
	});
	if (isStorageFull(error))
		return new ApiError(507, 'storage_full', { 'retry-after': RETRY_AFTER }).response();
	if (isStoreFailure(error)) return new ApiError(503, 'busy', { 'retry-after': RETRY_AFTER }).response();
	return Response.json({ error: 'unavailable', id: errorId }, { status: 500 });
}
