import type { Device } from '#lib/device/device.ts';
import {
	isReadable,
	seal,
	SealedRow,
	unseal,
	type OpBody,
	type OutboxRow,
	type RejectedRow,
	type Sealed
} from '#lib/device/rows.ts';
import { letGo } from '#lib/device/erasures.ts';
import type { RowGuard } from '#lib/device/membership-db.ts';
import { dropGivenBack } from '#lib/device/services.ts';
import { VISIT } from '#lib/device/visits.ts';
import { settleErasures, takeOut } from '#lib/device/take-out.ts';
import { noteTrimmed } from '#lib/device/trimmed.ts';
import { emptyRecord, join, opState, type RecordState } from '#lib/domain/record.ts';
import { decisionOf, REJECTION, type RejectionState } from '#lib/domain/rejection.ts';
import { ERASURE } from '#lib/domain/erasure.ts';
import { SERVICE } from '#lib/domain/service-record.ts';
import { DIRECTORY_PART, memberOfPart, OWN_PART } from '#lib/protocol/parts.ts';
import type { Change, SyncAnswer } from '#lib/protocol/sync.ts';

/** Visits written at once: from 50 on Dexie looks no more at which they are, and every list on the screen is read anew. */
const AT_ONCE = 49;

type OpenOps = ReadonlyMap<string, readonly (OutboxRow | RejectedRow)[]>;

/** Ops of this device without effect on the server so far, by record. */
async function openOps({ outbox, rejected }: Device['db']): Promise<OpenOps> {
	const [waiting, refused] = await Promise.all([outbox.toArray(), rejected.toArray()]);
	const counts = refused.filter(({ state, decided }) => !(decided && state === 'discarded'));
	// An erasure says nothing of what is in the record.
	const open = [...waiting, ...counts].filter(({ collection }) => collection !== ERASURE);
	return Map.groupBy(open, (row) => row.recordId);
}

/** Takes in the records of an answer that are this membership's own, inside the caller's transaction. */
export async function applyChanges(device: Device, changes: readonly Change[], now: number): Promise<void> {
	const own = changes.filter(({ part }) => part !== DIRECTORY_PART);
	if (own.length === 0) return;
	const open = await openOps(device.db);
	const records = Map.groupBy(own, ({ collection, recordId }) => `${collection} ${recordId}`);
	const isPlain = ([first, second]: readonly Change[]) =>
		first?.collection === VISIT && !second && !first.gone && !first.erased;
	const [plain, others] = [true, false].map((wanted) =>
		[...records.values()].filter((list) => isPlain(list) === wanted).flat()
	) as [Change[], Change[]];
	await putVisits(device, plain, open);
	await noteTrimmed(device.db, own);
	for (const change of others) {
		if (change.erased) await letGo(device.db, change.collection, change.recordId, now);
		else await applyChange(device, change, open);
	}
}

/** Visits that are here now, each named once: read and written in one go, for two requests each hold up the screen. */
async function putVisits(device: Device, changes: readonly Change[], open: OpenOps): Promise<void> {
	const { visits } = device.db;
	for (let first = 0; first < changes.length; first += AT_ONCE) {
		const some = changes.slice(first, first + AT_ONCE);
		const stored = await visits.bulkGet(some.map(({ recordId }) => recordId));
		const rows = some.flatMap((change, index) => {
			const row = merged(device, stored[index], change, open);
			const part = change.part === OWN_PART ? {} : { part: change.part };
			return row ? [{ id: change.recordId, ...part, ...row }] : [];
		});
		await visits.bulkPut(rows);
	}
}

/** One change of a record that comes alone or leaves. */
async function applyChange(device: Device, change: Change, open: OpenOps): Promise<void> {
	const { db } = device;
	const { collection, recordId: id } = change;
	if (change.gone) {
		// What still waits goes out all the same, and its author can read it until then.
		if (open.has(id)) return;
		if (collection === VISIT) {
			await db.visits.delete(id);
			await settleErasures(db, [id]);
		} else await db.records.delete([collection, id]);
		return;
	}
	if (collection === VISIT) return putVisits(device, [change], open);
	const row = merged(device, await db.records.get([collection, id]), change, open);
	if (!row) return;
	const part = memberOfPart(change.part) === undefined ? {} : { part: change.part };
	await db.records.put({ collection, id, ...part, ...row });
	if (collection === REJECTION) await heedDecision(device, id, decisionOf(unseal<RecordState>(row)));
}

