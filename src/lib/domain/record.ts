import type { JsonValue } from './json.ts';

/**
 * What a record is: per field the values that stand (heads) and the clocks of those that were replaced (seen).
 * `join` is the one merge of the whole system, the same on phone and server (design.md §4). It is commutative,
 * associative and idempotent; record.test.ts holds it to that.
 */
export interface Head {
	/** Hybrid logical clock of the op that wrote the value. */
	clock: string;
	opId: string;
	value: JsonValue;
	/** Membership that wrote it. */
	author: string;
	/** Only on the field `removed`: every clock that whoever removed the record had seen. */
	covers?: string[] | undefined;
}

export interface RecordState {
	heads: Record<string, Head[]>;
	seen: Record<string, string[]>;
}

/** One change of one record, made on one device: the unit of sync. */
export interface Op {
	opId: string;
	collection: string;
	recordId: string;
	/** New values by field name. */
	fields: Record<string, JsonValue>;
	clock: string;
	/** Per field, the clock of every head that the author saw. */
	base: Record<string, string[]>;
	/** Version of the collection's schema that the author's code knew. */
	schema: number;
	/** Membership whose record it corrects; absent: the author's own. It counts where the record itself has not come yet. */
	of?: string | undefined;
}

/** Field that holds a removal (`true`) or its undoing (`false`). */
export const REMOVED = 'removed';

export const emptyRecord: RecordState = { heads: {}, seen: {} };

/** The entries of a field. A field may be called like something that every object has, for instance `valueOf`. */
const entries = <T>(fields: Readonly<Record<string, T[]>>, field: string): T[] =>
	Object.hasOwn(fields, field) ? fields[field]! : [];

const compareHeads = (a: Head, b: Head) =>
	a.clock === b.clock ? (a.opId < b.opId ? -1 : a.opId > b.opId ? 1 : 0) : a.clock < b.clock ? -1 : 1;

/**
 * An op seen as a small record of its own: its values are heads, what they replace is seen. A removal lists in its base
 * every head of every field; it replaces only the field `removed`, so that nothing vanishes, and keeps the list.
 */
export function opState(op: Op, author: string): RecordState {
	const state: RecordState = { heads: {}, seen: {} };
	for (const [field, value] of Object.entries(op.fields)) {
		const head: Head = { clock: op.clock, opId: op.opId, value, author };
		if (field === REMOVED) head.covers = [...new Set(Object.values(op.base).flat())].sort();
		state.heads[field] = [head];
		const replaced = entries(op.base, field);
		if (replaced.length) state.seen[field] = [...new Set(replaced)].sort();
	}
	return state;
}

/** The union of heads and of seen, heads minus seen. */
export function join(a: RecordState, b: RecordState): RecordState {
	const result: RecordState = { heads: {}, seen: {} };
	for (const field of new Set([
		...Object.keys(a.heads),
		...Object.keys(b.heads),
		...Object.keys(a.seen),
		...Object.keys(b.seen)
	])) {
		const seen = new Set([...entries(a.seen, field), ...entries(b.seen, field)]);
		const heads = new Map<string, Head>();
		for (const head of [...entries(a.heads, field), ...entries(b.heads, field)]) {
			if (!seen.has(head.clock)) heads.set(`${head.clock} ${head.opId}`, head);
		}
		if (heads.size) result.heads[field] = [...heads.values()].sort(compareHeads);
		if (seen.size) result.seen[field] = [...seen].sort();
	}
	return result;
}

/** The values that people see: per field the highest head. */
export function shownValues(state: RecordState): Record<string, JsonValue> {
	const values: Record<string, JsonValue> = {};
	for (const [field, heads] of Object.entries(state.heads)) {
		const highest = heads.at(-1);
		if (highest) values[field] = highest.value;
	}
	return values;
}

/** What a record says now of a field, and the clock of the op that said it: all that somebody who only reads has to know. */
export interface Said {
	valueOf: (field: string) => JsonValue | undefined;
	clockOf: (field: string) => string | undefined;
}

/** What a record says, asked of its heads. */
export const saidBy = ({ heads }: RecordState): Said => ({
	valueOf: (field) => entries(heads, field).at(-1)?.value,
	clockOf: (field) => entries(heads, field).at(-1)?.clock
});

/** What a new op on these fields must list as its base: the clock of every head there now. */
export function baseOf(state: RecordState, fields: Iterable<string>): Record<string, string[]> {
	const base: Record<string, string[]> = {};
	for (const field of fields) {
		const clocks = [...new Set(entries(state.heads, field).map((head) => head.clock))];
		if (clocks.length) base[field] = clocks;
	}
	return base;
}

/** Fields whose heads differ in value: two sides wrote without knowing of each other. */
export function conflicts(state: RecordState): string[] {
	return Object.entries(state.heads)
		.filter(
			([, heads]) => heads.length > 1 && new Set(heads.map((head) => JSON.stringify(head.value))).size > 1
		)
		.map(([field]) => field)
		.sort();
}

/**
 * `no`: the record stands. `yes`: removed. `but-changed`: removed, and something was written that the remover had not seen;
 * it is listed under "removed, but changed" and never vanishes.
 */
export function removal(state: RecordState): 'no' | 'yes' | 'but-changed' {
	const removed = state.heads[REMOVED]?.at(-1);
	if (removed?.value !== true) return 'no';
	const covered = new Set(removed.covers);
	const uncovered = Object.entries(state.heads).some(
		([field, heads]) => field !== REMOVED && heads.some((head) => !covered.has(head.clock))
	);
	return uncovered ? 'but-changed' : 'yes';
}
