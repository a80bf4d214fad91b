import { readMeta, type Device } from '#lib/device/device.ts';
import { isReadable, unseal, type OpBody, type OutboxRow } from '#lib/device/rows.ts';
import { MAX_BODY, MAX_INFLATED, MAX_OPS } from '#lib/protocol/limits.ts';
import type { SealedOp } from '#lib/protocol/sealed-frame.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { stretched } from './pace.ts';
import type { SentBatch } from './receipts.ts';

/** Bytes of JSON in one batch, before compression: well under what server and adapter take. */
const BATCH_BYTES = (typeof CompressionStream === 'undefined' ? MAX_BODY : MAX_INFLATED) * 0.8;

export interface Batch extends Omit<SentBatch, 'request' | 'cursors'> {
	/** Key of the last row that was looked at. */
	last: number;
	/** There are rows behind it. */
	more: boolean;
}

/**
 * The oldest ops that wait, as many as fit, with the numbers they carry.
 *
 * @param limit how many ops a request should have, see pace.ts
 * @param tried ops that are left out
 * @param after key of the row behind which it begins
 * @param locked only what is sealed to the server can go: see vault/outgoing.ts
 */
export async function nextBatch(
	{ db }: Device,
	limit: number,
	tried: ReadonlySet<string>,
	after = Number.NEGATIVE_INFINITY,
	locked = false
): Promise<Batch> {
	return db.transaction('r', db.outbox, db.meta, async () => {
		const [replica, offset, sentHigh] = await Promise.all([
			readMeta(db, 'replica'),
			readMeta(db, 'seqOffset'),
			readMeta(db, 'highSeq')
		]);
		if (replica === undefined) throw new Error('This database has no replica id.');
		const seqOffset = offset ?? 0;
		// On a fast line the limit is the server's own, and nobody needs to count.
		const left = limit < MAX_OPS ? await db.outbox.where('seq').above(after).count() : undefined;
		// One at least is asked for: whoever asks for none learns nothing of whether there is more.
		const most = left === undefined ? limit : Math.max(1, stretched(limit, left));
		const rows: SentBatch['rows'] = [];
		/** Who numbered the ops of this batch: what goes out again keeps the numbers it had. */
		let numbered: string | undefined;
		let bytes = 0;
		let last = after;
		let more = true;
		reading: while (more && rows.length < most) {
			// A slice at once: a cursor, which a filter in the query would need, takes many times as long.
			const slice = await db.outbox.where('seq').above(last).limit(most).toArray();
			more = slice.length === most;
			for (const row of slice) {
				const key = row.seq as number;
				if (!tried.has(row.opId) && (locked ? row.sealed : isReadable(row))) {
					const by = row.again?.replica ?? replica;
					numbered ??= by;
					bytes += (locked ? row.sealed! : row.body).length + 200;
					if (rows.length === most || by !== numbered || (rows.length > 0 && bytes > BATCH_BYTES)) {
						more = true;
						break reading;
					}
					rows.push({ row, seq: row.again?.seq ?? key - seqOffset });
				}
				last = key;
			}
		}
		if (numbered !== undefined && numbered !== replica) {
			const highest = Math.max(...rows.map(({ seq }) => seq));
			return { replica: numbered, highSeq: highest, rows, last, more };
		}
		const newest = await db.outbox.orderBy('seq').last();
		const newestKey = newest?.again ? 0 : (newest?.seq ?? 0);
		return { replica, highSeq: Math.max(sentHigh ?? 0, newestKey - seqOffset), rows, last, more };
	});
}

/** How many ops wait, without those that were tried in this run. */
export async function countWaiting({ db }: Device, tried: ReadonlySet<string>): Promise<number> {
	const { guard } = db;
	if (guard) {
		const goes = (row: OutboxRow) => row.sealed !== undefined || (!guard.locked && isReadable(row));
		return (await db.outbox.toArray()).filter((row) => goes(row) && !tried.has(row.opId)).length;
	}
	const count = await db.outbox.count();
	if (tried.size === 0 || count > tried.size) return count - tried.size;
	return (await db.outbox.toArray()).filter(({ opId }) => !tried.has(opId)).length;
}

/** An op as it goes over the wire. */
export function wireOp(row: OutboxRow, seq: number): WireOp {
	const { fields, clock, base, schema, of } = unseal<OpBody>(row);
	return {
		opId: row.opId,
		seq,
		collection: row.collection,
		recordId: row.recordId,
		fields,
		clock,
		...(Object.keys(base).length ? { base } : {}),
		schema,
		...(of ? { of } : {})
	};
}

/** An op as it goes while the vault is locked. */
export function sealedOp({ row: { opId, sealed }, seq }: SentBatch['rows'][number]): SealedOp {
	if (!sealed) throw new Error('This op is not sealed to the server.');
	return { opId, seq, sealed };
}
