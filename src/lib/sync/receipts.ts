import { VISIT } from '#lib/device/visits.ts';
import { readMeta, writeMeta, type Device } from '#lib/device/device.ts';
import type { OutboxRow, RejectedRow, SentRow } from '#lib/device/rows.ts';
import { letGo } from '#lib/device/erasures.ts';
import { isEmptied } from '#lib/device/ops.ts';
import { ERASURE } from '#lib/domain/erasure.ts';
import { FEEDBACK } from '#lib/domain/feedback-name.ts';
import { REJECTION } from '#lib/domain/rejection.ts';
import { newReplica } from '#lib/domain/ids.ts';
import type { SyncAnswer } from '#lib/protocol/sync.ts';
import type { Parcel } from './exchange.ts';

/** What was sent, with the numbers it carried. */
export interface SentBatch {
	replica: string;
	/** Highest sequence number that the replica had given out. */
	highSeq: number;
	rows: { row: OutboxRow; seq: number }[];
	/** Where it said that this device stands, by part; undefined: it asked for no changes. */
	cursors?: Readonly<Record<string, string>> | undefined;
	/** The request that carried them, as it went. */
	request: Pick<Parcel, 'body' | 'gzipped' | 'sealed'>;
}

/** What the receipts of an answer did. */
export interface Settlement {
	/** Ops that wait no longer: delivered, or rejected. */
	settled: ReadonlySet<string>;
	/** This database numbers as another replica than the batch had: what was left may go out again at once. */
	renumbered: boolean;
}

/**
 * Takes in the receipts of an answer, inside the caller's transaction (design.md §5.2): an op leaves the outbox only for a receipt
 * of exactly its opId; a receipt for anything that was not sent is ignored.
 */
export async function applyReceipts(
	{ db }: Device,
	batch: SentBatch,
	answer: SyncAnswer,
	now: number
): Promise<Settlement> {
	const settled = new Set<string>();
	const delivered: { sent: SentBatch['rows'][number]; change: number }[] = [];
	const refused: { key: number; row: RejectedRow }[] = [];
	const keys: number[] = [];
	const sentRows = new Map(batch.rows.map((sent) => [sent.row.opId, sent]));
	const forked: OutboxRow[] = [];
	const erased: OutboxRow[] = [];
	const waits = await stillWaiting(db, batch);
	for (const receipt of answer.receipts) {
		const sent = sentRows.get(receipt.opId);
		if (!sent) continue;
		if (!waits.has(sent.row.seq as number)) {
			settled.add(receipt.opId);
			continue;
		}
		const key = sent.row.seq as number;
		if (receipt.outcome === 'applied' || receipt.outcome === 'conflict') {
			// A receipt without its change number is half a receipt: the sent list could not tell when the op is durable.
			if (receipt.change === undefined) continue;
			delivered.push({ sent, change: receipt.change });
			keys.push(key);
			settled.add(receipt.opId);
		} else if (receipt.outcome === 'rejected') {
			keys.push(key);
			settled.add(receipt.opId);
			if (receipt.code === 'erased') {
				erased.push(sent.row);
				continue;
			}
			const reason = { code: receipt.code ?? 'unavailable', field: receipt.field, at: now };
			const numbered = { replica: batch.replica, seq: sent.seq };
			refused.push({ key, row: { ...rejectedRow(sent.row, reason), numbered } });
		} else if (receipt.code === 'fork') forked.push(sent.row);
	}
	const rejected = await stillSaying(db, refused);
	for (const row of rejected)
		// It was given up meanwhile: there is nothing here that could be erased, and nobody has to look at it.
		if (row.collection === ERASURE && !(await db.visits.get(row.recordId)))
			Object.assign(row, { state: 'discarded', decided: true });
	const writes: Promise<unknown>[] = [dropFromOutbox(db, keys)];
	if (rejected.length > 0) writes.push(db.rejected.bulkPut(rejected));
	if (delivered.length > 0) {
		const { replica, request } = batch;
		const row: SentRow = {
			at: now,
			change: Math.max(...delivered.map(({ change }) => change)),
			replica,
			records: delivered.map(({ sent }) => sent.row.recordId),
			opIds: delivered.map(({ sent }) => sent.row.opId),
			seqs: delivered.map(({ sent }) => sent.seq),
			changes: delivered.map(({ change }) => change),
			...(request.sealed
				? { codec: 'ops', body: new Uint8Array(), ops: delivered.map(({ sent }) => asItLay(sent.row)) }
				: { codec: request.gzipped ? 'request-gzip' : 'request', body: request.body })
		};
		writes.push(db.sent.add(row));
	}
	await Promise.all(writes);
	for (const { collection, recordId } of erased) await letGo(db, collection, recordId, now);
	// Done there, so it is done here, whether or not this device is told of the part any more.
	for (const { sent } of delivered)
		if (sent.row.collection === ERASURE) await letGo(db, VISIT, sent.row.recordId, now);
	await noteHighSeq(db, batch);
	if (forked.length > 0) await renumber(db, batch, forked);
	return { settled, renumbered: forked.length > 0 };
}

