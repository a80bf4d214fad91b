import { readMeta, type Device } from '#lib/device/device.ts';
import { emptySent } from '#lib/device/erasures.ts';
import { reopening } from '#lib/device/failures.ts';
import { forgetFeedback } from '#lib/device/feedback.ts';
import { trimSent } from '#lib/device/trimmed.ts';
import { newId } from '#lib/domain/ids.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import type { SyncAnswer, SyncRequest } from '#lib/protocol/sync.ts';
import { applyAnswer } from './apply.ts';
import { countWaiting, nextBatch, sealedOp, wireOp, type Batch } from './batch.ts';
import { readContact } from './contact-row.ts';
import { noteFailure, success } from './contact.ts';
import { sendUnopened } from './epoch.ts';
import {
	exchange,
	TIMED_OUT,
	wrap,
	wrapSealed,
	type Carrier,
	type Exchange,
	type Failure,
	type Parcel
} from './exchange.ts';
import { alone, dropLease, takeLease } from './lease.ts';
import { Pace } from './pace.ts';
import { setAside, type Refused } from './receipts.ts';

export interface FlushDeps {
	carrier: (device: Device) => Carrier;
	now: () => number;
	random: () => number;
	/** Asks for the directory's pack before it is read; see ask-pack.ts. A worker does without. */
	askForPack?: ((device: Device, carrier: Carrier, now: number) => Promise<void>) | undefined;
}

/** `read: false` delivers without asking for changes: a device whose session has ended still delivers. */
export interface FlushOptions {
	read?: boolean;
}

export type FlushResult = { ok: true } | { ok: false; failure: Failure } | { ok: false; busy: true };

/** Who waits for a turn, by device: whoever would read too has nothing from the turn of one that only delivers, nor from another's keys. */
const waiting = {
	reading: new WeakMap<Device, Promise<FlushResult>>(),
	delivering: new WeakMap<Device, Promise<FlushResult>>()
};

/**
 * Delivers what waits and takes in what is new, until neither is left or a request fails. One at a time in this browser;
 * see lease.ts. Ops that were rejected stay where they are and hold up nobody.
 */
export async function flush(
	device: Device,
	deps: FlushDeps,
	options: FlushOptions = {}
): Promise<FlushResult> {
	const { read = true } = options;
	// Whatever a run did stands in the rows: one that lost a database is begun anew.
	return reopening([device.db, device.open], () =>
		alone(`reppu-sync:${device.db.name}`, read ? waiting.reading : waiting.delivering, device, (isAlone) =>
			new Run(device, deps, read, isAlone).go()
		)
	);
}

/** How long a device without room for what is new waits before it asks again by itself, ms: each answer comes over the line in vain. */
const FULL_PAUSE = 5 * 60_000;

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
	/** It asks for changes, too, from there on in each part. */
	cursors: SyncRequest['cursors'];
	parcel: Promise<Parcel>;
}
type Flight = Ready & { sentAt: number; end: Promise<Exchange> };

/** One flush: batches go out in the order of the outbox, the next as soon as the one before it is answered. */
class Run {
	readonly #device: Device;
	readonly #deps: FlushDeps;
	readonly #isAlone: boolean;
	readonly #carrier: Carrier;
	readonly #owner = newId();
	#pace = new Pace({ proved: undefined, downlink: undefined }, 0);
	/** True until the server has said that there is nothing more to read. */
	#unread: boolean;
	#signInNeeded = false;
	/** A refusal does not say whether the server has lost what it had: before this device is emptied it asks again, without reading. */
	#unheard = false;
	/** There was no room for what is new when it was last read, in this run or before: what waits is still delivered. */
	#full = false;
	readonly #reads: boolean;
	/** Ops that waited when the lease was taken, and how many of them were answered. */
	#total = 0;
	#done = 0;
	/** What is under way: one request, or two while the answer to the first is taken in. */
	readonly #flights: Flight[] = [];
	/** What goes next, once it is ready. */
	#following: Promise<Ready | undefined> | undefined;
	/** Why nothing more goes out; what is under way is still taken in. */
	#end: FlushResult | undefined;
	/** The replica that this run began with; a fork brings another one, once. */
	#firstReplica: string | undefined;
	/** Ops that were tried in this run and got no final receipt, for instance `later`. */
	readonly #later = new Set<string>();
	/** Ops that were refused when they came alone, with the code. They are to blame once a request without them passes. */
	readonly #refused = new Map<string, Refused>();

	constructor(device: Device, deps: FlushDeps, reads: boolean, isAlone: boolean) {
		this.#device = device;
		this.#deps = deps;
		this.#reads = reads;
		this.#unread = reads;
		this.#isAlone = isAlone;
		this.#carrier = deps.carrier(device);
	}

