import type { JsonValue } from '#lib/domain/json.ts';
import { join, type RecordState } from '#lib/domain/record.ts';
import type { TrimmedRecord } from '#lib/server/storage/erased-list.ts';
import { cardsOf, linkCards } from '#lib/server/storage/card-links.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import { writeState } from '#lib/domain/record-text.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

/**
 * Empties values of records, inside the caller's transaction, and gives the records that it has changed. The clocks of the values come among those
 * that were seen, with nothing in their place: by the same join the values leave every phone, and a phone that brings one of them again
 * changes nothing. The journal's bodies lose these fields and keep the others. The caller adds the records to the list.
 *
 * @param again what stands in the list: where the values have left the record already, the journal has no more of them either
 */
export async function trimRecords(
	trx: Trx,
	store: Store,
	organisation: string,
	records: readonly TrimmedRecord[],
	again = false
): Promise<TrimmedRecord[]> {
	if (records.length === 0) return [];
	const ids = records.map(({ record }) => record);
	let query = trx
		.selectFrom('records')
		.select(['collection', 'id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', 'in', [...new Set(records.map(({ collection }) => collection))])
		.where(among(store, 'id', ids))
		.orderBy('id');
	if (store.kind === 'postgres') query = query.forUpdate();
	const rows = await query.execute();
	const states = await readStates(
		trx,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	const before = new Map(
		rows.map(({ collection, id, state }, index) => [
			`${collection} ${id}`,
			{ isErased: state === ERASED, state: states[index]! }
		])
	);
	const present = records.flatMap((record) => {
		const stored = before.get(`${record.collection} ${record.record}`);
		if (stored?.isErased) return [];
		const known = stored && knows(stored.state, record);
		// Rejected ops have no record. What a phone still has to bring is trimmed after it has come.
		if (again && known !== false) return [];
		const joined = known === false ? join(stored!.state, { heads: {}, seen: record.seen }) : undefined;
		return [{ record, joined }];
	});
	if (present.length === 0) return [];
	await writeStates(
		trx,
		organisation,
		present.flatMap(({ record, joined }) => (joined ? [{ record, state: writeState(joined) }] : []))
	);
	await linkCards(
		trx,
		store,
		organisation,
		present.flatMap(({ record, joined }) =>
			joined && record.collection === 'visit'
				? [{ id: record.record, cards: cardsOf(joined), fresh: false }]
				: []
		)
	);
	const trimmed = present.map(({ record }) => record);
	await trimBodies(trx, store, organisation, trimmed);
	return trimmed;
}

/** Whether all these values have left the record. */
const knows = ({ seen }: RecordState, record: TrimmedRecord): boolean =>
	Object.entries(record.seen).every(([field, clocks]) =>
		clocks.every((clock) => Object.hasOwn(seen, field) && seen[field]!.includes(clock))
	);

async function writeStates(
	trx: Trx,
	organisation: string,
	records: readonly { record: TrimmedRecord; state: string }[]
): Promise<void> {
	if (records.length === 0) return;
	const counter = await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb('change_number', '+', records.length) }))
		.where('organisation_id', '=', organisation)
		.returning('change_number')
		.executeTakeFirstOrThrow();
	let change = Number(counter.change_number) - records.length;
	for (const { record, state } of records) {
		change += 1;
		await trx
			.updateTable('records')
			.set({ change_number: change, state })
			.where('organisation_id', '=', organisation)
			.where('collection', '=', record.collection)
			.where('id', '=', record.record)
			.execute();
	}
}

async function trimBodies(
	trx: Trx,
	store: Store,
	organisation: string,
	records: readonly TrimmedRecord[]
): Promise<void> {
	const seen = new Map(records.map((record) => [`${record.collection} ${record.record}`, record.seen]));
	const rows = await trx
		.selectFrom('journal')
		.innerJoin('journal_bodies', (on) =>
			on
				.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
				.onRef('journal_bodies.op_id', '=', 'journal.op_id')
		)
		.select(['journal.op_id', 'journal.collection', 'journal.record_id', 'journal_bodies.body'])
		.where('journal.organisation_id', '=', organisation)
		.where(
			among(
				store,
				'journal.record_id',
				records.map(({ record }) => record)
			)
		)
		.where('journal_bodies.body', '!=', '')
		.execute();
	for (const { op_id, collection, record_id, body } of rows) {
		const clocks = seen.get(`${collection} ${record_id}`);
		const left = clocks && withoutFields(body, clocks);
		if (left === undefined) continue;
		await trx
			.updateTable('journal_bodies')
			.set({ body: left })
			.where('organisation_id', '=', organisation)
			.where('op_id', '=', op_id)
			.execute();
	}
}

/** What an op says without the values whose clocks are named, empty where nothing is left; undefined: it has none of them. */
function withoutFields(body: string, seen: Readonly<Record<string, string[]>>): string | undefined {
	const said = JSON.parse(body) as { clock: string; fields: Record<string, JsonValue> };
	const stays = ([field]: [string, JsonValue]) =>
		!(Object.hasOwn(seen, field) && seen[field]?.includes(said.clock));
	const fields = Object.entries(said.fields).filter(stays);
	if (fields.length === Object.keys(said.fields).length) return undefined;
	if (fields.length === 0) return '';
	return JSON.stringify({ ...said, fields: Object.fromEntries(fields) });
}
