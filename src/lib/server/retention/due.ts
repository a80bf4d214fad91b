import { sql } from 'kysely';
import type { APPOINTMENT } from '#lib/domain/appointment.ts';
import { SERVICE_REPORT } from '#lib/domain/service-report.ts';
import { TOUR_CHANGE } from '#lib/domain/tour-change.ts';
import { isOwnWords } from '#lib/domain/visit.ts';
import { partOfMember } from '#lib/protocol/parts.ts';
import { UNOPENED } from '#lib/server/sync/op-text.ts';
import type { ErasedRecord, TrimmedRecord } from '#lib/server/storage/erased-list.ts';
import { ERASED } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** What an organisation has kept for longer than its periods, with at most so many of each. Nothing here writes. */
export interface Search {
	store: Store;
	organisation: string;
	/** At most; Infinity: all. */
	most: number;
}

/** Records of a kind; `cards`: only visits that have a client card, or only those without. */
export interface DueOf {
	collection: 'visit' | typeof SERVICE_REPORT | typeof TOUR_CHANGE | typeof APPOINTMENT;
	cards?: boolean;
}

/** Bodies that are read at once. */
const PAGE = 500;
/** What the databases take for "all". */
const ALL = 2_147_483_647;
const limitOf = (most: number) => Math.min(most, ALL);

/**
 * Records of which nothing came since. What counts is when the server received an op, accepted or not: phones' clocks may be wrong, and what a
 * phone brings late is new.
 */
export async function dueRecords(
	{ store, organisation, most }: Search,
	{ collection, cards }: DueOf,
	before: number
): Promise<ErasedRecord[]> {
	let query = store.db
		.selectFrom('journal')
		.select(({ fn }) => ['record_id', fn.min<string>('membership_id').as('membership_id')])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', collection)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('records')
						.select('records.id')
						.where('records.organisation_id', '=', organisation)
						.where('records.collection', '=', collection)
						.whereRef('records.id', '=', 'journal.record_id')
						.where('records.state', '=', ERASED)
				)
			)
		)
		.groupBy('record_id')
		.having(({ fn }) => fn.max('received_at'), '<', before)
		.orderBy('record_id')
		.limit(limitOf(most));
	if (cards !== undefined)
		query = query.where(({ exists, not, selectFrom }) => {
			const link = exists(
				selectFrom('card_links')
					.select('card_links.visit_id')
					.where('card_links.organisation_id', '=', organisation)
					.whereRef('card_links.visit_id', '=', 'journal.record_id')
			);
			return cards ? link : not(link);
		});
	const rows = await query.execute();
	return rows.map(({ record_id: id, membership_id }) => ({
		organisation,
		collection,
		id,
		part: partOfMember(membership_id),
		why: 'period'
	}));
}

/** Values in people's own words that came before an instant, by visit: those that stand, were replaced, or were rejected. */
export async function dueNotes(
	{ store, organisation, most }: Search,
	before: number
): Promise<TrimmedRecord[]> {
	const found = new Map<string, TrimmedRecord>();
	for (let last = ''; found.size < most;) {
		const rows = await store.db
			.selectFrom('journal')
			.innerJoin('journal_bodies', (join) =>
				join
					.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
					.onRef('journal_bodies.op_id', '=', 'journal.op_id')
			)
			.select(['journal.op_id', 'journal.record_id', 'journal.membership_id', 'journal_bodies.body'])
			.where('journal.organisation_id', '=', organisation)
			.where('journal.collection', '=', 'visit')
			.where('journal.received_at', '<', before)
			.where('journal.outcome', '!=', 'later')
			.where('journal.op_id', '>', last)
			.where(({ eb, or }) =>
				or([
					eb('journal_bodies.body', 'like', '%"topicText":%'),
					eb('journal_bodies.body', 'like', '%"notes/%')
				])
			)
			.orderBy('journal.op_id')
			.limit(PAGE)
			.execute();
		for (const { record_id: record, membership_id, body } of rows) {
			const said = JSON.parse(body) as { clock: string; fields: Record<string, unknown> };
			const fields = Object.keys(said.fields).filter(isOwnWords);
			if (fields.length === 0) continue;
			const known = found.get(record) ?? {
				organisation,
				collection: 'visit',
				record,
				part: partOfMember(membership_id),
				seen: {}
			};
			for (const field of fields) known.seen[field] = [...(known.seen[field] ?? []), said.clock];
			found.set(record, known);
			if (found.size >= most) break;
		}
		if (rows.length < PAGE) break;
		last = rows.at(-1)!.op_id;
	}
	return [...found.values()];
}

/**
 * Ops whose body the journal has kept for long enough, though the record stands: what still stands of them is in the record itself. One that alone
 * has made its record is the record, and stays.
 */
export async function dueReplaced({ store, organisation, most }: Search, before: number): Promise<string[]> {
	const rows = await store.db
		.selectFrom('journal')
		.innerJoin('journal_bodies', (join) =>
			join
				.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
				.onRef('journal_bodies.op_id', '=', 'journal.op_id')
		)
		.select('journal.op_id')
		.where('journal.organisation_id', '=', organisation)
		.where('journal.collection', 'in', ['visit', SERVICE_REPORT, TOUR_CHANGE])
		.where('journal.outcome', 'in', ['applied', 'conflict'])
		.where('journal.received_at', '<', before)
		.where('journal_bodies.body', '!=', '')
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('records')
					.select('records.id')
					.where('records.organisation_id', '=', organisation)
					.whereRef('records.collection', '=', 'journal.collection')
					.whereRef('records.id', '=', 'journal.record_id')
					.where(sql`substr(records.state, 1, 1)`, '!=', '@')
			)
		)
		.orderBy('journal.op_id')
		.limit(limitOf(most))
		.execute();
	return rows.map(({ op_id }) => op_id);
}

/** Sealed ops that nobody could open. */
export async function dueUnopened({ store, organisation, most }: Search, before: number): Promise<string[]> {
	const rows = await store.db
		.selectFrom('journal')
		.innerJoin('journal_bodies', (join) =>
			join
				.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
				.onRef('journal_bodies.op_id', '=', 'journal.op_id')
		)
		.select('journal.op_id')
		.where('journal.organisation_id', '=', organisation)
		.where('journal.collection', '=', UNOPENED)
		.where('journal.received_at', '<', before)
		.where('journal_bodies.body', '!=', '')
		.orderBy('journal.op_id')
		.limit(limitOf(most))
		.execute();
	return rows.map(({ op_id }) => op_id);
}
