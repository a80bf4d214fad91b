import { setImmediate as nextTurn } from 'node:timers/promises';
import { removal, shownValues } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Entries read at once. */
const AT_ONCE = 200;

/** Every entry of an organisation's directory that stands. Other requests get their turn in between: a directory may be a whole country's. */
export async function* standingServices(store: Store, organisation: string): AsyncGenerator<Service> {
	for (let after = ''; ;) {
		const rows = await store.db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', SERVICE)
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
		for (const [index, { id }] of rows.entries()) {
			const state = states[index];
			const service = state && removal(state) !== 'yes' ? readService(id, shownValues(state)) : undefined;
			if (service) yield service;
		}
		after = last.id;
		await nextTurn();
	}
}
