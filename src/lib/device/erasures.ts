import { ERASURE } from '#lib/domain/erasure.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import { readMeta, writeMeta, type Device } from './device.ts';
import { editDrafts } from './drafts.ts';
import type { MembershipDb } from './membership-db.ts';
import { emptied, makeOp, outboxRow } from './ops.ts';
import { giveBackPlaces } from './rejections.ts';
import { rewriteSent } from './rewrite-sent.ts';
import { isReadable, type SentRow } from './rows.ts';
import { opsOf } from './sent-ops.ts';
import type { Stamp } from './stamp.ts';
import { VISIT } from './visits.ts';

/** Version of the fields of an erasure. */
const ERASURE_SCHEMA = 1;

/** So many ids are remembered of what was erased: long enough for what may still be under way when it is. */
const REMEMBERED = 1000;

/**
 * Asks for a visit to be erased for good, everywhere. It is an op of its own, so that who did it and when is known for ever; only a
 * coordinator's has an effect. What the visit says stays here until the server has done it: were it refused, nothing would be lost.
 */
export async function eraseVisit(device: Device, stamp: Stamp, id: string, now = Date.now()): Promise<void> {
	const { db } = device;
	await db.transaction('rw', db.visits, db.outbox, async () => {
		const row = await db.visits.get(id);
		if (!row) return;
		const of = row.part && memberOfPart(row.part);
		const target = { collection: ERASURE, recordId: id, schema: ERASURE_SCHEMA, ...(of ? { of } : {}) };
		await db.outbox.add(outboxRow(makeOp(stamp, target, { collection: VISIT }, {}, now)));
	});
}

/** Whether an erasure of the record is on its way. */
export async function isErasing({ outbox }: MembershipDb, id: string): Promise<boolean> {
	const waiting = await outbox.filter((row) => row.recordId === id && row.collection === ERASURE).count();
	return waiting > 0;
}

/**
 * Lets go of everything that an erased record said, inside the caller's transaction. Of what waited only the header goes out, so that no
 * number of this replica seems to be lost; what cannot be read goes as it was sealed, and the server keeps nothing of it. The sent list is not in
 * reach of a transaction: `emptySent` follows.
 */
export async function letGo(db: MembershipDb, collection: string, id: string, now: number): Promise<void> {
	if (collection === VISIT) await db.visits.delete(id);
	else await db.records.delete([collection, id]);
	const waiting = (await db.outbox.toArray()).filter(
		(row) => row.recordId === id && row.collection === collection && isReadable(row)
	);
	await db.outbox.bulkPut(
		waiting.map(({ seq, opId, recordId, again, codec, body }) => {
			const number = again && { again: { replica: again.replica, seq: again.seq } };
			return {
				seq: seq as number,
				opId,
				recordId,
				collection,
				...number,
				...emptied({ codec, body })
			};
		})
	);
	const rejected = (await db.rejected.where('recordId').equals(id).toArray()).filter(
		(row) => row.place === undefined || isReadable(row)
	);
	await giveBackPlaces(db, rejected);
	await db.rejected.bulkDelete(rejected.map(({ opId }) => opId));
	await editDrafts(db, id).delete();
	const known = (await readMeta(db, 'erased')) ?? [];
	if (!known.some((one) => one.id === id))
		await writeMeta(db, 'erased', [...known, { id, at: now }].slice(-REMEMBERED));
}

/** Empties what the sent list still holds of erased records; whatever it cannot finish now the next run does. */
export async function emptySent(db: MembershipDb): Promise<void> {
	const erased = new Set(((await readMeta(db, 'erased')) ?? []).map(({ id }) => id));
	if (erased.size === 0) return;
	const keys = await db.sent
		.where('records')
		.anyOf([...erased])
		.distinct()
		.primaryKeys();
	// What is sealed waits until the vault is open.
	if (db.guard?.locked) return;
	await letGoOfRest(db, [...erased]);
	for (const row of await db.sent.bulkGet(keys)) if (row) await emptyRow(db, row, erased);
}

/** What `letGo` had to leave while the vault was locked. */
async function letGoOfRest(db: MembershipDb, ids: readonly string[]): Promise<void> {
	const left = await db.rejected.where('recordId').anyOf(ids).toArray();
	if (left.length === 0) return;
	await db.transaction(
		'rw',
		[db.visits, db.records, db.outbox, db.rejected, db.drafts, db.meta],
		async () => {
			for (const { collection, recordId } of left) await letGo(db, collection, recordId, 0);
		}
	);
}

/** Has a row of the sent list say no more of these records than that something went. */
export async function emptyRow(db: MembershipDb, row: SentRow, erased: ReadonlySet<string>): Promise<void> {
	const ops = (await opsOf(db, row)).map((op) => {
		if (!erased.has(op.recordId) || op.collection === ERASURE) return op;
		const { opId, seq, collection, recordId, clock, schema, replica } = op;
		return { opId, seq, collection, recordId, fields: {}, clock, schema, ...(replica ? { replica } : {}) };
	});
	const records = row.records.map((id) => (erased.has(id) ? '' : id));
	await rewriteSent(db, row, ops, records);
}