/** Somebody has decided what becomes of an op that was rejected here. */
async function heedDecision(
	device: Device,
	opId: string,
	decision: RejectionState | undefined
): Promise<void> {
	const { db } = device;
	const row = await db.rejected.get(opId);
	// Whichever it was, the op itself needs nobody any more; what mended it is a change of the visit.
	const state = decision === 'mended' ? 'discarded' : decision;
	// Its author may have given it up here before that is known elsewhere.
	if (!row || !state || (row.decided && (row.state === state || row.state === 'discarded'))) return;
	await db.rejected.update(opId, { state, decided: true });
	if (state === 'discarded') await takeOut(device, row.recordId, [row]);
}

/** Throws where a row came out sealed because the vault is locked: what it says must not give way to what does not know it. */
function mustBeOpen(guard: RowGuard | undefined, rows: readonly Sealed[]): void {
	const locked = guard && rows.find((row) => !isReadable(row) && guard.cameLocked(row));
	if (locked) throw new SealedRow(locked.codec);
}

/**
 * What the server says, joined with what stands here. A stored row holds its open ops already. Throws `SealedRow` where the vault was locked
 * while the answer was on its way.
 */
function merged(
	{ db, membership }: Device,
	stored: Sealed | undefined,
	{ state, recordId, collection }: Change,
	open: OpenOps
): Sealed | undefined {
	if (!state) return undefined;
	const waiting = (open.get(recordId) ?? []).filter((row) => row.collection === collection);
	const readable = stored && isReadable(stored);
	if (!readable) mustBeOpen(db.guard, stored ? [stored, ...waiting] : waiting);
	// What was altered on the medium says nothing: the server's word stands, and what is open here beside it.
	const here = readable
		? unseal<RecordState>(stored)
		: waiting.filter(isReadable).reduce<RecordState>((joined, row) => {
				const op = { ...unseal<OpBody>(row), opId: row.opId, collection, recordId };
				return join(joined, opState(op, membership.id));
			}, emptyRecord);
	return seal(join(state as RecordState, here));
}

/**
 * Lets go of the visits and other records of a part that this device may not read any more, inside the caller's transaction: only of those that a
 * verified backup covers and of which nothing waits (design.md §5.6). Tells whether that were all.
 */
export async function dropPart(db: Device['db'], part: string): Promise<boolean> {
	const open = new Set((await openOps(db)).keys());
	await db.sent.each(({ records }) => records.forEach((id) => open.add(id)));
	const lost = await db.visits.filter((row) => (row.part ?? OWN_PART) === part).primaryKeys();
	const dropped = lost.filter((id) => !open.has(id));
	await db.visits.bulkDelete(dropped);
	await settleErasures(db, dropped);
	const others = await db.records.filter((row) => row.part === part).toArray();
	const gone = others.filter(({ id }) => !open.has(id));
	await db.records.bulkDelete(gone.map(({ collection, id }): [string, string] => [collection, id]));
	return dropped.length === lost.length && gone.length === others.length;
}

/**
 * Takes in the directory, in a transaction of its own with its cursor. True where that was moved since it was asked from there, for instance
 * by a pack that came meanwhile: then it stays, and nothing is taken in, for what it brings may be older than the pack.
 */
export async function applyDirectory(
	device: Device,
	answer: SyncAnswer,
	asked: string | undefined
): Promise<boolean> {
	const { open, membership } = device;
	const cursor = answer.cursors[DIRECTORY_PART];
	const changes = answer.changes.filter(
		(change) => change.part === DIRECTORY_PART && change.collection === SERVICE
	);
	if (cursor === undefined && changes.length === 0) return false;
	const { organisation } = membership;
	const rows = changes.flatMap(({ state, recordId: id, change }) =>
		state ? [{ organisation, id, change, ...seal(state as RecordState) }] : []
	);
	const gone = changes.filter((change) => change.gone);
	const behind = await open.transaction('rw', [open.services, open.cursors, open.packs], async () => {
		if (cursor !== undefined && (await open.cursors.get([organisation, DIRECTORY_PART]))?.cursor !== asked)
			return true;
		await open.services.bulkPut(rows);
		const pack = gone.length > 0 ? await open.packs.get(organisation) : undefined;
		// A pack may have it: an empty row says that it is gone.
		if (pack?.installed || pack?.wanted)
			await open.services.bulkPut(
				gone.map(({ recordId: id, change }) => ({ organisation, id, change, ...seal(emptyRecord) }))
			);
		else await open.services.bulkDelete(gone.map(({ recordId }) => [organisation, recordId]));
		if (cursor !== undefined) await open.cursors.put({ organisation, part: DIRECTORY_PART, cursor });
		return false;
	});
	if (behind) return true;
	await dropGivenBack(
		device,
		rows.map(({ id }) => id)
	);
	return false;
}
