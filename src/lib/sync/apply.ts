import type { Device } from '#lib/device/device.ts';
import { readMeta, writeMeta } from '#lib/device/device.ts';
import { seal, unseal, type OpBody, type OutboxRow, type Sealed, type SentRow } from '#lib/device/rows.ts';
import { VISIT } from '#lib/device/visits.ts';
import { join, opState, type RecordState } from '#lib/domain/record.ts';
import type { Change, SyncAnswer } from '#lib/protocol/sync.ts';
import { newReplica } from '#lib/domain/ids.ts';

/** Part of the scope whose rows are public and lie in the shared database. */
export const DIRECTORY_PART = 'directory';

/** Collection name of directory entries on the wire. */
const SERVICE = 'service';

/** What was sent, with the numbers it carried. */
export interface SentBatch {
	replica: string;
	rows: { row: OutboxRow; seq: number }[];
}

/** What the receipts of an answer did. */
interface Settlement {
	/** Ops that wait no longer: delivered, or rejected. */
	settled: ReadonlySet<string>;
	/** This database numbers as a new replica now: what was left may go out again at once. */
	forked: boolean;
}

/**
 * Takes in an answer: receipts, states and cursors, in one transaction for each database (design.md §5.2, 5.6). An op leaves
 * the outbox only for a receipt of exactly its opId; a receipt for anything that was not sent is ignored.
 */
export async function applyAnswer(
	device: Device,
	batch: SentBatch,
	answer: SyncAnswer,
	now: number
): Promise<Settlement> {
	try {
		return await applyAll(device, batch, answer, now);
	} catch (error) {
		// No room for what is new, for instance: what was delivered is delivered. The cursors stay, so the news come again.
		if (answer.changes.length > 0)
			await applyAll(device, batch, { ...answer, changes: [], cursors: {} }, now);
		throw error;
	}
}

async function applyAll(
	device: Device,
	batch: SentBatch,
	answer: SyncAnswer,
	now: number
): Promise<Settlement> {
	await applyDirectory(device, answer);
	const { db } = device;
	return db.transaction('rw', [db.outbox, db.sent, db.visits, db.records, db.meta], async () => {
		const settlement = await applyReceipts(device, batch, answer, now);
		for (const change of answer.changes) {
			if (change.part !== DIRECTORY_PART) await applyChange(device, change);
		}
		const cursors = { ...(await readMeta(db, 'cursors')) };
		for (const [part, cursor] of Object.entries(answer.cursors))
			if (part !== DIRECTORY_PART) cursors[part] = cursor;
		await db.meta.bulkPut([
			{ key: 'cursors', value: cursors },
			{ key: 'epoch', value: answer.epoch },
			{ key: 'durable', value: answer.durable },
			{ key: 'clockOffset', value: Math.round(answer.serverTime - now) }
		]);
		return settlement;
	});
}

async function applyReceipts(
	{ db }: Device,
	batch: SentBatch,
	answer: SyncAnswer,
	now: number
): Promise<Settlement> {
	const settled = new Set<string>();
	const delivered: SentRow[] = [];
	const keys: number[] = [];
	const sentRows = new Map(batch.rows.map((sent) => [sent.row.opId, sent]));
	let fork = false;
	for (const receipt of answer.receipts) {
		const sent = sentRows.get(receipt.opId);
		if (!sent) continue;
		const key = sent.row.seq as number;
		if (receipt.outcome === 'applied' || receipt.outcome === 'conflict') {
			// A receipt without its change number is half a receipt: the sent list could not tell when the op is durable.
			if (receipt.change === undefined) continue;
			const { opId, recordId, collection, codec, body } = sent.row;
			delivered.push({
				opId,
				seq: sent.seq,
				replica: batch.replica,
				recordId,
				collection,
				change: receipt.change,
				at: now,
				codec,
				body
			});
			keys.push(key);
			settled.add(opId);
		} else if (receipt.outcome === 'rejected') {
			await db.outbox.update(key, {
				state: 'attention',
				reason: { code: receipt.code ?? 'unavailable', field: receipt.field, at: now }
			});
			settled.add(receipt.opId);
		} else if (receipt.code === 'fork') fork = true;
	}
	await db.sent.bulkPut(delivered);
	await dropFromOutbox(db, keys);
	return { settled, forked: fork && (await mintReplica(db, batch)) };
}

