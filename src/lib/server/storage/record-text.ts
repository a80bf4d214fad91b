import type { JsonValue } from '#lib/domain/json.ts';
import type { Head, RecordState } from '#lib/domain/record.ts';

/**
 * How the column `records.state` holds a record. One op wrote most fields of a record, so clock, opId and author stand once
 * for each op instead of once for each field: a visit takes 1.5 KB instead of 4, and the disk is what a batch waits for.
 */
interface StoredState {
	/** Clock, opId and author of every op that has a head here. */
	ops: [clock: string, opId: string, author: string][];
	/** By field: index of the op, value, and what a removal covers. */
	heads: Record<string, [op: number, value: JsonValue, covers?: string[]][]>;
	seen: RecordState['seen'];
}

export function writeState({ heads, seen }: RecordState): string {
	const stored: StoredState = { ops: [], heads: {}, seen };
	for (const [field, list] of Object.entries(heads)) {
		stored.heads[field] = list.map(({ clock, opId, author, value, covers }) => {
			let index = stored.ops.findIndex((op) => op[1] === opId && op[0] === clock && op[2] === author);
			if (index < 0) index = stored.ops.push([clock, opId, author]) - 1;
			return covers ? [index, value, covers] : [index, value];
		});
	}
	return JSON.stringify(stored);
}

/** Reads what `writeState` wrote: nobody else writes this column. */
export function readState(text: string): RecordState {
	const { ops, heads, seen } = JSON.parse(text) as StoredState;
	const state: RecordState = { heads: {}, seen };
	for (const [field, list] of Object.entries(heads)) {
		state.heads[field] = list.map(([index, value, covers]): Head => {
			const [clock, opId, author] = ops[index]!;
			return { clock, opId, value, author, ...(covers ? { covers } : {}) };
		});
	}
	return state;
}
