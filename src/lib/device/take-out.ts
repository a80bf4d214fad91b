import { ERASURE } from '#lib/domain/erasure.ts';
import { join, opState, type RecordState } from '#lib/domain/record.ts';
import { withoutOp } from '#lib/domain/rejection.ts';
import { OWN_PART } from '#lib/protocol/parts.ts';
import { readMeta, writeMeta, type Device } from './device.ts';
import type { MembershipDb } from './membership-db.ts';
import { isReadable, seal, unseal, type OpBody, type RejectedRow, type Sealed } from './rows.ts';

/** Takes the values of ops that never counted out of their record, inside the caller's transaction. */
export async function takeOut(device: Writer, id: string, rows: readonly RejectedRow[]): Promise<void> {
	const collection = rows.find((row) => row.collection !== ERASURE)?.collection;
	if (collection === undefined || collection === 'visit') await takeOutOfVisit(device, id, rows);
	else await takeOutOfRecord(device, [collection, id], rows);
}

type Writer = Pick<Device, 'db' | 'membership'>;

/**
 * A record without these ops, and with what they had replaced of ops that are still open here: one may have been written over by another
 * that is given up, and is what its author said last.
 */
async function without(
	{ db, membership }: Writer,
	[collection, recordId]: [collection: string, id: string],
	row: Sealed,
	rows: readonly RejectedRow[]
): Promise<RecordState> {
	const left = rows.reduce(
		(state, { opId, ...sealed }) => withoutOp(state, { opId, base: unseal<OpBody>(sealed).base }),
		unseal<RecordState>(row)
	);
	const gone = new Set(rows.map(({ opId }) => opId));
	const refused = await db.rejected.where('recordId').equals(recordId).toArray();
	const open = [
		...(await db.outbox.toArray()),
		...refused.filter(({ state, decided }) => !(decided && state === 'discarded'))
	].filter(
		(one) =>
			one.recordId === recordId && one.collection === collection && !gone.has(one.opId) && isReadable(one)
	);
	return open.reduce((state, { opId, ...sealed }) => {
		const op = { ...unseal<OpBody>(sealed), opId, collection, recordId };
		return join(state, opState(op, membership.id));
	}, left);
}

async function takeOutOfRecord(
	device: Writer,
	key: [collection: string, id: string],
	rows: readonly RejectedRow[]
): Promise<void> {
	const { db } = device;
	const row = await db.records.get(key);
	if (!row) return;
	const state = await without(device, key, row, rows);
	if (Object.keys(state.heads).length === 0) await db.records.delete(key);
	else await db.records.put({ ...row, ...seal(state) });
	await readAgain(db, row.part);
}

/** What these ops had replaced is not here any more: the part is read from zero. */
async function readAgain(db: MembershipDb, part = OWN_PART): Promise<void> {
	await writeMeta(db, 'cursors', { ...(await readMeta(db, 'cursors')), [part]: '' });
}

async function takeOutOfVisit(device: Writer, visit: string, rows: readonly RejectedRow[]): Promise<void> {
	const { db } = device;
	const row = await db.visits.get(visit);
	if (!row) return;
	const state = await without(device, ['visit', visit], row, rows);
	if (Object.keys(state.heads).length === 0) {
		await db.visits.delete(visit);
		await settleErasures(db, [visit]);
		return;
	}
	await db.visits.put({ ...row, ...seal(state) });
	await readAgain(db, row.part);
}

/** These visits are not here any more: a rejected erasure of one of them asks for nobody. Inside the caller's transaction. */
export async function settleErasures(db: MembershipDb, visits: readonly string[]): Promise<void> {
	await db.rejected
		.where('recordId')
		.anyOf(visits)
		.and(({ collection }) => collection === ERASURE)
		.modify({ state: 'discarded', decided: true });
}
