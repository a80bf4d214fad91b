import { readMeta, writeMeta, type Device } from '#lib/device/device.ts';
import { unseal, type OpBody, type OutboxRow } from '#lib/device/rows.ts';
import { newId } from '#lib/domain/ids.ts';
import { MAX_BODY, MAX_INFLATED, MAX_OPS } from '#lib/protocol/limits.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { applyAnswer, DIRECTORY_PART, setAside, type SentBatch } from './apply.ts';
import { noteFailure, noteSuccess, readContact } from './contact.ts';
import { exchange, TIMED_OUT, type Carrier, type Failure } from './exchange.ts';
import { alone, dropLease, takeLease } from './lease.ts';

export interface FlushDeps {
	carrier: (device: Device) => Carrier;
	now: () => number;
	random: () => number;
}

/** `read: false` delivers without asking for changes: a device whose session has ended still delivers. */
export interface FlushOptions {
	read?: boolean;
}

export type FlushResult = { ok: true } | { ok: false; failure: Failure } | { ok: false; busy: true };

/** Bytes of JSON in one batch, before compression: well under what server and adapter take. */
const BATCH_BYTES = (typeof CompressionStream === 'undefined' ? MAX_BODY : MAX_INFLATED) * 0.8;

/**
 * Delivers what waits and takes in what is new, until neither is left or a request fails. One at a time in this browser;
 * see lease.ts. Ops that were rejected stay where they are and hold up nobody.
 */
export async function flush(
	device: Device,
	deps: FlushDeps,
	options: FlushOptions = {}
): Promise<FlushResult> {
	let result: FlushResult = { ok: false, busy: true };
	await alone(`reppu-sync:${device.db.name}`, async (isAlone) => {
		result = await run(device, deps, options.read ?? true, isAlone);
	});
	return result;
}

/** Codes by which a server refuses a whole request for what is said in it. */
const CONTENT_CODES = new Set(['bad_text', 'bad_json', 'bad_request']);
/** Single ops refused in a row after which the fault is not theirs. */
const REFUSED_IN_A_ROW = 8;

/** The code of a refusal for which one of the ops in the request may be to blame. */
function contentCode({ why, code }: Failure): string | undefined {
	if (why === 'too_large') return why;
	return why === 'refused' && code !== undefined && CONTENT_CODES.has(code) ? code : undefined;
}

async function run(
	device: Device,
	deps: FlushDeps,
	wantsToRead: boolean,
	isAlone: boolean
): Promise<FlushResult> {
	const { db } = device;
	const owner = newId();
	let read = wantsToRead;
	let limit = (await readContact(db))?.limit ?? MAX_OPS;
	let done = 0;
	let renumbered = false;
	/** Ops that were tried in this run and got no final receipt, for instance `later`. */
	const later = new Set<string>();
	/** Ops that were refused when they came alone, with the code. They are to blame once a request without them passes. */
	const refused = new Map<string, string>();
	try {
		for (;;) {
			const total = done + (await countWaiting(device, later));
			if (!(await takeLease(db, owner, deps.now(), { total, done }, isAlone)))
				return { ok: false, busy: true };
			const batch = await nextBatch(device, limit, later);
			const cursors = read ? await readCursors(device) : undefined;
			const result = await exchange(
				{
					replica: batch.replica,
					highSeq: batch.highSeq,
					...(cursors ? { cursors } : {}),
					ops: batch.rows.map(({ row, seq }) => wireOp(row, seq))
				},
				deps.carrier(device)
			);
			const now = deps.now();
			if ('failure' in result) {
				const { failure } = result;
				const code = contentCode(failure);
				const [first] = batch.rows;
				if (code !== undefined && first && refused.size < REFUSED_IN_A_ROW) {
					if (batch.rows.length > 1) limit = Math.floor(batch.rows.length / 2);
					else {
						refused.set(first.row.opId, code);
						later.add(first.row.opId);
					}
					continue;
				}
				if (failure.why === 'sign_in' && read) {
					// Reading needs a session; delivering needs only the device's key.
					read = false;
					await device.open.memberships.update(device.membership.id, { signInNeeded: true });
					if (batch.rows.length > 0) continue;
				}
				if (failure.why === 'revoked')
					await device.open.memberships.update(device.membership.id, { revokedAt: now });
				// On a slow line half as much may arrive in time.
				const half =
					failure.code === TIMED_OUT ? Math.max(1, Math.floor(batch.rows.length / 2)) : undefined;
				await noteFailure(db, failure, now, deps.random(), half);
				return { ok: false, failure };
			}
			const { answer } = result;
			const { settled, forked } = await applyAnswer(device, batch, answer, now);
			await setAside(db, refused, now);
			for (const opId of refused.keys()) later.delete(opId);
			refused.clear();
			await noteSuccess(db, now);
			if (read) await device.open.memberships.update(device.membership.id, { signInNeeded: false });
			// Renumbered once, they go again at once; whatever else has no receipt yet is left for the next run.
			if (!forked || renumbered) {
				for (const { row } of batch.rows) if (!settled.has(row.opId)) later.add(row.opId);
			}
			renumbered ||= forked;
			done += batch.rows.length;
			limit = Math.min(MAX_OPS, limit * 2);
			if ((await countWaiting(device, later)) === 0 && !(read && answer.more)) return { ok: true };
		}
	} finally {
		await dropLease(db, owner);
	}
}

