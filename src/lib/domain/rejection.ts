import type { RecordState } from './record.ts';

/**
 * What became of an op that the server rejected: a record of its own, whose id is the op's. It is written like everything else, so what
 * was given up, by whom and when stands in the journal for good.
 */

/** The collection name on the wire. */
export const REJECTION = 'rejection';

/** `handed-over`: the coordinator looks at it. `discarded`: nobody needs to. */
export const rejectionStates = ['handed-over', 'discarded'] as const;
export type RejectionState = (typeof rejectionStates)[number];

export function isRejectionState(value: unknown): value is RejectionState {
	return rejectionStates.some((state) => state === value);
}

/** What was decided. Where two decided at once, giving up counts: what is gone on one device must not be looked for on another. */
export function decisionOf({ heads }: RecordState): RejectionState | undefined {
	const decided = (heads.state ?? []).map(({ value }) => value).filter(isRejectionState);
	return decided.includes('discarded') ? 'discarded' : decided.at(-1);
}
