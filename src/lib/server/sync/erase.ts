import { partOfMember } from '#lib/protocol/parts.ts';
import type { ErasedRecord } from '#lib/server/storage/erased-list.ts';
import { ERASED } from '#lib/server/storage/record-states.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

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
	records: readonly Erased[]
): Promise<void> {
	for (const { collection, id } of records) {
		const ops = trx
			.selectFrom('journal')
			.select('op_id')
			.where('organisation_id', '=', organisation)
			.where('record_id', '=', id)
			.where('collection', '=', collection);
		await trx
			.updateTable('journal_bodies')
			.set({ body: '' })
			.where('organisation_id', '=', organisation)
			.where('op_id', 'in', ops)
			.execute();
		// What could not be decided yet is decided by this.
		await trx
			.updateTable('journal')
			.set({ outcome: 'rejected', code: 'erased' })
			.where('organisation_id', '=', organisation)
			.where('record_id', '=', id)
			.where('collection', '=', collection)
			.where('outcome', '=', 'later')
			.execute();
	}
}

/**
 * Erases again what the list outside the database says was erased and this database, which may come from an older backup, still has or
 * may still get. Gives the number of records.
 */
export async function eraseAgain(store: Store): Promise<number> {
	let count = 0;
	for (const record of new Map(store.erased.all().map((one) => [JSON.stringify(one), one])).values()) {
		if (await store.write((trx) => eraseOne(trx, store, record))) count += 1;
	}
	if (count > 0) await store.scrub?.();
	return count;
}

/** False where it is erased already, or where the organisation is not in this database. */
async function eraseOne(trx: Trx, store: Store, record: Erased): Promise<boolean> {
	const { organisation, collection, id, part } = record;
	const found = await trx
		.selectFrom('records')
		.select(['part', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', collection)
		.where('id', '=', id)
		.executeTakeFirst();
	if (found?.state === ERASED) return false;
	const counter = await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb('change_number', '+', 1) }))
		.where('organisation_id', '=', organisation)
		.returning('change_number')
		.executeTakeFirst();
	if (!counter) return false;
	await trx
		.insertInto('records')
		.values({
			organisation_id: organisation,
			collection,
			id,
			part: found?.part ?? part,
			change_number: Number(counter.change_number),
			state: ERASED
		})
		.onConflict((conflict) =>
			conflict
				.columns(['organisation_id', 'collection', 'id'])
				.doUpdateSet({ change_number: Number(counter.change_number), state: ERASED })
		)
		.execute();
	await trx
		.deleteFrom('visit_facts')
		.where('organisation_id', '=', organisation)
		.where('visit_id', '=', id)
		.execute();
	await emptyBodies(trx, store, organisation, [record]);
	return true;
}
