import type { RequestEvent } from '@sveltejs/kit';
import { requireRole, sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { visitReport } from './visits.ts';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** `GET /api/v1/report?from=&to=`: true figures, for inside the organisation only. */
export async function handleReport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRole(await sessionOf(event, server), 'coordinator', 'administrator');
	const from = event.url.searchParams.get('from') ?? '';
	const to = event.url.searchParams.get('to') ?? '';
	if (!DATE.test(from) || !DATE.test(to) || from > to) throw new ApiError(422, 'bad_request');
	return Response.json(await visitReport(server.store, organisation, from, to));
}
