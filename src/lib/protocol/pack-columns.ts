import type { JsonValue } from '#lib/domain/json.ts';
import type { ServicesPart } from './pack.ts';
import { ABSENT, unfold } from './pack-phrases.ts';

/** A record as a pack carries it: its shown values, and the clock of each. */
export interface PackRecord {
	id: string;
	values: Record<string, JsonValue>;
	clocks: Record<string, string>;
}

type Fields = Record<string, JsonValue>;

const isObject = (value: JsonValue): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every text in a value, given another form. */
function mapTexts(value: JsonValue, map: (text: string) => string): JsonValue {
	if (typeof value === 'string') return map(value);
	if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}

/** Calls with each value that is no object with keys, and the keys that lead to it. */
export function eachLeaf(
	values: Fields,
	call: (path: readonly string[], leaf: JsonValue) => void,
	path: readonly string[] = []
): void {
	for (const [key, value] of Object.entries(values)) {
		if (isObject(value) && Object.keys(value).length > 0) eachLeaf(value, call, [...path, key]);
		else call([...path, key], value);
	}
}

/** @param fold puts signs in the place of phrases */
export function toColumns(records: readonly PackRecord[], fold: (text: string) => string): ServicesPart {
	const clocks = new Map<string, number>();
	const place = (clock: string) => {
		const known = clocks.get(clock) ?? clocks.size;
		clocks.set(clock, known);
		return known;
	};
	const columns = new Map<string, unknown[]>();
	const said = records.map(({ values, clocks: own }, at) => {
		eachLeaf(values, (path, leaf) => {
			const key = JSON.stringify(path);
			let column = columns.get(key);
			if (!column) columns.set(key, (column = records.map(() => ABSENT)));
			column[at] = mapTexts(leaf, fold);
		});
		const [first, ...others] = new Set(Object.values(own));
		if (first !== undefined && others.length === 0) return place(first);
		return Object.fromEntries(Object.entries(own).map(([field, clock]) => [field, place(clock)]));
	});
	return {
		ids: records.map(({ id }) => id),
		clocks: [...clocks.keys()],
		said,
		columns: Object.fromEntries(columns)
	};
}

/** The record at a place of a part. */
export function recordAt(part: ServicesPart, at: number, phrases: readonly string[]): PackRecord {
	const values: Fields = {};
	for (const [key, column] of Object.entries(part.columns)) {
		const leaf = column[at] as JsonValue | undefined;
		if (leaf === undefined || leaf === ABSENT) continue;
		const path = JSON.parse(key) as string[];
		const last = path.pop() ?? '';
		let into = values;
		for (const step of path) into = (into[step] ??= {}) as Fields;
		into[last] = mapTexts(leaf, (text) => unfold(text, phrases));
	}
	const said = part.said[at] ?? 0;
	const clocks: Record<string, string> = {};
	for (const field of Object.keys(values)) {
		const clock = part.clocks[typeof said === 'number' ? said : (said[field] ?? -1)];
		if (clock !== undefined) clocks[field] = clock;
	}
	return { id: part.ids[at] ?? '', values, clocks };
}
