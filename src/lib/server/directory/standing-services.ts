import { setImmediate as nextTurn } from 'node:timers/promises';
import { removal, shownValues } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Entries read at once. */
const AT_ONCE = 200;

/**
 * Every entry of an organisation's directory that stands, page by page in the order of the ids; what a newer version wrote is left out. Other
 * requests get their turn in between: a directory may be a whole country's.
 */
export async function* servicePages(store: Store, organisation: string): AsyncGenerator<Service[]> {
	for (let after = ''; ;) {
		const rows = await store.db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', SERVICE)
			.where('state', '!=', ERASED)
			.where('id', '>', after)
			.orderBy('id')
			.limit(AT_ONCE)
			.execute();
		const last = rows.at(-1);
		if (!last) return;
		const states = await readStates(
			store.db,
			store,
			organisation,
			rows.map(({ state }) => state)
		);
		yield rows.flatMap(({ id }, index) => {
			const state = states[index];
			return (state && removal(state) !== 'yes' && readService(id, shownValues(state))) || [];
		});
		after = last.id;
		await nextTurn();
	}
}

/** The same, one by one. */
export async function* standingServices(store: Store, organisation: string): AsyncGenerator<Service> {
	for await (const page of servicePages(store, organisation)) yield* page;
}
