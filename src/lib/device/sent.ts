import type { MembershipDb } from './membership-db.ts';
import type { SentRow } from './rows.ts';

/** Notes the time of each record of a row that is later than what is known. */
export function noteTimes(
	times: Map<string, number>,
	{ records, at }: SentRow,
	wanted?: ReadonlySet<string>
): void {
	for (const id of records) if (!wanted || wanted.has(id)) times.set(id, Math.max(at, times.get(id) ?? 0));
}

/** When the last receipt came for each of these records that this device has delivered, ms since 1970. */
export async function deliveredAt(
	db: MembershipDb,
	records: readonly string[]
): Promise<ReadonlyMap<string, number>> {
	const times = new Map<string, number>();
	if (records.length === 0) return times;
	const wanted = new Set(records);
	await db.transaction('r', db.sent, async () => {
		// Keys first: one request may have carried many of them, and its row is read once.
		const keys = await Promise.all(records.map((id) => db.sent.where('records').equals(id).primaryKeys()));
		const rows = await db.sent.bulkGet([...new Set(keys.flat())]);
		for (const row of rows) if (row) noteTimes(times, row, wanted);
	});
	return times;
}

/** When the last receipt came, ms since 1970. */
export async function lastReceipt(db: MembershipDb): Promise<number | undefined> {
	return (await db.sent.orderBy(':id').last())?.at;
}
