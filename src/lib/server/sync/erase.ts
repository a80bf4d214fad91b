import { sql } from 'kysely';
import { partOfMember } from '#lib/protocol/parts.ts';
import type { ErasedRecord } from '#lib/server/storage/erased-list.ts';
import { unpackMonths } from '#lib/server/reports/packed-months.ts';
import { unlinkCards } from '#lib/server/storage/card-links.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import { ERASED } from '#lib/server/storage/record-states.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { trimRecords } from './trim.ts';

export type Erased = ErasedRecord;

/** The part of a record of which nothing but rejected ops is here; undefined: nothing at all is. */
export async function partOfErased(
	trx: Trx,
	{ organisation, collection, id }: Omit<Erased, 'part'>
): Promise<string | undefined> {
	const row = await trx
		.selectFrom('journal')
		.select('membership_id')
		.where('organisation_id', '=', organisation)
		.where('record_id', '=', id)
		.where('collection', '=', collection)
		.orderBy('received_at')
		.executeTakeFirst();
	return row && partOfMember(row.membership_id);
}

/** Empties what the journal holds of these records. Its headers stay: they prove that something came, and say nothing of what. */
export async function emptyBodies(
	trx: Trx,
	store: Store,
	organisation: string,
	records: readonly Pick<Erased, 'collection' | 'id'>[]
): Promise<void> {
	for (const [collection, some] of Map.groupBy(records, (record) => record.collection)) {
		const ids = some.map(({ id }) => id);
		const ops = trx
			.selectFrom('journal')
			.select('op_id')
			.where('organisation_id', '=', organisation)
			.where(among(store, 'record_id', ids))
			.where('collection', '=', collection);
		await trx
			.updateTable('journal_bodies')
			.set({ body: '' })
			.where('organisation_id', '=', organisation)
			.where('op_id', 'in', ops)
			.where('body', '!=', '')
			.execute();
		// What could not be decided yet is decided by this.
		await trx
			.updateTable('journal')
			.set({ outcome: 'rejected', code: 'erased' })
			.where('organisation_id', '=', organisation)
			.where(among(store, 'record_id', ids))
			.where('collection', '=', collection)
			.where('outcome', '=', 'later')
			.execute();
	}
}

/** Records that one transaction erases again at a start. */
const AT_ONCE = 500;

/**
 * Erases again what the list outside the database says was erased and this database, which may come from an older backup, still has or
 * may still get. Gives the number of records.
 */
export async function eraseAgain(store: Store): Promise<number> {
	const lines = [...new Map(store.erased.all().map((one) => [JSON.stringify(one), one])).values()];
	let count = 0;
	for (const [organisation, some] of Map.groupBy(lines, (line) => line.organisation)) {
		for (let first = 0; first < some.length; first += AT_ONCE) {
			const batch = some.slice(first, first + AT_ONCE);
			count += await store.write(async (trx) => {
				const whole = batch.filter((line) => 'id' in line);
				const fields = batch.filter((line) => 'record' in line);
				const erased = await eraseRecords(trx, store, organisation, whole);
				return erased.length + (await trimRecords(trx, store, organisation, fields, true)).length;
			});
		}
	}
	if (count > 0) await store.scrub?.();
	return count;
}

/**
 * Erases records of one organisation, inside the caller's transaction, and gives those that it has erased: not those that were already, and none
 * where the organisation is not in this database. A record that is not here yet is erased all the same. The caller adds them to the list.
 */
export async function eraseRecords(
	trx: Trx,
	store: Store,
	organisation: string,
	records: readonly Erased[]
): Promise<Erased[]> {
	const wanted = new Map(records.map((record) => [`${record.collection} ${record.id}`, record]));
	if (wanted.size === 0) return [];
	let query = trx
		.selectFrom('records')
		.select(['collection', 'id', 'part', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', 'in', [...new Set(records.map(({ collection }) => collection))])
		.where(
			among(
				store,
				'id',
				records.map(({ id }) => id)
			)
		)
		// In one order, so that two writers never wait for each other crosswise.
		.orderBy('id');
	if (store.kind === 'postgres') query = query.forUpdate();
	for (const { collection, id, part, state } of await query.execute()) {
		const key = `${collection} ${id}`;
		const record = wanted.get(key);
		if (state === ERASED) wanted.delete(key);
		else if (record) wanted.set(key, { ...record, part });
	}
	const erased = [...wanted.values()];
	if (erased.length === 0) return [];
	const counter = await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb('change_number', '+', erased.length) }))
		.where('organisation_id', '=', organisation)
		.returning('change_number')
		.executeTakeFirst();
	if (!counter) return [];
	const first = Number(counter.change_number) - erased.length + 1;
	const rows = erased.map(({ collection, id, part }, index) => ({
		organisation_id: organisation,
		collection,
		id,
		part,
		change_number: first + index,
		state: ERASED
	}));
	await insertRows(
		trx,
		store,
		'records',
		rows,
		'on conflict (organisation_id, collection, id) do update set change_number = excluded.change_number, state = excluded.state'
	);
	await keepFigures(
		trx,
		store,
		organisation,
		erased.flatMap(({ id, why }) => (why === 'period' ? [id] : []))
	);
	const counted = await trx
		.deleteFrom('visit_facts')
		.where('organisation_id', '=', organisation)
		.where(
			among(
				store,
				'visit_id',
				erased.map(({ id }) => id)
			)
		)
		.returning('date')
		.execute();
	const dates = counted.map(({ date }) => date);
	await unpackMonths(trx, store, organisation, dates);
	await unlinkCards(
		trx,
		store,
		organisation,
		erased.map(({ id }) => id)
	);
	await emptyBodies(trx, store, organisation, erased);
	return erased;
}

/** Counts visits whose period is over, once more and for the last time: by month and municipality, with nothing else of them. */
async function keepFigures(
	trx: Trx,
	store: Store,
	organisation: string,
	visits: readonly string[]
): Promise<void> {
	if (visits.length === 0) return;
	const month = sql<string>`substr(date, 1, 7)`;
	const counted = await trx
		.selectFrom('visit_facts')
		.select([month.as('month'), 'municipality', sql<number>`count(*)`.as('contacts')])
		.where('organisation_id', '=', organisation)
		.where(among(store, 'visit_id', visits))
		.groupBy([month, 'municipality'])
		.execute();
	await insertRows(
		trx,
		store,
		'retained_figures',
		counted.map((row) => ({ organisation_id: organisation, ...row, contacts: Number(row.contacts) })),
		'on conflict (organisation_id, month, municipality) do update set contacts = retained_figures.contacts + excluded.contacts'
	);
}
