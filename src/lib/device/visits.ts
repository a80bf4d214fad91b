import { newId } from '#lib/domain/ids.ts';
import {
	baseOf,
	emptyRecord,
	join,
	opState,
	REMOVED,
	shownValues,
	type RecordState
} from '#lib/domain/record.ts';
import { lacksConsent, readVisit, VISIT_SCHEMA, type Visit } from '#lib/domain/visit.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import { addRows } from './add-rows.ts';
import type { Device } from './device.ts';
import { reopening } from './failures.ts';
import { makeOp, outboxRow, type FieldValues } from './ops.ts';
import { giveBackPlaces } from './rejections.ts';
import { seal, unseal, type OpBody, type VisitRow } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { addSeen, isUnsettled } from './unsettled.ts';

export { readStamp, type Stamp } from './stamp.ts';
export type { FieldValues } from './ops.ts';

/** The collection name of visits on the wire. */
export const VISIT = 'visit';

/** A note as a field of its own; notes append and never collide. */
export function noteField(text: string, at: number): FieldValues {
	return { [`notes/${newId(at)}`]: { text, at: new Date(at).toISOString() } };
}

/**
 * Saves a new visit: the record and its op in one strict transaction (design.md §5.1). When this resolves, the visit is on
 * the medium. A draft that it came from is dropped in the same transaction; saving the same draft twice saves once.
 */
export async function addVisit(
	device: Device,
	stamp: Stamp,
	fields: FieldValues,
	{ now = Date.now(), id = newId(now), draft }: { now?: number; id?: string; draft?: string } = {}
): Promise<string> {
	if (lacksConsent(fields)) throw new TypeError('a card without consent');
	const { db, membership } = device;
	const op = makeOp(stamp, { collection: VISIT, recordId: id, schema: VISIT_SCHEMA }, fields, {}, now);
	const row: VisitRow = { id, ...seal(opState(op, membership.id)) };
	await reopening([db], async (again) => {
		if (again && (await db.visits.get(id))) return;
		await addRows(db, {
			add: [
				[db.visits, row],
				[db.outbox, outboxRow(op)]
			],
			drop: draft === undefined ? [] : [[db.drafts, draft]]
		});
	});
	return id;
}

/**
 * Writes fields of a visit that is there. Returns the op id, or undefined where the record is not on this device.
 *
 * @param seen the record as the author saw it: what came in since is not written over but stands beside it
 */
export async function changeVisit(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues,
	now: number = Date.now(),
	seen?: RecordState
): Promise<string | undefined> {
	return reopening([device.db], () =>
		change(device, stamp, id, now, (state) => ({
			fields,
			base: baseOf(seen ?? state, Object.keys(fields)),
			saw: seen ?? state
		}))
	);
}

/**
 * Removes a visit, or brings it back. A removal lists every head it saw, so that a later edit is never lost. Ops of it that
 * were rejected need nobody while it is removed.
 */
export async function removeVisit(
	device: Device,
	stamp: Stamp,
	id: string,
	removed = true,
	now: number = Date.now()
): Promise<string | undefined> {
	const { db } = device;
	return inRejected(db, async () => {
		await db.rejected
			.where('recordId')
			.equals(id)
			.and(({ decided }) => !decided)
			.modify({ state: removed ? 'discarded' : 'attention' });
		return change(device, stamp, id, now, (state) => ({
			fields: { [REMOVED]: removed },
			base: baseOf(state, removed ? Object.keys(state.heads) : [REMOVED])
		}));
	});
}

/**
 * Sends a visit again whose op was rejected: one new op with everything that the rejected ones held and the mended fields;
 * the rejected rows go in the same transaction.
 */
export async function mendVisit(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues,
	now: number = Date.now()
): Promise<string | undefined> {
	const { db } = device;
	return inRejected(db, async () => {
		const all = await db.rejected.where('recordId').equals(id).toArray();
		const rejected = all.filter(
			({ collection, state, decided }) => collection === VISIT && !(decided && state === 'discarded')
		);
		const bodies = rejected.map((row) => unseal<OpBody>(row));
		const held = Object.assign({}, ...bodies.map((body) => body.fields)) as FieldValues;
		const whole = { ...held, ...fields };
		// What an older version wrote is still what it wrote.
		const schema = Math.min(VISIT_SCHEMA, ...bodies.map((body) => body.schema));
		const opId = await change(device, stamp, id, now, (state) => ({
			fields: whole,
			base: baseOf(state, Object.keys(whole)),
			schema
		}));
		if (opId === undefined) return undefined;
		await giveBackPlaces(db, rejected);
		await db.rejected.bulkDelete(rejected.map((row) => row.opId));
		return opId;
	});
}

/** Runs a task in a transaction over visits, what waits of them and what was rejected. */
const inRejected = <T>(db: Device['db'], task: () => Promise<T>): Promise<T> =>
	reopening([db], () => db.transaction('rw', db.visits, db.outbox, db.rejected, task));

async function change(
	{ db, membership }: Device,
	stamp: Stamp,
	id: string,
	now: number,
	write: (state: RecordState) => {
		fields: FieldValues;
		base: Record<string, string[]>;
		/** The record as its author saw it, where that is not as it is. */
		saw?: RecordState;
		schema?: number;
	}
): Promise<string | undefined> {
	return db.transaction('rw', db.visits, db.outbox, db.rejected, async () => {
		const row = await db.visits.get(id);
		if (!row) return undefined;
		const state = unseal<RecordState>(row);
		const { fields, base, saw = state, schema = VISIT_SCHEMA } = write(state);
		if (await isUnsettled(db, id)) addSeen(base, saw);
		const of = row.part && memberOfPart(row.part);
		const target = { collection: VISIT, recordId: id, schema, ...(of ? { of } : {}) };
		const op = makeOp(stamp, target, fields, base, now);
		await db.visits.put({ ...row, ...seal(join(state, opState(op, membership.id))) });
		await db.outbox.add(outboxRow(op));
		return op.opId;
	});
}

/** A visit with the state it was read from. */
export interface StoredVisit extends Visit {
	state: RecordState;
}

export function readStoredVisit(row: VisitRow): StoredVisit {
	const state = unseal<RecordState>(row) ?? emptyRecord;
	return { ...readVisit(row.id, shownValues(state)), state };
}
