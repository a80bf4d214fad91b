import { REJECTION, type RejectionState } from '#lib/domain/rejection.ts';
import type { Device } from './device.ts';
import type { MembershipDb } from './membership-db.ts';
import { emptied, makeOp, outboxRow } from './ops.ts';
import { unseal, type OpBody, type RejectedRow } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { takeOut } from './take-out.ts';

/** Version of the fields of a rejection. */
const REJECTION_SCHEMA = 1;

/**
 * Hands what the server rejected of a visit over to the coordinator. Its content lies on the server already; this says who should look
 * at it. What no request passed with stays with its author: the coordinator could not see it.
 */
export async function handOver(
	device: Device,
	stamp: Stamp,
	visit: string,
	now = Date.now()
): Promise<boolean> {
	const { db } = device;
	return db.transaction('rw', db.rejected, db.outbox, async () => {
		const rows = (await rejectedOf(db, visit)).filter(({ numbered }) => numbered);
		await settle(device, stamp, rows, 'handed-over', now);
		return rows.length > 0;
	});
}

/**
 * Gives up what the server rejected of a visit: it asks for nobody any more, on this phone or at the coordinator's, and who gave it up
 * stands in the server's journal. A visit that consists of nothing else goes; otherwise what the server has of it is read again.
 */
export async function giveUp(device: Device, stamp: Stamp, visit: string, now = Date.now()): Promise<void> {
	const { db } = device;
	await db.transaction('rw', [db.visits, db.records, db.rejected, db.outbox, db.meta], async () => {
		const rows = await rejectedOf(db, visit);
		await settle(
			device,
			stamp,
			rows.filter(({ numbered }) => numbered),
			'discarded',
			now
		);
		await giveBackPlaces(db, rows);
		await db.rejected.bulkDelete(rows.flatMap(({ opId, numbered }) => (numbered ? [] : [opId])));
		await takeOut(device, visit, rows);
	});
}

/**
 * Fills the places of ops that no request passed with by their headers, so that no number of this replica seems to be lost; inside the
 * caller's transaction.
 */
export async function giveBackPlaces(db: MembershipDb, rows: readonly RejectedRow[]): Promise<void> {
	for (const { place, opId, recordId, collection, ...sealed } of rows) {
		if (place === undefined) continue;
		await db.outbox.put({
			seq: place,
			opId,
			recordId,
			collection,
			...emptied(sealed)
		});
	}
}

/** What was rejected of a visit, as a file that its author keeps or gives to the coordinator: ops as they were written, with the reasons. */
export async function rejectedFile(db: MembershipDb, visit: string): Promise<{ name: string; text: string }> {
	const ops = (await rejectedOf(db, visit)).map(
		({ opId, recordId, collection, reason, numbered, ...sealed }) => ({
			opId,
			recordId,
			collection,
			...unseal<OpBody>(sealed),
			reason: { ...reason, at: new Date(reason.at).toISOString() },
			...(numbered ? { numbered } : {})
		})
	);
	return {
		name: `reppu-${visit.slice(-12)}.json`,
		text: JSON.stringify({ reppu: 'rejected', version: 1, ops }, null, '\t')
	};
}

async function rejectedOf(db: MembershipDb, visit: string): Promise<RejectedRow[]> {
	const rows = await db.rejected.where('recordId').equals(visit).toArray();
	return rows.filter(({ state }) => state !== 'discarded');
}

async function settle(
	{ db }: Device,
	stamp: Stamp,
	rows: readonly RejectedRow[],
	state: RejectionState,
	now: number
): Promise<void> {
	for (const { opId, recordId } of rows) {
		const target = { collection: REJECTION, recordId: opId, schema: REJECTION_SCHEMA };
		await db.outbox.add({ ...outboxRow(makeOp(stamp, target, { state }, {}, now)), about: recordId });
		await db.rejected.update(opId, { state, decided: true });
	}
}
