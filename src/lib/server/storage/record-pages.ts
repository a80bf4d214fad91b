import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordState } from '#lib/domain/record.ts';
import { ERASED, readStates } from './record-states.ts';
import type { Store } from './store.ts';

/** Records read at once. */
const AT_ONCE = 200;

/**
 * Every record of a collection but those that were erased, page by page in the order of the ids, from the one after `after` on. Other requests
 * get their turn in between: a directory may be a whole country's.
 */
export async function* recordPages(
	store: Store,
	organisation: string,
	collection: string,
	after = ''
): AsyncGenerator<{ id: string; state: RecordState }[]> {
	for (;;) {
		const rows = await store.db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', collection)
			.where('state', '!=', ERASED)
			.where('id', '>', after)
			.orderBy('id')
			.limit(AT_ONCE)
			.execute();
		const last = rows.at(-1);
		if (!last) return;
		const texts = rows.map(({ state }) => state);
		const states = await readStates(store.db, store, organisation, texts);
		yield rows.flatMap(({ id }, index) => {
			const state = states[index];
			return state ? [{ id, state }] : [];
		});
		after = last.id;
		await nextTurn();
	}
}
