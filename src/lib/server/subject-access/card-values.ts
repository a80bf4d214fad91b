import type { TrimmedRecord } from '#lib/server/storage/erased-list.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { HeldVisit } from './held.ts';

/** Every value of the code that these visits have or had. */
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
		const clocks = [
			...(heads.clientCard ?? []).map(({ clock }) => clock),
			...(seen.clientCard ?? []),
			...rejected
		];
		return {
			organisation,
			collection: 'visit',
			record: id,
			part,
			seen: { clientCard: [...new Set(clocks)] }
		};
	});
}
