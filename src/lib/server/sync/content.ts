import { helsinki } from '#lib/domain/dates.ts';
import { ERASURE, isErasable } from '#lib/domain/erasure.ts';
import { isRejectionState, REJECTION } from '#lib/domain/rejection.ts';
import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readFields, type KnownValues } from '#lib/domain/visit.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { MAX_FIELDS, MAX_OP_BYTES } from '#lib/protocol/limits.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { collectionOf } from './collections.ts';

export interface Rejection {
	code: ErrorCode;
	field?: string;
}

/** What an op says: why it is rejected, or the values of its visit that this version knows. */
interface Content {
	rejection?: Rejection;
	visit?: KnownValues;
}

const rejected = (code: ErrorCode, field?: string): Content => ({
	rejection: { code, ...(field === undefined ? {} : { field }) }
});

/**
 * Reads an op's own content. Nothing else may reject it (design.md §5.3): unknown codes and unknown fields are kept, and what is
 * only odd in combination marks the merged record incomplete.
 *
 * @param text what the op says, as the journal keeps it
 * @param desks states of the organisation's desks, by id
 */
export function readContent(op: WireOp, text: string, desks: ReadonlyMap<string, RecordState>): Content {
	if (op.collection === REJECTION)
		return isRejectionState(op.fields.state) ? {} : rejected('invalid_value', 'state');
	if (op.collection === ERASURE && Object.keys(op.fields).length > 0)
		return isErasable(op.fields.collection) ? {} : rejected('invalid_value', 'collection');
	const other = collectionOf(op.collection);
	if (op.collection !== 'visit' && op.collection !== ERASURE && !other) return rejected('unknown_collection');
	if (Object.keys(op.fields).length > MAX_FIELDS) return rejected('too_many_fields');
	const most = other?.bytes ?? MAX_OP_BYTES;
	// What was seen has no limit of its own: it counts for nothing here.
	const long = Buffer.byteLength(text) > most;
	if (long && Buffer.byteLength(JSON.stringify(op.fields)) > most) return rejected('too_many_fields');
	if (other) {
		const fault = other.fault(op.fields);
		return fault === undefined ? {} : rejected('invalid_value', fault);
	}
	const { fault, values: visit } = readFields(op.fields, op.schema);
	if (!visit) return rejected('invalid_value', fault);
	const { desk, at } = visit;
	if (typeof desk !== 'string') return { visit };
	const state = desks.get(desk);
	if (!state || removal(state) === 'yes') return rejected('desk_unknown', 'desk');
	const { closedFrom } = shownValues(state);
	if (typeof closedFrom === 'string' && at !== undefined && helsinki(at).date >= closedFrom)
		return rejected('desk_closed', 'desk');
	return { visit };
}
