import { readMeta, type Device } from '#lib/device/device.ts';
import { newId } from '#lib/domain/ids.ts';
import { MAX_OPS } from '#lib/protocol/limits.ts';
import { applyAnswer, DIRECTORY_PART, setAside } from './apply.ts';
import { countWaiting, nextBatch, wireOp, type Batch } from './batch.ts';
import { noteFailure, noteSuccess, readContact } from './contact.ts';
import {
	exchange,
	TIMED_OUT,
	wrap,
	type Carrier,
	type Exchange,
	type Failure,
	type Parcel
} from './exchange.ts';
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

/** A batch that is ready to go, or on its way. */
interface Ready {
	batch: Batch;
	/** It asks for changes, too. */
	reads: boolean;
	parcel: Promise<Parcel>;
}
type Flight = Ready & { end: Promise<Exchange> };

async function run(
	device: Device,
	deps: FlushDeps,
	wantsToRead: boolean,
	isAlone: boolean
): Promise<FlushResult> {
	const { db } = device;
	const carrier = deps.carrier(device);
	const owner = newId();
	/** True until the server has said that there is nothing more to read. */
	let unread = wantsToRead;
	let limit = (await readContact(db))?.limit ?? MAX_OPS;
	let done = 0;
	let renumbered = false;
	/** Ops that were tried in this run and got no final receipt, for instance `later`. */
	const later = new Set<string>();
	/** Ops that were refused when they came alone, with the code. They are to blame once a request without them passes. */
	const refused = new Map<string, string>();

	const makeReady = async (reads: boolean, after?: number): Promise<Ready> => {
		const batch = await nextBatch(device, limit, later, after);
		const cursors = reads ? await readCursors(device) : undefined;
		const parcel = wrap(
			{
				replica: batch.replica,
				highSeq: batch.highSeq,
				...(cursors ? { cursors } : {}),
				ops: batch.rows.map(({ row, seq }) => wireOp(row, seq))
			},
			carrier
		);
		// Whoever waits for it hears of a failure; nobody does where it is not sent after all.
		parcel.catch(() => undefined);
		return { batch, reads, parcel };
	};
	const send = (ready: Ready): Flight => ({ ...ready, end: exchange(ready.parcel, carrier) });
	/** Takes or prolongs the lease; false where somebody else holds it. `answered`: ops whose receipts are not rows yet. */
	const hold = async (answered = 0) => {
		const total = done + (await countWaiting(device, later));
		return takeLease(db, owner, deps.now(), { total, done: done + answered }, isAlone);
	};
	const next = async () => ((await hold()) ? send(await makeReady(unread)) : undefined);

	try {
		let flight = await next();
		while (flight) {
			const { batch, reads } = flight;
			// While one batch is on its way the next is made ready, in fair weather: there is always one, and only one, under way.
			const ahead =
				batch.more && limit === MAX_OPS ? makeReady(false, batch.last).catch(() => undefined) : undefined;
			const result = await flight.end;
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
					flight = await next();
					continue;
				}
				if (failure.why === 'sign_in' && reads) {
					// Reading needs a session; delivering needs only the device's key.
					unread = false;
					await device.open.memberships.update(device.membership.id, { signInNeeded: true });
					if (batch.rows.length > 0) {
						flight = await next();
						continue;
					}
				}
				if (failure.why === 'revoked')
					await device.open.memberships.update(device.membership.id, { revokedAt: now });
				// On a slow line half as much may arrive in time.
				const half = failure.code === TIMED_OUT ? Math.max(1, Math.floor(batch.rows.length / 2)) : undefined;
				await noteFailure(db, failure, now, deps.random(), half);
				return { ok: false, failure };
			}
			const { answer } = result;
			if (reads) unread = answer.more;
			const forks = answer.receipts.some((receipt) => receipt.code === 'fork');
			// The next one goes before the receipts of this one become rows: the lease lasts longer than a request.
			const prepared = forks ? undefined : await ahead;
			const following = prepared?.batch.rows.length ? send(prepared) : undefined;
			const held = !following || (await hold(batch.rows.length));
			const { settled, forked } = await applyAnswer(device, batch, answer, now);
			await setAside(db, refused, now);
			for (const opId of refused.keys()) later.delete(opId);
			refused.clear();
			await noteSuccess(db, now);
			if (reads) await device.open.memberships.update(device.membership.id, { signInNeeded: false });
			// Renumbered once, they go again at once; whatever else has no receipt yet is left for the next run.
			if (!forked || renumbered) {
				for (const { row } of batch.rows) if (!settled.has(row.opId)) later.add(row.opId);
			}
			renumbered ||= forked;
			done += batch.rows.length;
			limit = Math.min(MAX_OPS, limit * 2);
			if (!following && !unread && (await countWaiting(device, later)) === 0) return { ok: true };
			flight = held ? (following ?? (await next())) : undefined;
		}
		return { ok: false, busy: true };
	} finally {
		await dropLease(db, owner);
	}
}

async function readCursors({ db, open, membership }: Device): Promise<Record<string, string>> {
	const directory = await open.cursors.get([membership.organisation, DIRECTORY_PART]);
	return {
		...(await readMeta(db, 'cursors')),
		...(directory ? { [DIRECTORY_PART]: directory.cursor } : {})
	};
}
