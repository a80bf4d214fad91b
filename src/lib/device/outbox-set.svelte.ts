import type { Delivery } from './delivery.ts';
import { dropRanges, type Follower } from './follow.ts';
import type { MembershipDb } from './membership-db.ts';
import type { OutboxRow, RejectedRow } from './rows.ts';

/** Where a record stands that has not arrived as a whole. */
type Pending = Extract<Delivery, { state: 'saved' | 'attention' | 'handed-over' }>;

/**
 * What waits on this device or was rejected, in memory, by record: people count visits, not ops. Counted from the rows and never
 * set by an event (design.md §5.10).
 */
export class OutboxSet {
	readonly followers: readonly Follower[];
	/** Record of each op that waits. */
	readonly #waiting = new Map<number, string>();
	readonly #rejected = new Map<string, RejectedRow>();
	#pending = $state.raw<ReadonlyMap<string, Pending>>(new Map());

	constructor({ outbox, rejected }: MembershipDb) {
		const taken = () => (this.#pending = this.#count());
		const waits: Follower<OutboxRow> = {
			table: outbox.name,
			take: (rows, ranges) => {
				if (ranges) dropRanges(this.#waiting, ranges);
				else this.#waiting.clear();
				for (const { seq, recordId, about } of rows) this.#waiting.set(seq as number, about ?? recordId);
			},
			taken
		};
		const needs: Follower<RejectedRow> = {
			table: rejected.name,
			take: (rows, ranges) => {
				if (ranges) dropRanges(this.#rejected, ranges);
				else this.#rejected.clear();
				for (const row of rows) this.#rejected.set(row.opId, row);
			},
			taken
		};
		this.followers = [waits, needs];
	}

	#count(): Map<string, Pending> {
		const pending = new Map<string, Pending>();
		for (const recordId of this.#waiting.values()) if (recordId) pending.set(recordId, { state: 'saved' });
		for (const { recordId, state, reason } of this.#rejected.values())
			if (state === 'attention') pending.set(recordId, { state, reason });
			else if (state === 'handed-over' && !pending.has(recordId)) pending.set(recordId, { state });
		return pending;
	}

	/** Every record that waits or needs its author, by id. */
	get pending(): ReadonlyMap<string, Pending> {
		return this.#pending;
	}
}
