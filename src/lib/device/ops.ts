import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Op } from '#lib/domain/record.ts';
import { isReadable, seal, unseal, type OpBody, type OutboxRow, type Sealed } from './rows.ts';
import type { Stamp } from './stamp.ts';

/** Values by field name, as a form hands them over. `undefined` leaves a field untouched. */
export type FieldValues = Record<string, JsonValue | undefined>;

/**
 * Makes an op, with an id and a clock of its own. The id tells the device's time, the clock the corrected one: how wrong the device's
 * clock was taken to be stands in every op.
 *
 * @param base per field, the clocks of what it replaces
 */
export function makeOp(
	stamp: Stamp,
	target: Pick<Op, 'collection' | 'recordId' | 'schema' | 'of'>,
	fields: FieldValues,
	base: Record<string, string[]>,
	now: number
): Op {
	const written: Record<string, JsonValue> = {};
	for (const [name, value] of Object.entries(fields)) if (value !== undefined) written[name] = value;
	return {
		...target,
		opId: newId(now),
		fields: written,
		clock: nextClock(now + stamp.clockOffset, stamp.replica, Object.values(base).flat()),
		base
	};
}

/** What is left of an op that says nothing any more: its header, which fills its place among the numbers. */
export function emptied(sealed: Sealed): Sealed {
	const { clock, schema } = unseal<OpBody>(sealed);
	return seal({ fields: {}, clock, base: {}, schema });
}

/** Whether only the header is left of an op. What cannot be read is taken to say something. */
export function isEmptied(sealed: Sealed): boolean {
	return isReadable(sealed) && Object.keys(unseal<OpBody>(sealed).fields).length === 0;
}

/** The op as it waits in the outbox. */
export function outboxRow(op: Op): OutboxRow {
	const { opId, recordId, collection, fields, clock, base, schema, of } = op;
	const body: OpBody = { fields, clock, base, schema, ...(of ? { of } : {}) };
	return { opId, recordId, collection, ...seal(body) };
}
