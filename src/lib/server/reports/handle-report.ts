import type { RequestEvent } from '@sveltejs/kit';
import { helsinki } from '#lib/domain/dates.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { coverageReport } from './coverage.ts';
import { visitReport } from './visits.ts';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whose figures are asked for, and of which days: both dates are included. */
async function asked(event: RequestEvent, server: ServerContext) {
	const session = requireRight(await sessionOf(event, server), 'report:read');
	const from = event.url.searchParams.get('from') ?? '';
	const to = event.url.searchParams.get('to') ?? '';
	if (!DATE.test(from) || !DATE.test(to) || from > to) throw new ApiError(422, 'bad_request');
	await noteUse(server, session, [{ event: 'report', kind: 'figures', ids: [from, to] }]);
	return { organisation: session.organisation, from, to };
}

/** `GET /api/v1/report?from=&to=`: true figures, for inside the organisation only. */
export async function handleReport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation, from, to } = await asked(event, server);
	return Response.json(await visitReport(server.store, organisation, from, to));
}

/** `GET /api/v1/coverage?from=&to=`: the same contacts against the directory of today; for inside the organisation only, too. */
export async function handleCoverage(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation, from, to } = await asked(event, server);
	const today = helsinki(server.now()).date;
	return Response.json(await coverageReport(server.store, organisation, { from, to }, today));
}
