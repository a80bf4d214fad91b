import { MAX_OPS } from '#lib/protocol/limits.ts';

/** Ops in the first request of a line that nobody knows: at 50 kbit/s they take some seven seconds. */
const FIRST = 130;
/** What a request should take, ms: what a line that drops costs is sent again, and each request costs its headers and a round trip. */
const GOOD = 9000;
/** A line is not asked for many times as much at once as it has just carried. */
const GROWTH = 5;
/** How much more goes in the request behind the first, which is made ready before anything was measured. */
const AHEAD = 1.3;
/** So much more than the limit may go: a few that are left would cost a round trip of their own. */
const STRETCH = 1.1;
/** How long what was learned of a line holds, ms: whoever moves on has another one. */
const FRESH = 10 * 60_000;
/** Bytes of an op on the wire, and how much slower a phone sends than it receives: to make a guess of a downlink. */
const OP_BYTES = 280;
const UPLINK = 1 / 4;

const within = (ops: number) => Math.max(1, Math.min(MAX_OPS, Math.floor(ops)));

/** How many ops go where so many are left, all of them if they are hardly more than the limit. */
export function stretched(limit: number, left: number): number {
	return left > limit && left <= within(limit * STRETCH) ? left : limit;
}

/** What is known of a line before anything was sent. */
export interface Line {
	/** The limit that an earlier request has proved, and when, ms since 1970. */
	proved: { limit: number; at: number } | undefined;
	/** What the browser thinks of the line's downlink, Mbit/s; only some tell. */
	downlink: number | undefined;
}

/** Ops in the first request. */
function firstLimit({ proved, downlink }: Line, now: number): number {
	if (proved && now - proved.at < FRESH && proved.at <= now) return within(proved.limit);
	if (downlink === undefined || !(downlink > 0)) return FIRST;
	return within((downlink * 125 * GOOD * UPLINK) / OP_BYTES);
}

/**
 * How many ops go in one request. Each request costs both sides about as much as twenty ops do, so a fast line carries as many
 * as may at once; a slow one carries what it can lose (ten seconds at most).
 */
export class Pace {
	#limit: number;
	/** Requests come through as they are: the next one may be made ready before the answer is there. */
	steady = true;

	constructor(line: Line, now: number) {
		this.#limit = firstLimit(line, now);
	}

	get limit(): number {
		return this.#limit;
	}

	/** For the request behind the one that is on its way, whose speed is not known yet. */
	get ahead(): number {
		return within(this.#limit * AHEAD);
	}

	/** Whether a request that was made ready before is one for this line, after all that was measured since. */
	fits(ops: number): boolean {
		return ops <= within(this.#limit * STRETCH);
	}

	/** A request with so many ops was answered after so many ms. */
	answered(ops: number, ms: number): void {
		this.steady = true;
		const fitting = Math.floor((ops * GOOD) / Math.max(1, ms));
		// A request with little in it tells how long the way is, not how wide; that it took too long is told by every one.
		if (ops * 2 < this.#limit) {
			if (ms > GOOD) this.#limit = within(Math.min(this.#limit, fitting));
		} else if (ms > GOOD) this.#limit = within(fitting);
		else this.#limit = within(Math.max(this.#limit, Math.min(fitting, this.#limit * GROWTH)));
	}

	/** A request with so many ops was too large, too slow, or one of them is to blame: half as many may pass. */
	halve(ops: number): void {
		this.steady = false;
		this.#limit = within(ops / 2);
	}
}
