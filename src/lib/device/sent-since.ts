import type { MembershipDb } from './membership-db.ts';
import { noteTimes } from './sent.ts';

/** The records with a receipt that came since then (ms since 1970), each with the time of its last one. */
export async function deliveredSince(db: MembershipDb, since: number): Promise<ReadonlyMap<string, number>> {
	const times = new Map<string, number>();
	await db.sent
		.orderBy(':id')
		.reverse()
		.until(({ at }) => at < since)
		.each((row) => noteTimes(times, row));
	return times;
}
