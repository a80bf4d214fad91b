import type * as z from 'zod/mini';
import type { JsonValue } from '#lib/domain/json.ts';
import type { decisionRequest, rejectedAnswer } from '#lib/protocol/rejected.ts';

export type Rejected = z.infer<typeof rejectedAnswer>['rejected'][number];

/** What a coordinator decides about one. */
export type Decision = z.infer<typeof decisionRequest>;

/** Values in the place of the faulty ones, and names of fields that are left out. */
export interface Mending {
	fields: Record<string, JsonValue>;
	without: string[];
}

/** Faults of the moment or of whoever wrote: what the visit says is in order. */
const AS_IT_IS = ['op_reused', 'unavailable', 'not_yours', 'not_allowed'];
/** Without them a visit says neither when nor where it was. */
const NEEDED = ['at'];

/**
 * What a coordinator can do so that the server accepts it: another desk, leave out the one value that it cannot read, or write it as it is
 * in its author's name. Undefined: nothing; its author has to write it anew.
 */
export function mendingOf({
	code,
	field
}: Pick<Rejected, 'code' | 'field'>):
	{ kind: 'desk' | 'as-it-is' } | { kind: 'without'; field: string } | undefined {
	if (code === 'desk_unknown' || code === 'desk_closed') return { kind: 'desk' };
	if (code === 'invalid_value' && field !== null && !NEEDED.includes(field))
		return { kind: 'without', field };
	return AS_IT_IS.includes(code) ? { kind: 'as-it-is' } : undefined;
}

/** What each phone that was taken out of use has brought, where it is more than one change. */
export function phonesToDecide(rejected: readonly Rejected[]): Rejected[][] {
	const waiting = rejected.filter(({ revokedDevice }) => revokedDevice);
	return [...Map.groupBy(waiting, ({ revokedDevice }) => revokedDevice?.id).values()].filter(
		({ length }) => length > 1
	);
}