const asItLay = ({ collection, codec, body }: OutboxRow) => ({ collection, codec, body });

/** What leaves the outbox takes its number along: from here on the fact remembers the highest one. */
async function noteHighSeq(db: Device['db'], { replica, highSeq }: SentBatch): Promise<void> {
	const [current, known] = await Promise.all([readMeta(db, 'replica'), readMeta(db, 'highSeq')]);
	if (current === replica && highSeq > (known ?? 0)) await writeMeta(db, 'highSeq', highSeq);
}

/** Keys of the batch that are still in the outbox: another flusher, whose lease ran out, may have taken in the same receipts. */
async function stillWaiting(db: Device['db'], { rows }: SentBatch): Promise<ReadonlySet<number>> {
	const [first, last] = [rows[0]?.row.seq, rows.at(-1)?.row.seq];
	if (first === undefined || last === undefined) return new Set();
	const keys = await db.outbox.where('seq').between(first, last, true, true).primaryKeys();
	return new Set(keys as number[]);
}

/**
 * Those of which the outbox still holds more than the header. What was erased, or given up, since it was first sent says nothing any more:
 * that it was rejected asks for nobody, and the words that went with the request must not come back.
 */
async function stillSaying(
	{ outbox }: Device['db'],
	refused: readonly { key: number; row: RejectedRow }[]
): Promise<RejectedRow[]> {
	if (refused.length === 0) return [];
	const rows = await outbox.bulkGet(refused.map(({ key }) => key));
	return refused.flatMap(({ row }, index) => (rows[index] && !isEmptied(rows[index]) ? [row] : []));
}

/** Drops rows by their keys, each run of keys that follow one another at once: a batch is mostly one run. */
async function dropFromOutbox(db: Device['db'], keys: number[]): Promise<void> {
	const runs: { first: number; last: number }[] = [];
	for (const key of keys.sort((a, b) => a - b)) {
		const run = runs.at(-1);
		if (run && key === run.last + 1) run.last = key;
		else runs.push({ first: key, last: key });
	}
	await Promise.all(
		runs.map(({ first, last }) => db.outbox.where('seq').between(first, last, true, true).delete())
	);
}

function rejectedRow(
	{ opId, recordId, collection, codec, body, again }: OutboxRow,
	reason: RejectedRow['reason']
): RejectedRow {
	// What says only what became of another op, or what a client answered, asks for nobody: there is nothing in it that its author could mend.
	const asks = collection !== REJECTION && collection !== FEEDBACK;
	const before = again?.rejected ?? { state: asks ? 'attention' : 'discarded' };
	return { opId, recordId, collection, codec, body, ...before, reason };
}

/** An op that no request passes with. */
export interface Refused {
	row: OutboxRow;
	code: string;
}

/** Ops that no request passes with: their author has to look at them. */
export async function setAside(db: Device['db'], refused: readonly Refused[], now: number): Promise<void> {
	if (refused.length === 0) return;
	await db.transaction('rw', db.outbox, db.rejected, async () => {
		await db.rejected.bulkPut(
			refused.map(({ row, code }) => ({ ...rejectedRow(row, { code, at: now }), place: row.seq }))
		);
		await db.outbox.bulkDelete(refused.map(({ row }) => row.seq as number));
	});
}

/**
 * This database was copied: another device has used the same replica and sequence numbers (design.md §5.4). From here on it
 * numbers as a new replica, starting at one; ids and clocks of ops stay. What goes out again under a number of old, which another
 * op has taken since, queues up anew behind the rest.
 */
async function renumber(db: Device['db'], batch: SentBatch, forked: readonly OutboxRow[]): Promise<void> {
	const again = forked.filter((row) => row.again);
	await db.outbox.bulkDelete(again.map((row) => row.seq as number));
	await db.outbox.bulkAdd(
		again.map(({ opId, recordId, collection, codec, body, sealed }) => ({
			opId,
			recordId,
			collection,
			codec,
			body,
			...(sealed ? { sealed } : {})
		}))
	);
	if (again.length < forked.length) await mintReplica(db, batch);
}

async function mintReplica(db: Device['db'], batch: SentBatch): Promise<void> {
	if ((await readMeta(db, 'replica')) !== batch.replica) return;
	const first = (await db.outbox.where('seq').above(0).first())?.seq ?? 1;
	await writeMeta(db, 'replica', newReplica());
	await writeMeta(db, 'seqOffset', first - 1);
	await writeMeta(db, 'highSeq', 0);
}
