import type { TrimmedRecord } from '#lib/server/storage/erased-list.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { HeldVisit } from './held.ts';

/** Every value of the code, and of the consent to it, that these visits have or had. */
export async function cardValues(
	db: Store['db'],
	store: Store,
	organisation: string,
	visits: readonly HeldVisit[]
): Promise<TrimmedRecord[]> {
	const states = await readStates(
		db,
		store,
		organisation,
		visits.map(({ state }) => state)
	);
	return visits.map(({ id, part, rejected }, index) => {
		const { heads, seen } = states[index]!;
		const clocks = (field: string) => [
			...new Set([...(heads[field] ?? []).map(({ clock }) => clock), ...(seen[field] ?? []), ...rejected])
		];
		const consents = clocks('cardConsent');
		return {
			organisation,
			collection: 'visit',
			record: id,
			part,
			seen: {
				clientCard: clocks('clientCard'),
				...(consents.length > 0 ? { cardConsent: consents } : {})
			}
		};
	});
}
