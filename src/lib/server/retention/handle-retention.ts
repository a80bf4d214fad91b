import type { RequestEvent } from '@sveltejs/kit';
import { retentionClasses, retentionRequest, type RetentionAnswer } from '#lib/protocol/retention.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { requireProof } from '#lib/server/accounts/step-up.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { describePeriods, setPeriod } from './periods.ts';

const LIMITS = { bytes: 1024, json: { depth: 2, keys: 8 } };
/** Runs that are shown. */
const RUNS = 30;
/** Fewer contacts than this are told as fewer. */
const SMALL = 5;

/** `GET /api/v1/retention`: for how long what is kept, what the last nights emptied, and the figures that stay. */
export async function handleRetention(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'retention:read');
	const { store, settings, now } = server;
	const { organisation } = session;
	const runs = await store.db
		.selectFrom('retention_runs')
		.select(['date', 'changed_at as at', 'unfinished', 'counts'])
		.where('organisation_id', '=', organisation)
		.orderBy('date', 'desc')
		.limit(RUNS)
		.execute();
	return Response.json({
		periods: await describePeriods(store, organisation, settings.auditYears, now()),
		runs: runs.map(({ unfinished, counts, ...run }) => ({
			...run,
			unfinished: unfinished === 1,
			counts: JSON.parse(counts) as RetentionAnswer['runs'][number]['counts']
		})),
		figures: await figuresOf(store, organisation),
		maySet: roleMay(session.role, 'retention:set')
	} satisfies RetentionAnswer);
}

async function figuresOf({ db }: Store, organisation: string): Promise<RetentionAnswer['figures']> {
	const rows = await db
		.selectFrom('retained_figures')
		.select(['month', 'municipality', 'contacts'])
		.where('organisation_id', '=', organisation)
		.execute();
	const sums = Map.groupBy(rows, ({ month, municipality }) => `${month.slice(0, 4)} ${municipality}`);
	return [...sums.values()]
		.map((some) => {
			const contacts = some.reduce((sum, row) => sum + row.contacts, 0);
			const { month, municipality } = some[0]!;
			return { year: month.slice(0, 4), municipality, contacts: contacts < SMALL ? null : contacts };
		})
		.sort((a, b) => (`${b.year} ${a.municipality}` < `${a.year} ${b.municipality}` ? -1 : 1));
}

/** `PUT /api/v1/retention`: an administrator sets one period, and proves who they are: a short one erases much. */
export async function handlePeriod(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'retention:set');
	requireProof(server, session);
	const { json } = await readJsonBody(event.request, LIMITS);
	const { success, data } = retentionRequest.safeParse(json);
	if (!success) throw new ApiError(422, 'bad_request');
	const { class: name, months } = data;
	const { least, most } = retentionClasses[name];
	if (months < least || months > most) throw new ApiError(422, 'bad_request');
	const { store, settings, now } = server;
	await store.write((trx) =>
		setPeriod(trx, session, name, months, { auditYears: settings.auditYears, now: now() })
	);
	return new Response(null, { status: 204 });
}
