import type { MembershipDb } from './membership-db.ts';
import type { OutboxRow } from './rows.ts';

/**
 * Where a record stands on its way to the server, counted from the rows and never set by an event (design.md §5.10).
 * `saved`: on this phone only. `delivered`: every op of it has its receipt. `attention`: an op was rejected.
 */
export type Delivery =
	| { state: 'saved' }
	| { state: 'attention'; reason: OutboxRow['reason'] }
	| { state: 'delivered'; at: number };

/** The delivery of every record with ops on this device, by record id. */
export async function deliveries(db: MembershipDb): Promise<Map<string, Delivery>> {
	const [outbox, sent] = await Promise.all([db.outbox.toArray(), db.sent.toArray()]);
	const result = new Map<string, Delivery>();
	for (const row of sent) {
		const before = result.get(row.recordId);
		if (before?.state !== 'delivered' || before.at < row.at)
			result.set(row.recordId, { state: 'delivered', at: row.at });
	}
	for (const row of outbox) {
		if (row.state === 'discarded') continue;
		if (row.state === 'attention') result.set(row.recordId, { state: 'attention', reason: row.reason });
		else if (result.get(row.recordId)?.state !== 'attention') result.set(row.recordId, { state: 'saved' });
	}
	return result;
}

export interface OutboxCounts {
	/** Records with an op on its way. */
	waiting: number;
	/** Records with a rejected op. */
	attention: number;
	/** When the last receipt came, ms since 1970. */
	deliveredAt: number | undefined;
}

/** What the status pill counts: records, not ops, because people count visits. */
export async function countOutbox(db: MembershipDb): Promise<OutboxCounts> {
	return countDeliveries(await deliveries(db));
}

/** The same from deliveries that were read already. */
export function countDeliveries(all: ReadonlyMap<string, Delivery>): OutboxCounts {
	let waiting = 0;
	let attention = 0;
	let deliveredAt: number | undefined;
	for (const delivery of all.values()) {
		if (delivery.state === 'saved') waiting += 1;
		else if (delivery.state === 'attention') attention += 1;
		else deliveredAt = Math.max(deliveredAt ?? 0, delivery.at);
	}
	return { waiting, attention, deliveredAt };
}
