import { Follow } from './follow.ts';
import type { MembershipDb } from './membership-db.ts';
import { OutboxSet } from './outbox-set.svelte.ts';
import { VisitSet } from './visit-set.svelte.ts';

/** A membership's visits and what of them still waits, in memory and in step with each other and with the database. */
export class Register {
	readonly visits: VisitSet;
	readonly outbox: OutboxSet;
	readonly #follow: Follow;

	constructor(db: MembershipDb) {
		this.visits = new VisitSet(db);
		this.outbox = new OutboxSet(db);
		// The outbox first: a visit must not stand as delivered for the moment until its op is known.
		this.#follow = new Follow(db, [...this.outbox.followers, this.visits.follower]);
	}

	/** Records on their way, and records that need somebody: rejected, or with two values that stand. People count visits, not ops. */
	get counts(): { waiting: number; attention: number } {
		const { pending } = this.outbox;
		let [waiting, attention] = [0, 0];
		const unsettled = new Set(this.visits.unsettled.map(({ id }) => id));
		for (const [id, { state }] of pending) {
			if (state === 'attention') attention += 1;
			else if (state === 'saved' && !unsettled.has(id)) waiting += 1;
		}
		for (const id of unsettled) if (pending.get(id)?.state !== 'attention') attention += 1;
		return { waiting, attention };
	}

	/** Begins to read and to follow; resolves after the first reading. */
	start(): Promise<void> {
		return this.#follow.start();
	}

	stop(): void {
		this.#follow.stop();
	}
}