/** How many ops wait, without those that were tried in this run. */
function countWaiting({ db }: Device, tried: ReadonlySet<string>): Promise<number> {
	const waiting = db.outbox.where('state').equals('waiting');
	return tried.size === 0 ? waiting.count() : waiting.filter((row) => !tried.has(row.opId)).count();
}

function wireOp(row: OutboxRow, seq: number): WireOp {
	const { fields, clock, base, schema } = unseal<OpBody>(row);
	return {
		opId: row.opId,
		seq,
		collection: row.collection,
		recordId: row.recordId,
		fields,
		clock,
		...(Object.keys(base).length ? { base } : {}),
		schema
	};
}

/** The oldest ops that wait, as many as fit, with the numbers they carry. */
async function nextBatch(
	{ db }: Device,
	limit: number,
	skip: ReadonlySet<string>
): Promise<SentBatch & { highSeq: number }> {
	return db.transaction('rw', db.outbox, db.meta, async () => {
		const [replica, offset, sentHigh] = await Promise.all([
			readMeta(db, 'replica'),
			readMeta(db, 'seqOffset'),
			readMeta(db, 'highSeq')
		]);
		if (replica === undefined) throw new Error('This database has no replica id.');
		const seqOffset = offset ?? 0;
		const found = await db.outbox
			.orderBy('seq')
			.filter((row) => row.state === 'waiting' && !skip.has(row.opId))
			.limit(limit)
			.toArray();
		let bytes = 0;
		const rows: SentBatch['rows'] = [];
		for (const row of found) {
			bytes += JSON.stringify(row.body).length + 200;
			if (rows.length > 0 && bytes > BATCH_BYTES) break;
			rows.push({ row, seq: (row.seq as number) - seqOffset });
		}
		const last = await db.outbox.orderBy('seq').last();
		const highSeq = Math.max(sentHigh ?? 0, last ? (last.seq as number) - seqOffset : 0);
		if (highSeq !== sentHigh) await writeMeta(db, 'highSeq', highSeq);
		return { replica, highSeq, rows };
	});
}

async function readCursors({ db, open, membership }: Device): Promise<Record<string, string>> {
	const directory = await open.cursors.get([membership.organisation, DIRECTORY_PART]);
	return {
		...(await readMeta(db, 'cursors')),
		...(directory ? { [DIRECTORY_PART]: directory.cursor } : {})
	};
}