/** Drops rows by their keys, each run of keys that follow one another at once: a batch is mostly one run. */
async function dropFromOutbox(db: Device['db'], keys: number[]): Promise<void> {
	const runs: { first: number; last: number }[] = [];
	for (const key of keys.sort((a, b) => a - b)) {
		const run = runs.at(-1);
		if (run && key === run.last + 1) run.last = key;
		else runs.push({ first: key, last: key });
	}
	for (const { first, last } of runs) await db.outbox.where('seq').between(first, last, true, true).delete();
}

/** Ops that no request passes with: their author has to look at them. */
export async function setAside(
	db: Device['db'],
	refused: ReadonlyMap<string, string>,
	now: number
): Promise<void> {
	if (refused.size === 0) return;
	await db.outbox
		.where('opId')
		.anyOf([...refused.keys()])
		.modify((row) => {
			row.state = 'attention';
			row.reason = { code: refused.get(row.opId) ?? 'bad_request', at: now };
		});
}

/**
 * This database was copied: another device has used the same replica and sequence numbers (design.md §5.4). From here on it
 * numbers as a new replica, starting at one; ids and clocks of ops stay.
 */
async function mintReplica(db: Device['db'], batch: SentBatch): Promise<boolean> {
	if ((await readMeta(db, 'replica')) !== batch.replica) return false;
	const first = (await db.outbox.orderBy('seq').first())?.seq ?? 1;
	await writeMeta(db, 'replica', newReplica());
	await writeMeta(db, 'seqOffset', first - 1);
	await writeMeta(db, 'highSeq', 0);
	return true;
}

async function merged(
	device: Device,
	stored: Sealed | undefined,
	change: Change
): Promise<Sealed | undefined> {
	if (!change.state) return undefined;
	let state = change.state as RecordState;
	if (stored) state = join(state, unseal<RecordState>(stored));
	// What is still in the outbox stands on top of what the server says.
	for (const row of await device.db.outbox.where('recordId').equals(change.recordId).toArray()) {
		const body = unseal<OpBody>(row);
		state = join(
			state,
			opState(
				{ ...body, opId: row.opId, collection: row.collection, recordId: row.recordId },
				device.membership.id
			)
		);
	}
	return seal(state);
}

async function applyChange(device: Device, change: Change): Promise<void> {
	const { db } = device;
	const { collection, recordId: id } = change;
	if (collection === VISIT) {
		const row = await merged(device, await db.visits.get(id), change);
		if (row) await db.visits.put({ id, ...row });
		return;
	}
	if (change.gone) {
		const open = await db.outbox.where('recordId').equals(id).count();
		if (open === 0) await db.records.delete([collection, id]);
		return;
	}
	const row = await merged(device, await db.records.get([collection, id]), change);
	if (row) await db.records.put({ collection, id, ...row });
}

async function applyDirectory({ open, membership }: Device, answer: SyncAnswer): Promise<void> {
	const cursor = answer.cursors[DIRECTORY_PART];
	const changes = answer.changes.filter(
		(change) => change.part === DIRECTORY_PART && change.collection === SERVICE
	);
	if (cursor === undefined && changes.length === 0) return;
	const { organisation } = membership;
	await open.transaction('rw', open.services, open.cursors, async () => {
		for (const change of changes) {
			if (change.gone) await open.services.delete([organisation, change.recordId]);
			else if (change.state) {
				await open.services.put({ organisation, id: change.recordId, ...seal(change.state as RecordState) });
			}
		}
		if (cursor !== undefined) await open.cursors.put({ organisation, part: DIRECTORY_PART, cursor });
	});
}
