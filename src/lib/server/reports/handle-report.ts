import type { RequestEvent } from '@sveltejs/kit';
import { helsinki } from '#lib/domain/dates.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { question, type Question } from '#lib/statistics/question.ts';
import { coverageReport } from './coverage.ts';
import { figuresOf } from './figures.ts';
import { publishedFiguresOf } from './published-figures.ts';
import { visitReport } from './visits.ts';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whose figures are asked for, by somebody who may have them. */
const reader = async (event: RequestEvent, server: ServerContext) =>
	requireRight(await sessionOf(event, server), 'report:read');

/** Whose figures are asked for, and of which days: both dates are included. */
async function asked(event: RequestEvent, server: ServerContext) {
	const session = await reader(event, server);
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

/** What stands in `?ask=`; undefined where it is no question. */
export function readQuestion(text: string): Question | undefined {
	try {
		const { data } = question.safeParse(JSON.parse(text));
		return data && data.from <= data.to ? data : undefined;
	} catch {
		return undefined;
	}
}

/**
 * `GET /api/v1/figures?ask=`: the answer to any question (`statistics/question.ts`), as JSON; true figures, for inside the organisation only. A network
 * viewer gets what may leave it (`statistics/published.ts`), and of other questions no more than anybody who may not ask.
 */
export async function handleFigures(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'published:read');
	const wanted = readQuestion(event.url.searchParams.get('ask') ?? '');
	if (!wanted) throw new ApiError(422, 'bad_request');
	const { store, now } = server;
	const { organisation, role } = session;
	const note = () =>
		noteUse(server, session, [{ event: 'report', kind: 'figures', ids: [wanted.from, wanted.to] }]);
	if (roleMay(role, 'report:read')) {
		await note();
		return Response.json(await figuresOf(store, organisation, wanted));
	}
	const published = await publishedFiguresOf(store, organisation, wanted, now());
	if (!published) throw new ApiError(403, 'not_allowed');
	await note();
	return Response.json(published);
}

/** `GET /api/v1/coverage?from=&to=`: the same contacts against the directory of today; for inside the organisation only, too. */
export async function handleCoverage(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation, from, to } = await asked(event, server);
	const today = helsinki(server.now()).date;
	return Response.json(await coverageReport(server.store, organisation, { from, to }, today));
}
