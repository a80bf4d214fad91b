import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { JSON_LIMITS } from '#lib/protocol/limits.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { keepRequest } from '#lib/statistics/printed-report.ts';
import { keepPrinted, printedReports } from './printed-reports.ts';

const LIMITS = { bytes: 1024 * 1024, json: JSON_LIMITS };

/** `GET /api/v1/municipal-sheets?from=&to=`: what was printed for municipalities, with the tables of what overlaps this time. */
export async function handlePrintedReports(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'report:read');
	const { searchParams } = event.url;
	const asked = { from: searchParams.get('from'), to: searchParams.get('to') };
	const { data: period } = z.safeParse(z.object({ from: z.iso.date(), to: z.iso.date() }), asked);
	if (period === undefined) throw new ApiError(422, 'bad_request');
	return Response.json(await printedReports(server.store, organisation, period));
}

/** `PUT /api/v1/municipal-sheets`: keeps what is about to be printed. What is printed leaves the organisation, so it is noted as an export. */
export async function handleKeepPrinted(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'report:read');
	const { json } = await readJsonBody(event.request, LIMITS);
	const { data } = keepRequest.safeParse(json);
	if (!data) throw new ApiError(422, 'bad_request');
	await keepPrinted(server.store, session.organisation, data.reports, data.seen, server.now());
	const [first] = data.reports;
	await noteUse(server, session, [{ event: 'export', kind: 'figures', ids: [first!.from, first!.to] }]);
	return new Response(null, { status: 204 });
}
