import type { Op, RecordState } from './record.ts';

/**
 * What became of an op that the server rejected: a record of its own, whose id is the op's. It is written like everything else, so what
 * was given up, by whom and when stands in the journal for good.
 */

/** The collection name on the wire. */
export const REJECTION = 'rejection';

/**
 * `handed-over`: the coordinator looks at it. `discarded`: nobody needs to. `mended`: what it says has its
 * effect, by another op or, where it came from a revoked phone and was taken in, by itself.
 */
export const rejectionStates = ['handed-over', 'discarded', 'mended'] as const;
export type RejectionState = (typeof rejectionStates)[number];

export function isRejectionState(value: unknown): value is RejectionState {
	return rejectionStates.some((state) => state === value);
}

/**
 * What was decided. Where two decided at once, mending and giving up count: what is gone on one device must not be looked for on another.
 */
export function decisionOf({ heads }: RecordState): RejectionState | undefined {
	const decided = (heads.state ?? []).map(({ value }) => value).filter(isRejectionState);
	return decided.find((state) => state !== 'handed-over') ?? decided.at(-1);
}

/**
 * A record as it would be without an op that never counted: its values go, and what only it had replaced may stand again once it is
 * read from the server.
 */
export function withoutOp(state: RecordState, { opId, base }: Pick<Op, 'opId' | 'base'>): RecordState {
	const left: RecordState = { heads: {}, seen: {} };
	for (const [field, heads] of Object.entries(state.heads)) {
		const kept = heads.filter((head) => head.opId !== opId);
		if (kept.length > 0) left.heads[field] = kept;
	}
	for (const [field, seen] of Object.entries(state.seen)) {
		const replaced = new Set(Object.hasOwn(base, field) ? base[field] : []);
		const kept = seen.filter((clock) => !replaced.has(clock));
		if (kept.length > 0) left.seen[field] = kept;
	}
	return left;
}
