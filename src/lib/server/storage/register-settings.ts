import { shownValues } from '#lib/domain/record.ts';
import { readSettings, SETTINGS, type RegisterSettings } from '#lib/domain/register-settings.ts';
import { ERASED, readStates } from './record-states.ts';
import type { Store } from './store.ts';

/** What an organisation's phones ask, as it stands now; the usual where nobody has set anything. */
export async function registerSettings(store: Store, organisation: string): Promise<RegisterSettings> {
	const row = await store.db
		.selectFrom('records')
		.select('state')
		.where('organisation_id', '=', organisation)
		.where('collection', '=', SETTINGS)
		.where('id', '=', organisation)
		.where('state', '!=', ERASED)
		.executeTakeFirst();
	const [state] = row ? await readStates(store.db, store, organisation, [row.state]) : [];
	return readSettings(state && shownValues(state));
}
