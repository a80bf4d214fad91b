import type { MembershipDb } from './membership-db.ts';
import type { RejectedRow } from './rows.ts';
import { lastReceipt } from './sent.ts';

/**
 * Where a record stands on its way to the server, counted from the rows and never set by an event (design.md §5.10).
 * `saved`: on this phone only. `delivered`: every op of it has its receipt. `attention`: an op was rejected. `unsettled`: two values
 * stand, and somebody has to choose. `handed-over`: it was rejected, and the coordinator looks at it.
 */
export type Delivery =
	| { state: 'saved' }
	| { state: 'attention'; reason: RejectedRow['reason'] }
	| { state: 'unsettled' }
	| { state: 'handed-over' }
	| { state: 'delivered'; at: number };

export interface OutboxCounts {
	/** Records with an op on its way. */
	waiting: number;
	/** Records with a rejected op. */
	attention: number;
	/** When the last receipt came, ms since 1970. */
	deliveredAt: number | undefined;
}

/** What the status pill counts, read from the rows at once: records, not ops, because people count visits. */
export async function countOutbox(db: MembershipDb): Promise<OutboxCounts> {
	const [outbox, rejected] = await Promise.all([db.outbox.toArray(), db.rejected.toArray()]);
	const needy = rejected.filter(({ state }) => state === 'attention').map(({ recordId }) => recordId);
	const attention = new Set(needy);
	const waiting = new Set(outbox.map(({ recordId, about }) => about ?? recordId));
	return {
		waiting: [...waiting].filter((id) => id && !attention.has(id)).length,
		attention: attention.size,
		deliveredAt: await lastReceipt(db)
	};
}
