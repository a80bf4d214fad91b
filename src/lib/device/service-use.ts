import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readVisit } from '#lib/domain/visit.ts';
import type { Device } from './device.ts';
import { unseal } from './rows.ts';

/** How many visits on this device, logged since an instant (ISO 8601 UTC), sent a client on to an entry; by entry. */
export async function serviceUse({ db }: Pick<Device, 'db'>, since: string): Promise<Map<string, number>> {
	const used = new Map<string, number>();
	await db.visits.each((row) => {
		const state = unseal<RecordState>(row);
		if (removal(state) === 'yes') return;
		const { at, referrals = [] } = readVisit(row.id, shownValues(state));
		if (at === undefined || at < since) return;
		for (const id of new Set(referrals.flatMap(({ service }) => service ?? [])))
			used.set(id, (used.get(id) ?? 0) + 1);
	});
	return used;
}
