import { APPOINTMENT } from '#lib/domain/appointment.ts';
import { SERVICE_REPORT } from '#lib/domain/service-report.ts';
import { TOUR_CHANGE } from '#lib/domain/tour-change.ts';
import type { AuditKind } from '#lib/protocol/audit.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import type { RetentionCounts } from '#lib/protocol/retention.ts';
import { note } from '#lib/server/audit/note.ts';
import type { ErasedRecord, TrimmedRecord } from '#lib/server/storage/erased-list.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { eraseRecords } from '#lib/server/sync/erase.ts';
import { trimRecords } from '#lib/server/sync/trim.ts';
import { dueAppointments } from './due-appointments.ts';
import { dueCards } from './due-cards.ts';
import { dueNotes, dueRecords, dueReplaced, dueUnopened, type DueOf, type Search } from './due.ts';
import { monthsBefore } from './months.ts';
import type { Periods } from './periods.ts';

/** Of each class in one run: a period that was made much shorter must not hold up the server for a night. */
const MOST = 5000;
/** What one transaction empties; phones deliver between two of them. */
const AT_ONCE = 200;

export const noCounts: RetentionCounts = {
	visits: 0,
	cards: 0,
	notes: 0,
	replaced: 0,
	reports: 0,
	appointments: 0,
	unopened: 0,
	figures: 0,
	access: 0
};

interface Run {
	counts: RetentionCounts;
	/** More is due than one run may take. */
	unfinished: boolean;
}

/**
 * Empties what an organisation has kept for longer than its periods. Each transaction stands for itself: a run that dies is simply followed
 * by the next, which finds what is left.
 *
 * @param dry only counts, and counts all of it
 */
export async function retain(
	store: Store,
	organisation: string,
	periods: Periods,
	{ now, dry = false, most = MOST }: { now: number; dry?: boolean; most?: number }
): Promise<Run> {
	const search: Search = { store, organisation, most: dry ? Infinity : most };
	const before = (name: keyof Periods) => monthsBefore(now, periods[name]);
	const job: Job = { store, organisation, now, dry };
	const erase = async (of: DueOf, until: number) =>
		each(job, await dueRecords(search, of, until), (trx, some) => eraseDue(job, trx, some, until));
	const counts = {
		visits:
			(await erase({ collection: 'visit', cards: true }, before('visitsWithCard'))) +
			(await erase({ collection: 'visit', cards: false }, before('visits'))),
		cards: await each(job, await dueCards(search, before('cards')), (trx, some) =>
			trimDue(job, trx, some, 'card')
		),
		reports:
			(await erase({ collection: SERVICE_REPORT }, before('reports'))) +
			(await erase({ collection: TOUR_CHANGE }, before('reports'))),
		appointments: await each(job, await dueAppointments(search, before('appointments')), (trx, some) =>
			eraseDue(job, trx, some, before('appointments'))
		),
		notes: await each(job, await dueNotes(search, before('notes')), (trx, some) =>
			trimDue(job, trx, some, 'note')
		),
		replaced: await each(job, await dueReplaced(search, before('replaced')), (trx, ops) =>
			emptyOps(job, trx, ops)
		),
		unopened: await each(job, await dueUnopened(search, before('visits')), (trx, ops) =>
			emptyOps(job, trx, ops)
		),
		figures: await dropFigures(job, before('figures')),
		access: 0
	};
	// Pages of before stand in the log of SQLite until then.
	if (!dry && Object.values(counts).some((count) => count > 0)) await store.scrub?.();
	const { visits, cards, reports, appointments, notes, replaced, unopened } = counts;
	const unfinished =
		!dry && Math.max(visits, cards, reports, appointments, notes, replaced, unopened) >= most;
	return { counts, unfinished };
}

/** What the audit trail calls what is erased; what is about services is of the directory. */
const KINDS: Readonly<Record<string, AuditKind>> = {
	visit: 'visit',
	[APPOINTMENT]: 'appointment',
	[TOUR_CHANGE]: 'tour'
};

interface Job {
	store: Store;
	organisation: string;
	now: number;
	dry: boolean;
}

async function each<T>(
	{ store, dry }: Job,
	due: readonly T[],
	task: (trx: Trx, some: readonly T[]) => Promise<number>
): Promise<number> {
	if (dry) return due.length;
	let done = 0;
	for (let first = 0; first < due.length; first += AT_ONCE)
		done += await store.write((trx) => task(trx, due.slice(first, first + AT_ONCE)));
	return done;
}

async function eraseDue(
	{ store, organisation, now }: Job,
	trx: Trx,
	due: readonly ErasedRecord[],
	before: number
): Promise<number> {
	const [{ collection } = { collection: '' }] = due;
	const ids = due.map(({ id }) => id);
	// Who brings something to one of them waits for this from here on; what was brought since the search makes it young again.
	if (store.kind === 'postgres')
		await trx
			.selectFrom('records')
			.select('id')
			.where('organisation_id', '=', organisation)
			.where('collection', '=', collection)
			.where(among(store, 'id', ids))
			.orderBy('id')
			.forUpdate()
			.execute();
	const touched = await trx
		.selectFrom('journal')
		.select('record_id')
		.distinct()
		.where('organisation_id', '=', organisation)
		.where('collection', '=', collection)
		.where(among(store, 'record_id', ids))
		.where('received_at', '>=', before)
		.execute();
	const young = new Set(touched.map(({ record_id }) => record_id));
	const erased = await eraseRecords(
		trx,
		store,
		organisation,
		due.filter(({ id }) => !young.has(id))
	);
	if (erased.length === 0) return 0;
	const noted = [...Map.groupBy(erased, ({ part }) => part)].map(([part, some]) => ({
		event: 'erase' as const,
		kind: KINDS[collection] ?? ('directory' as const),
		ids: some.map(({ id }) => id),
		whose: memberOfPart(part)
	}));
	await note(trx, { organisation }, noted, now);
	store.erased.add(erased);
	return erased.length;
}

async function trimDue(
	{ store, organisation, now }: Job,
	trx: Trx,
	due: readonly TrimmedRecord[],
	kind: 'note' | 'card'
): Promise<number> {
	const trimmed = await trimRecords(trx, store, organisation, due);
	if (trimmed.length === 0) return 0;
	const noted = [...Map.groupBy(trimmed, ({ part }) => part)].map(([part, some]) => ({
		event: 'erase' as const,
		kind,
		ids: some.map(({ record }) => record),
		whose: memberOfPart(part)
	}));
	await note(trx, { organisation }, noted, now);
	store.erased.add(trimmed);
	return trimmed.length;
}

async function emptyOps({ store, organisation }: Job, trx: Trx, ops: readonly string[]): Promise<number> {
	await trx
		.updateTable('journal_bodies')
		.set({ body: '' })
		.where('organisation_id', '=', organisation)
		.where(among(store, 'op_id', ops))
		.execute();
	return ops.length;
}

async function dropFigures({ store, organisation, dry }: Job, before: number): Promise<number> {
	const month = new Date(before).toISOString().slice(0, 7);
	if (dry) {
		const row = await store.db
			.selectFrom('retained_figures')
			.select(({ fn }) => fn.countAll<number>().as('months'))
			.where('organisation_id', '=', organisation)
			.where('month', '<', month)
			.executeTakeFirstOrThrow();
		return Number(row.months);
	}
	const { numDeletedRows } = await store.db
		.deleteFrom('retained_figures')
		.where('organisation_id', '=', organisation)
		.where('month', '<', month)
		.executeTakeFirst();
	return Number(numDeletedRows);
}
