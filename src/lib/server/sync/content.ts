import { helsinki } from '#lib/domain/dates.ts';
import { ERASURE, isErasable } from '#lib/domain/erasure.ts';
import { isRejectionState, REJECTION } from '#lib/domain/rejection.ts';
import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { visitFault } from '#lib/domain/visit.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { MAX_FIELDS, MAX_OP_BYTES } from '#lib/protocol/limits.ts';
import type { WireOp } from '#lib/protocol/sync.ts';

export interface Rejection {
	code: ErrorCode;
	field?: string;
}

/**
 * Why an op's own content is rejected, or undefined. Nothing else may reject it (design.md §5.3): unknown codes and unknown
 * fields are kept, and what is only odd in combination marks the merged record incomplete.
 *
 * @param text what the op says, as the journal keeps it
 * @param desks states of the organisation's desks, by id
 */
export function contentFault(
	op: WireOp,
	text: string,
	desks: ReadonlyMap<string, RecordState>
): Rejection | undefined {
	if (op.collection === REJECTION)
		return isRejectionState(op.fields.state) ? undefined : { code: 'invalid_value', field: 'state' };
	if (op.collection === ERASURE && Object.keys(op.fields).length > 0)
		return isErasable(op.fields.collection) ? undefined : { code: 'invalid_value', field: 'collection' };
	if (op.collection !== 'visit' && op.collection !== ERASURE) return { code: 'unknown_collection' };
	if (Object.keys(op.fields).length > MAX_FIELDS) return { code: 'too_many_fields' };
	// What was seen has no limit of its own: it counts for nothing here.
	const long = Buffer.byteLength(text) > MAX_OP_BYTES;
	if (long && Buffer.byteLength(JSON.stringify(op.fields)) > MAX_OP_BYTES) return { code: 'too_many_fields' };
	const field = visitFault(op.fields);
	if (field !== undefined) return { code: 'invalid_value', field };
	const { desk, at } = op.fields;
	if (typeof desk !== 'string') return undefined;
	const state = desks.get(desk);
	if (!state || removal(state) === 'yes') return { code: 'desk_unknown', field: 'desk' };
	const { closedFrom } = shownValues(state);
	if (typeof closedFrom === 'string' && typeof at === 'string' && helsinki(at).date >= closedFrom) {
		return { code: 'desk_closed', field: 'desk' };
	}
	return undefined;
}
