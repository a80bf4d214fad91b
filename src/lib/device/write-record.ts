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
	seen?: RecordState;
	/** See `OutboxRow`. */
	about?: string;
	now?: number;
}

/**
 * Writes fields of a record that is no visit: its state and its op in one transaction. It is made where it is not there yet. Without a field nothing is
 * written: such an op would say that its author gave it up.
 */
export async function writeRecord(
	{ db, membership }: Device,
	stamp: Stamp,
	target: Pick<Op, 'collection' | 'recordId' | 'schema' | 'of'>,
	fields: FieldValues,
	{ seen, about, now = Date.now() }: Writing = {}
): Promise<void> {
	if (Object.keys(fields).length === 0) return;
	const { collection, recordId: id } = target;
	const write = async () => {
		const row = await db.records.get([collection, id]);
		const state = row ? unseal<RecordState>(row) : emptyRecord;
		const saw = seen ? join(seen, state) : state;
		// A removal covers all that its author saw.
		const base = baseOf(seen ?? state, Object.keys(fields[REMOVED] === true ? saw.heads : fields));
		if (await isUnsettled(db, id)) addSeen(base, saw);
		const op = makeOp(stamp, target, fields, base, now);
		await db.records.put({ ...row, collection, id, ...seal(join(state, opState(op, membership.id))) });
		await db.outbox.add({ ...outboxRow(op), ...(about === undefined ? {} : { about }) });
	};
	return reopening([db], () => db.transaction('rw', db.records, db.outbox, db.rejected, write));
}
