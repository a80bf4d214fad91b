import { readMeta, writeMeta, type Device } from '#lib/device/device.ts';
import { isReadable, seal, type OutboxRow, type RejectedRow, type SentRow } from '#lib/device/rows.ts';
import { opsOf } from '#lib/device/sent-ops.ts';
import type { WireOp } from '#lib/protocol/sync.ts';

/** Codes of ops that came sealed and were not opened: that says nothing of what is in them. */
const UNOPENED = ['seal_unknown_key', 'seal_broken'];

/**
 * Takes note of the life of the server's database that an answer came from. One that was restored from a backup starts a new epoch
 * (design.md §5.8): it may have lost what had its receipt. Then every op of the sent list goes out again, with its id, clock and number,
 * and the scope is read from zero. A crash in between leaves the rest on the sent list, and the next answer goes on.
 */
export async function meetEpoch({ db }: Device, epoch: string): Promise<void> {
	const known = await readMeta(db, 'epoch');
	if (known === epoch) return;
	if (known !== undefined) {
		for (const key of (await db.sent.toCollection().primaryKeys()) as number[]) {
			const row = await db.sent.get(key);
			if (row) await sendAgain(db, key, row);
		}
		// What was given up stays so, and is not judged anew.
		await judgeAgain(db, (row) => !(row.decided && row.state === 'discarded'));
	}
	await db.transaction('rw', db.meta, async () => {
		await forgetCursors(db);
		await writeMeta(db, 'have', []);
		await writeMeta(db, 'durable', null);
		await writeMeta(db, 'epoch', epoch);
		await db.meta.delete('unmet');
	});
}

/** What the server could not open goes out again as it was written, once the vault is open. */
export async function sendUnopened(db: Device['db']): Promise<void> {
	await judgeAgain(db, (row) => isReadable(row) && UNOPENED.includes(row.reason.code));
}

/** What was rejected goes out again, too: the server may have lost the op that the coordinator looks at. */
async function judgeAgain(db: Device['db'], wanted: (row: RejectedRow) => boolean): Promise<void> {
	await db.transaction('rw', db.rejected, db.outbox, async () => {
		const rows = (await db.rejected.toArray()).flatMap((row) =>
			row.numbered && wanted(row) ? [{ ...row, numbered: row.numbered }] : []
		);
		if (rows.length === 0) return;
		const lowest = await lowestKey(db);
		await db.outbox.bulkAdd(
			rows.map(({ opId, recordId, collection, codec, body, numbered, state, decided }, index) => ({
				seq: lowest - rows.length + index,
				opId,
				recordId,
				collection,
				codec,
				body,
				again: { ...numbered, rejected: { state, decided } }
			}))
		);
		await db.rejected.bulkDelete(rows.map(({ opId }) => opId));
	});
}

/** Before all that waits, under keys that new ops never get: their numbers stay free of gaps. */
async function lowestKey({ outbox }: Device['db']): Promise<number> {
	return Math.min(0, (await outbox.orderBy('seq').first())?.seq ?? 0);
}

/** Moves one row of the sent list back to the outbox, as a whole or not at all. */
async function sendAgain(db: Device['db'], key: number, row: SentRow): Promise<void> {
	// Read before the transaction: one that waits for anything but the database ends.
	const ops = await opsOf(db, row);
	await db.transaction('rw', db.sent, db.outbox, async () => {
		if (!(await db.sent.get(key))) return;
		const lowest = await lowestKey(db);
		await db.outbox.bulkAdd(ops.map((op, index) => rowOf(op, row.replica, lowest - ops.length + index)));
		await db.sent.delete(key);
	});
}

function rowOf(op: WireOp, replica: string, key: number): OutboxRow {
	const { opId, recordId, collection, fields, clock, base, schema, of } = op;
	return {
		seq: key,
		opId,
		recordId,
		collection,
		again: { replica: op.replica ?? replica, seq: op.seq },
		...seal({ fields, clock, base: base ?? {}, schema, ...(of ? { of } : {}) })
	};
}

/**
 * Has every part of the scope read from zero with the next request. Their names stay: the server says of each whether it may still be
 * read at all.
 */
async function forgetCursors(db: Device['db']): Promise<void> {
	const names = Object.keys((await readMeta(db, 'cursors')) ?? {});
	await writeMeta(db, 'cursors', Object.fromEntries(names.map((name) => [name, ''])));
}