	async go(): Promise<FlushResult> {
		const { db, open, membership } = this.#device;
		try {
			if (db.guard && !db.guard.locked) await sendUnopened(db);
			const [pace, row] = await Promise.all([this.#knownPace(), open.memberships.get(membership.id)]);
			this.#pace = pace;
			this.#signInNeeded = row?.signInNeeded ?? false;
			while (!this.#end) {
				// What comes would be sealed under a key that is not here.
				if (db.guard?.locked) this.#unread = false;
				const [held, ready] = await Promise.all([
					this.#hold(),
					this.#makeReady(this.#unread, this.#pace.limit)
				]);
				if (!held) return { ok: false, busy: true };
				this.#firstReplica ??= ready.batch.replica;
				this.#send(ready);
				await this.#land();
				// What was refused alone is to blame once a request without it passes, though it be an empty one.
				if (this.#unread || this.#unheard || this.#refused.size > 0) continue;
				if ((await countWaiting(this.#device, this.#later)) === 0)
					this.#end ??= this.#full && this.#reads ? await this.#paused() : { ok: true };
			}
			await emptySent(db);
			await trimSent(db);
			await forgetFeedback(db, this.#deps.now());
			return this.#end;
		} finally {
			await dropLease(db, this.#owner);
		}
	}

	/** All that waited is delivered, and reading goes on when there is room. */
	async #paused(): Promise<FlushResult> {
		const failure: Failure = { why: 'full', retryAfter: FULL_PAUSE };
		const { now, random } = this.#deps;
		await noteFailure(this.#device.db, failure, now(), random(), this.#pace.limit);
		return { ok: false, failure };
	}

	/** With what the last request has proved, or what the browser thinks of the line. */
	async #knownPace(): Promise<Pace> {
		const contact = await readContact(this.#device.db);
		this.#full = contact?.result === 'full';
		const proved = contact?.limit === undefined ? undefined : { limit: contact.limit, at: contact.at };
		return new Pace({ proved, downlink: this.#carrier.downlink?.() }, this.#deps.now());
	}

	/** Takes in what is under way, and sends what follows meanwhile. */
	async #land(): Promise<void> {
		for (let flight = this.#flights[0]; flight; flight = this.#flights[0]) {
			this.#following ??= this.#prepare();
			const result = await flight.end;
			this.#flights.shift();
			if ('failure' in result) await this.#failed(flight, result.failure);
			else await this.#answered(flight, result.answer);
		}
	}

	async #makeReady(reads: boolean, limit: number, after?: number): Promise<Ready> {
		if (reads) await this.#deps.askForPack?.(this.#device, this.#carrier, this.#deps.now());
		const [{ batch, locked }, asked] = await Promise.all([
			this.#next(limit, after),
			reads ? readPlace(this.#device) : undefined
		]);
		const { replica, highSeq, rows } = batch;
		const parcel = locked
			? wrapSealed({ replica, highSeq, ops: rows.map(sealedOp) }, this.#carrier)
			: wrap(
					{ replica, highSeq, ...asked, ops: rows.map(({ row, seq }) => wireOp(row, seq)) },
					this.#carrier
				);
		// Whoever waits for it hears of a failure; nobody does where it is not sent after all.
		parcel.catch(() => undefined);
		return { batch, cursors: locked ? undefined : asked?.cursors, parcel };
	}

	/** The next batch; sealed ops where the vault is locked, or where all that is left was altered on the medium. */
	async #next(limit: number, after?: number): Promise<{ batch: Batch; locked: boolean }> {
		const { guard } = this.#device.db;
		const next = (locked: boolean) => nextBatch(this.#device, limit, this.#later, after, locked);
		const batch = guard?.locked ? undefined : await next(false);
		if (!guard || (batch && batch.rows.length > 0)) return { batch: batch!, locked: false };
		const sealed = await next(true);
		return batch && sealed.rows.length === 0 ? { batch, locked: false } : { batch: sealed, locked: true };
	}

	/** Makes ready what lies behind the last batch that went, in fair weather. */
	#prepare(): Promise<Ready | undefined> | undefined {
		const last = this.#flights.at(-1)?.batch;
		if (!last?.more || !this.#pace.steady || this.#end) return undefined;
		return this.#makeReady(false, this.#pace.ahead, last.last).catch(() => undefined);
	}

	#send(ready: Ready): void {
		this.#flights.push({ ...ready, sentAt: this.#deps.now(), end: exchange(ready.parcel, this.#carrier) });
	}

	/** Sends what was made ready, if there is anything in it, and makes the next ready. */
	async #follow(): Promise<void> {
		const ready = await this.#following;
		this.#following = undefined;
		if (!ready || ready.batch.rows.length === 0 || this.#end) return;
		// Made ready before this line was known to be slow: the next look makes a smaller one.
		if (!this.#pace.fits(ready.batch.rows.length)) return;
		this.#send(ready);
		this.#following = this.#prepare();
	}

	/** Takes the lease; false where somebody else holds it. */
	async #hold(): Promise<boolean> {
		this.#total = this.#done + (await countWaiting(this.#device, this.#later));
		return takeLease(this.#device.db, this.#owner, this.#deps.now(), this.#progress, this.#isAlone);
	}

	get #progress(): { total: number; done: number } {
		return { total: Math.max(this.#total, this.#done), done: this.#done };
	}

	async #failed({ batch, cursors }: Flight, failure: Failure): Promise<void> {
		const { db, open, membership } = this.#device;
		this.#following = undefined;
		const now = this.#deps.now();
		const code = contentCode(failure);
		const [first] = batch.rows;
		if (code !== undefined && first && this.#refused.size < REFUSED_IN_A_ROW) {
			this.#pace.halve(batch.rows.length);
			if (batch.rows.length === 1) {
				this.#refused.set(first.row.opId, { row: first.row, code });
				this.#later.add(first.row.opId);
			}
			return;
		}
		if ((failure.why === 'sign_in' || failure.why === 'revoked') && cursors) {
			// Reading needs a session, and a device in use; delivering needs only the device's key.
			this.#unread = false;
			if (failure.why === 'revoked') {
				this.#unheard = true;
				return this.#noteRevoked(now);
			}
			this.#signInNeeded = true;
			await open.memberships.update(membership.id, { signInNeeded: true });
			if (batch.rows.length > 0) return;
		}
		// On a slow line half as much may arrive in time.
		if (failure.code === TIMED_OUT) this.#pace.halve(batch.rows.length);
		const proved = failure.code === TIMED_OUT ? this.#pace.limit : undefined;
		await noteFailure(db, failure, now, this.#deps.random(), proved);
		this.#end ??= { ok: false, failure };
	}

	async #noteRevoked(now: number): Promise<void> {
		const { open, membership } = this.#device;
		membership.revokedAt ??= now;
		await open.memberships.update(membership.id, { revokedAt: membership.revokedAt });
	}

	async #answered(flight: Flight, answer: SyncAnswer): Promise<void> {
		const { db, open, membership } = this.#device;
		const { batch, cursors } = flight;
		const reads = cursors !== undefined;
		const now = this.#deps.now();
		this.#unheard = false;
		this.#pace.answered(batch.rows.length, now - flight.sentAt);
		if (reads) this.#unread = answer.more;
		// The next one goes before the receipts of this one become rows: the lease lasts longer than a request.
		const forks = answer.receipts.some((receipt) => receipt.code === 'fork');
		if (forks) this.#following = undefined;
		else await this.#follow();
		this.#done += batch.rows.length;
		const carried = { ...batch, cursors, request: await flight.parcel };
		// Whoever only delivers does not learn whether there is room by now.
		const contact = success(now, this.#pace.limit, this.#full && !reads);
		const { settled, renumbered, held, full, behind } = await applyAnswer(this.#device, carried, answer, {
			contact,
			owner: this.#owner,
			progress: this.#progress
		});
		if (reads) this.#full = full;
		if (full) this.#unread = false;
		else if (reads && behind) this.#unread = true;
		if (!held) this.#end ??= { ok: false, busy: true };
		await setAside(db, [...this.#refused.values()], now);
		for (const opId of this.#refused.keys()) this.#later.delete(opId);
		this.#refused.clear();
		if (reads && this.#signInNeeded) {
			this.#signInNeeded = false;
			await open.memberships.update(membership.id, { signInNeeded: false });
		}
		// Renumbered once, they go again at once; whatever else has no receipt yet is left for the next run.
		if (!renumbered || batch.replica !== this.#firstReplica) {
			for (const { row } of batch.rows) if (!settled.has(row.opId)) this.#later.add(row.opId);
		}
	}
}

/** Where this device stands in each part of its scope. */
async function readPlace({ db, open, membership }: Device): Promise<Pick<SyncRequest, 'cursors' | 'have'>> {
	const [own, have, directory] = await Promise.all([
		readMeta(db, 'cursors'),
		readMeta(db, 'have'),
		open.cursors.get([membership.organisation, DIRECTORY_PART])
	]);
	return {
		cursors: { ...own, ...(directory ? { [DIRECTORY_PART]: directory.cursor } : {}) },
		...(have?.length ? { have } : {})
	};
}
