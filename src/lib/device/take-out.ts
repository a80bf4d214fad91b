import { ERASURE } from '#lib/domain/erasure.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { withoutOp } from '#lib/domain/rejection.ts';
import { OWN_PART } from '#lib/protocol/parts.ts';
import { readMeta, writeMeta } from './device.ts';
import type { MembershipDb } from './membership-db.ts';
import { seal, unseal, type OpBody, type RejectedRow, type Sealed } from './rows.ts';

/** Takes the values of ops that never counted out of their record, inside the caller's transaction. */
export async function takeOut(db: MembershipDb, id: string, rows: readonly RejectedRow[]): Promise<void> {
	const collection = rows.find((row) => row.collection !== ERASURE)?.collection;
	if (collection === undefined || collection === 'visit') await takeOutOfVisit(db, id, rows);
	else await takeOutOfRecord(db, [collection, id], rows);
}

function without(row: Sealed, rows: readonly RejectedRow[]): RecordState {
	return rows.reduce(
		(left, { opId, ...sealed }) => withoutOp(left, { opId, base: unseal<OpBody>(sealed).base }),
		unseal<RecordState>(row)
	);
}

async function takeOutOfRecord(
	db: MembershipDb,
	key: [collection: string, id: string],
	rows: readonly RejectedRow[]
): Promise<void> {
	const row = await db.records.get(key);
	if (!row) return;
	const state = without(row, rows);
	if (Object.keys(state.heads).length === 0) await db.records.delete(key);
	else await db.records.put({ ...row, ...seal(state) });
	await readAgain(db, row.part);
}

/** What these ops had replaced is not here any more: the part is read from zero. */
async function readAgain(db: MembershipDb, part = OWN_PART): Promise<void> {
	await writeMeta(db, 'cursors', { ...(await readMeta(db, 'cursors')), [part]: '' });
}

async function takeOutOfVisit(db: MembershipDb, visit: string, rows: readonly RejectedRow[]): Promise<void> {
	const row = await db.visits.get(visit);
	if (!row) return;
	const state = without(row, rows);
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
