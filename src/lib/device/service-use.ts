import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readVisit } from '#lib/domain/visit.ts';
import type { Device } from './device.ts';
import { isReadable, unseal } from './rows.ts';

/** How many visits on this device, logged since an instant (ISO 8601 UTC), sent a client on to an entry; by entry. */
export async function serviceUse({ db }: Pick<Device, 'db'>, since: string): Promise<Map<string, number>> {
	const used = new Map<string, number>();
	for (const row of await db.visits.toArray()) {
		if (!isReadable(row)) continue;
		const state = unseal<RecordState>(row);
		if (removal(state) === 'yes') continue;
		const { at, referrals = [] } = readVisit(row.id, shownValues(state));
		if (at === undefined || at < since) continue;
		for (const id of new Set(referrals.flatMap(({ service }) => service ?? [])))
			used.set(id, (used.get(id) ?? 0) + 1);
	}
	return used;
}
