import { removal, shownValues } from '#lib/domain/record.ts';
import { readSettings, SETTINGS } from '#lib/domain/register-settings.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { Around, KnownDesk } from './known-words.ts';

/** Desks, settings and members of an organisation, as they stand now. */
export async function aroundOf(store: Store, organisation: string): Promise<Around> {
	const { db } = store;
	const rows = await db
		.selectFrom('records')
		.select(['collection', 'id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', 'in', ['desk', SETTINGS])
		.execute();
	const states = await readStates(db, store, organisation, rows.map(({ state }) => state)); // prettier-ignore
	const desks: KnownDesk[] = [];
	let settings = readSettings(undefined);
	for (const [at, { collection, id }] of rows.entries()) {
		const values = shownValues(states[at]!);
		if (collection === SETTINGS) settings = readSettings(values);
		else if (removal(states[at]!) !== 'yes' && typeof values.name === 'string')
			desks.push({
				id,
				name: values.name,
				municipality: String(values.municipality ?? ''),
				closedFrom: typeof values.closedFrom === 'string' ? values.closedFrom : undefined
			});
	}
	const members = await db
		.selectFrom('memberships')
		.select('id')
		.where('organisation_id', '=', organisation)
		.execute();
	return { desks, settings, members: new Set(members.map(({ id }) => id)) };
}
