import type { Coded, Visits } from './columns.ts';
import type { Column } from './dimensions.ts';
import type { measure } from './measures.ts';
import type { Cell } from './question.ts';

/** Combinations of values up to which counts lie in an array; beyond that most of them would be empty. */
const DENSE = 1 << 20;

/** Between the two classes of a cell; no class can contain it. */
export const BETWEEN = '\n';

export type Counts = Pick<Cell, 'contacts'> & { count: number };

type Measured = ReturnType<typeof measure>;

/** A column that a table is laid out by, and the classes that a value of it leads to, each once. */
export interface Axis {
	column: Column;
	keysOf: (value: string) => readonly string[];
}

/** An axis with numbers for its classes: a class is named once for each portion, and counted by its number. */
interface LaidOut {
	/** Of its column among those that are counted. */
	place: number;
	/** Classes of each value, by its index. */
	keys: readonly (readonly number[])[];
	/** Where the axis tells of the units of a measure: classes of each unit of each value. */
	unitKeys: readonly (readonly (readonly number[])[])[] | undefined;
	names: readonly string[];
}

const ONE: readonly number[] = [0];

function laidOut(
	{ column, keysOf }: Axis,
	placed: readonly { column: Column; coded: Coded }[],
	measured: Measured | undefined
): LaidOut {
	const known = new Map<string, number>();
	const numbers = (value: string) =>
		keysOf(value).map((name) => {
			const found = known.get(name);
			if (found === undefined) known.set(name, known.size);
			return found ?? known.size - 1;
		});
	const place = placed.findIndex((one) => one.column === column);
	const { values } = placed[place]!.coded;
	const keys = values.map(numbers);
	const unitKeys =
		column === measured?.column
			? values.map((value) => measured.unitsOf(value).map((unit) => numbers(unit.value)))
			: undefined;
	return { place, keys, unitKeys, names: [...known.keys()] };
}

/**
 * How often each combination of values of these columns occurs: by the index of the first, times the number of values of the second, plus the index
 * of that one, and so on.
 */
export function forCombinations(
	rows: Uint32Array | undefined,
	length: number,
	[first, second, third]: readonly Coded[],
	each: (combination: number, contacts: number) => void
): void {
	if (!first) return;
	const [width, depth] = [second?.values.length ?? 1, third?.values.length ?? 1];
	const different = first.values.length * width * depth;
	const among = rows?.length ?? length;
	const placeAt = (index: number) => {
		const row = rows ? rows[index]! : index;
		if (!second) return first.at[row]!;
		const pair = first.at[row]! * width + second.at[row]!;
		return third ? pair * depth + third.at[row]! : pair;
	};
	if (different > DENSE) {
		const counts = new Map<number, number>();
		for (let index = 0; index < among; index += 1) {
			const place = placeAt(index);
			counts.set(place, (counts.get(place) ?? 0) + 1);
		}
		counts.forEach((contacts, combination) => each(combination, contacts));
		return;
	}
	const counts = new Uint32Array(different);
	for (let index = 0; index < among; index += 1) counts[placeAt(index)]! += 1;
	for (let place = 0; place < different; place += 1) if (counts[place]) each(place, counts[place]!);
}

/** Adds visits to the cells of a table, whose names are their classes. `rows`: which visits, undefined: all of them. */
export function addTable(
	{ length, columns }: Visits,
	rows: Uint32Array | undefined,
	{ axes, measured }: { axes: readonly Axis[]; measured: Measured | undefined },
	cells: Map<string, Counts>
): void {
	const columnsOf = [...axes, ...(measured ? [measured] : [])].map(({ column }) => column);
	const wanted = [...new Set(columnsOf)];
	const coded = wanted.flatMap((column) => columns[column] ?? []);
	if (coded.length < wanted.length || axes.length === 0) return;
	const placed = wanted.map((column, place) => ({ column, coded: coded[place]! }));
	const [first, second] = axes.map((axis) => laidOut(axis, placed, measured)) as [
		LaidOut,
		LaidOut | undefined
	];
	const width = second?.names.length ?? 1;
	const found = new Map<number, Counts>();
	const add = (ones: readonly number[], others: readonly number[], contacts: number, count: number) => {
		for (const one of ones)
			for (const other of others) {
				const place = one * width + other;
				let cell = found.get(place);
				if (!cell) found.set(place, (cell = { contacts: 0, count: 0 }));
				cell.contacts += contacts;
				cell.count += count;
			}
	};
	const at = new Array<number>(coded.length).fill(0);
	const unitPlace = measured ? wanted.indexOf(measured.column) : 0;
	const unitsOf = measured && coded[unitPlace]!.values.map((value) => measured.unitsOf(value));
	forCombinations(rows, length, coded, (combination, contacts) => {
		let rest = combination;
		for (let place = coded.length - 1; place >= 0; place -= 1) {
			const different = coded[place]!.values.length;
			at[place] = rest % different;
			rest = Math.floor(rest / different);
		}
		const ones = first.keys[at[first.place]!]!;
		const others = second ? second.keys[at[second.place]!]! : ONE;
		add(ones, others, contacts, 0);
		unitsOf?.[at[unitPlace]!]!.forEach(({ count }, unit) =>
			add(
				first.unitKeys ? first.unitKeys[at[unitPlace]!]![unit]! : ones,
				second?.unitKeys ? second.unitKeys[at[unitPlace]!]![unit]! : others,
				0,
				contacts * count
			)
		);
	});
	for (const [place, { contacts, count }] of found) {
		const name = first.names[Math.floor(place / width)]!;
		const key = second ? `${name}${BETWEEN}${second.names[place % width]!}` : name;
		const cell = cells.get(key);
		if (!cell) cells.set(key, { contacts, count });
		else {
			cell.contacts += contacts;
			cell.count += count;
		}
	}
}
