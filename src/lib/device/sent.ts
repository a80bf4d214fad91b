import { unpackOps } from '#lib/protocol/packed.ts';
import { syncRequest, type WireOp } from '#lib/protocol/sync.ts';
import type { MembershipDb } from './membership-db.ts';
import type { SentRow } from './rows.ts';

/** Notes the time of each record of a row that is later than what is known. */
function note(times: Map<string, number>, { records, at }: SentRow, wanted?: ReadonlySet<string>): void {
	for (const id of records) if (!wanted || wanted.has(id)) times.set(id, Math.max(at, times.get(id) ?? 0));
}

/** When the last receipt came for each of these records that this device has delivered, ms since 1970. */
export async function deliveredAt(
	db: MembershipDb,
	records: readonly string[]
): Promise<ReadonlyMap<string, number>> {
	const times = new Map<string, number>();
	const wanted = new Set(records);
	const rows = await db.sent.where('records').anyOf(records).distinct().toArray();
	for (const row of rows) note(times, row, wanted);
	return times;
}

/** The records with a receipt that came since then (ms since 1970), each with the time of its last one. */
export async function deliveredSince(db: MembershipDb, since: number): Promise<ReadonlyMap<string, number>> {
	const times = new Map<string, number>();
	await db.sent
		.orderBy(':id')
		.reverse()
		.until(({ at }) => at < since)
		.each((row) => note(times, row));
	return times;
}

/** When the last receipt came, ms since 1970. */
export async function lastReceipt(db: MembershipDb): Promise<number | undefined> {
	return (await db.sent.orderBy(':id').last())?.at;
}

async function textOf({ codec, body }: SentRow): Promise<string> {
	const blob = new Blob([body]);
	if (codec === 'request') return blob.text();
	return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/**
 * The ops of a sent row, as they went. Throws where the body is not a request that was sent from here: then nothing can be
 * said about what it held.
 */
export async function opsOf(row: SentRow): Promise<WireOp[]> {
	const { ops, packed, replica } = syncRequest.parse(JSON.parse(await textOf(row)));
	const wanted = new Set(row.opIds);
	return (packed ? (unpackOps(packed, replica) ?? []) : (ops ?? [])).filter(({ opId }) => wanted.has(opId));
}
