import {
	baseOf,
	emptyRecord,
	join,
	opState,
	REMOVED,
	type Op,
	type RecordState
} from '#lib/domain/record.ts';
import type { Device } from './device.ts';
import { reopening } from './failures.ts';
import { makeOp, outboxRow, type FieldValues } from './ops.ts';
import { seal, unseal } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { addSeen, isUnsettled } from './unsettled.ts';

interface Writing {
	/** The record as its author saw it, where that is not as it stands in this database. */
	seen?: RecordState | undefined;
	/** See `OutboxRow`. */
	about?: string | undefined;
}

type Target = Pick<Op, 'collection' | 'recordId' | 'schema' | 'of'>;

/** Fields of one record. */
export interface RecordWrite extends Writing {
	target: Target;
	fields: FieldValues;
}

/**
 * Writes fields of records that are no visits: states and ops in one transaction. One is made where it is not there yet. Without a field nothing is
 * written: such an op would say that its author gave it up.
 */
export async function writeRecords(
	{ db, membership }: Device,
	stamp: Stamp,
	writes: readonly RecordWrite[],
	now = Date.now()
): Promise<void> {
	const write = async () => {
		for (const { target, fields, seen, about } of writes) {
			if (Object.keys(fields).length === 0) continue;
			const { collection, recordId: id } = target;
			const row = await db.records.get([collection, id]);
			const state = row ? unseal<RecordState>(row) : emptyRecord;
			const saw = seen ? join(seen, state) : state;
			// A removal covers all that its author saw.
			const base = baseOf(seen ?? state, Object.keys(fields[REMOVED] === true ? saw.heads : fields));
			if (await isUnsettled(db, id)) addSeen(base, saw);
			const op = makeOp(stamp, target, fields, base, now);
			await db.records.put({ ...row, collection, id, ...seal(join(state, opState(op, membership.id))) });
			await db.outbox.add({ ...outboxRow(op), ...(about === undefined ? {} : { about }) });
		}
	};
	return reopening([db], () => db.transaction('rw', db.records, db.outbox, db.rejected, write));
}

/** The same of one record. */
export const writeRecord = (
	device: Device,
	stamp: Stamp,
	target: Target,
	fields: FieldValues,
	{ now, ...writing }: Writing & { now?: number } = {}
): Promise<void> => writeRecords(device, stamp, [{ target, fields, ...writing }], now);
