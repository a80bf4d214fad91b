import { ERASURE } from '#lib/domain/erasure.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { REJECTION } from '#lib/domain/rejection.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import type { Item } from './effects.ts';

/** What stands in the database around a batch of ops, read before anything is decided. */
export interface Around {
	/** Desks that the ops name, by id. */
	desks: Map<string, RecordState>;
	/** The records that the ops write, by collection and id. */
	records: Map<string, { part: string; state: RecordState; isErased: boolean }>;
	/** Author of each rejected op that the batch says something of. */
	rejected: Map<string, string>;
}

export async function readAround(
	trx: Trx,
	store: Store,
	organisation: string,
	items: readonly Item[]
): Promise<Around> {
	return {
		desks: await readDesks(trx, store, organisation, items),
		records: await readRecords(trx, store, organisation, items),
		rejected: await readRejected(trx, store, organisation, items)
	};
}

async function readDesks(
	trx: Trx,
	store: Store,
	organisation: string,
	items: readonly Item[]
): Promise<Map<string, RecordState>> {
	const ids = new Set(items.map(({ op }) => op.fields.desk).filter((desk) => typeof desk === 'string'));
	const desks = new Map<string, RecordState>();
	if (ids.size === 0) return desks;
	const rows = await trx
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', 'desk')
		.where('id', 'in', [...ids])
		.execute();
	const texts = rows.map(({ state }) => state);
	const states = await readStates(trx, store, organisation, texts);
	rows.forEach(({ id }, index) => desks.set(id, states[index]!));
	return desks;
}

async function readRecords(
	trx: Trx,
	store: Store,
	organisation: string,
	items: readonly Item[]
): Promise<Around['records']> {
	// In one order, so that two writers never wait for each other crosswise.
	const ids = [...new Set(items.map(({ op }) => op.recordId))].sort();
	const collections = [
		...new Set(
			items.map(({ op }) => (op.collection === ERASURE ? String(op.fields.collection) : op.collection))
		)
	];
	const found: Around['records'] = new Map();
	let query = trx
		.selectFrom('records')
		.select(['collection', 'id', 'part', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', 'in', collections)
		.where(among(store, 'id', ids))
		.orderBy('id');
	if (store.kind === 'postgres') query = query.forUpdate();
	const rows = await query.execute();
	const texts = rows.map(({ state }) => state);
	const states = await readStates(trx, store, organisation, texts);
	rows.forEach(({ collection, id, part, state }, index) =>
		found.set(`${collection} ${id}`, { part, state: states[index]!, isErased: state === ERASED })
	);
	return found;
}

/** Who wrote the rejected ops that a batch says something of: what became of an op is its author's, whoever decides. */
async function readRejected(
	trx: Trx,
	store: Store,
	organisation: string,
	items: readonly Item[]
): Promise<Map<string, string>> {
	const ids = items.flatMap(({ op }) => (op.collection === REJECTION ? [op.recordId] : []));
	if (ids.length === 0) return new Map();
	const rows = await trx
		.selectFrom('journal')
		.select(['op_id', 'membership_id'])
		.where('organisation_id', '=', organisation)
		.where(among(store, 'op_id', ids))
		.execute();
	return new Map(rows.map((row) => [row.op_id, row.membership_id]));
}
