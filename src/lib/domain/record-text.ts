import type { JsonValue } from './json.ts';
import { REMOVED, type Head, type RecordState, type Said } from './record.ts';

/**
 * How a record lies in the server's column `records.state` and in the phone's vault: by op instead of by field, for one op wrote most
 * fields of a record. Clock, opId and author stand once for each op, and a visit takes 1.2 KB instead of 4: the disk is what a batch
 * waits for, and the bytes are what opening the vault waits for.
 */
interface StoredState {
	/** Every op that has a head here, in the order of heads, with the values that still stand and what a removal covers. */
	ops: [clock: string, opId: string, author: string, values: Record<string, JsonValue>, covers?: string[]][];
	seen: RecordState['seen'];
}

export function writeState({ heads, seen }: RecordState): string {
	const ops = new Map<string, StoredState['ops'][number]>();
	let last: StoredState['ops'][number] | undefined;
	for (const field of Object.keys(heads)) {
		for (const head of heads[field]!) {
			// Heads that one op wrote stand together as a rule.
			if (last?.[1] !== head.opId || last[0] !== head.clock) {
				const key = `${head.clock} ${head.opId}`;
				last = ops.get(key) ?? [head.clock, head.opId, head.author, {}];
				ops.set(key, last);
			}
			last[3][field] = head.value;
			if (head.covers) last[4] = head.covers;
		}
	}
	const inOrder =
		ops.size > 1 ? [...ops].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, op]) => op) : [...ops.values()];
	return JSON.stringify({ ops: inOrder, seen } satisfies StoredState);
}

/** Reads what `writeState` wrote: nobody else writes this text. */
export function readState(text: string): RecordState {
	const { ops, seen } = JSON.parse(text) as StoredState;
	const state: RecordState = { heads: {}, seen };
	for (const [clock, opId, author, values, covers] of ops) {
		for (const field of Object.keys(values)) {
			const head: Head = { clock, opId, value: values[field]!, author };
			if (covers && field === REMOVED) head.covers = covers;
			if (Object.hasOwn(state.heads, field)) state.heads[field]!.push(head);
			else state.heads[field] = [head];
		}
	}
	return state;
}

/** What such a text says where no field has two values, without what only a merge needs: own figures ask it of five thousand visits. */
export function readSaid(text: string): Said {
	const { ops } = JSON.parse(text) as StoredState;
	const opOf = (field: string) => ops.find(([, , , values]) => Object.hasOwn(values, field));
	return { valueOf: (field) => opOf(field)?.[3][field], clockOf: (field) => opOf(field)?.[0] };
}
