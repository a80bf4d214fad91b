import { dimension, type DimensionId } from '#lib/statistics/dimensions.ts';
import type { Table } from '#lib/statistics/question.ts';

/** Tables that are published together: of the same contacts, so that every two of them can be set against each other. */
export interface ReportSet {
	contacts: number;
	/** By one dimension or two. */
	tables: readonly Table[];
	/**
	 * The classes that each dimension shows, whatever their figures: a class that stood there only where it occurs would say of the others that
	 * they are zero. Together they must hold every contact.
	 */
	classes: Partial<Record<DimensionId, readonly string[]>>;
	/** Dimensions whose classes are parts of another's: tables by both can be set against each other. */
	nested?: readonly Nesting[] | undefined;
	/** Whether it is published, too, how much the classes of each dimension are together where a contact may be in several. */
	mentions?: boolean | undefined;
}

/** Each class of one dimension is part of a class of another. */
interface Nesting {
	of: DimensionId;
	in: DimensionId;
	part: (name: string) => string;
}

/** One number of a report, published or not. */
export interface Variable {
	key: string;
	value: number;
	/** What is lost when it is hidden. Undefined: it is never published, but whoever reads the report knows that it exists. */
	cost: number | undefined;
}

/** Numbers that add up to zero: each variable with its sign. */
export type Equation = readonly { variable: number; sign: 1 | -1 }[];

export interface System {
	variables: Variable[];
	equations: Equation[];
	/** The equations that each variable stands in. */
	within: number[][];
}

/** The key of all contacts. */
export const ALL = '';

/** The same for a cell in whichever table it stands: a total of one table is a cell of another. */
export const keyOf = (by: readonly DimensionId[], classes: readonly string[]): string =>
	by
		.map((id, index) => `${id}=${classes[index]}`)
		.sort()
		.join('&');

/** The key of how much the classes of a dimension are together. */
export const mentionsOf = (id: DimensionId): string => `all of ${id}`;

/** A total serves every table that it stands in; what it costs to hide is more than its own figure. */
const TOTAL_COST = 3;

/**
 * What a reader of the tables can reckon with: every figure, and what adds up to what. Where a contact may be in several classes (topics), the
 * classes add up to more than the contacts by a number that nobody knows, and none of them is larger than all contacts.
 */
export function systemOf({ contacts, tables, classes, nested = [], mentions = false }: ReportSet): System {
	const variables: Variable[] = [];
	const equations: Equation[] = [];
	const places = new Map<string, number>();
	const place = (key: string, value: number, cost?: number) => {
		const known = places.get(key);
		if (known !== undefined) {
			variables[known]!.cost ??= cost;
			return known;
		}
		places.set(key, variables.length);
		return variables.push({ key, value, cost }) - 1;
	};
	/** All classes of a dimension inside something: together they are that something. */
	const addUp = (id: DimensionId, parts: readonly number[], whole: number, inside: string) => {
		const equation: { variable: number; sign: 1 | -1 }[] = parts.map((variable) => ({ variable, sign: 1 }));
		equation.push({ variable: whole, sign: -1 });
		if (dimension(id).many) {
			const sum = parts.reduce((all, part) => all + variables[part]!.value, 0);
			const more = place(`more of ${id} in ${inside}`, sum - variables[whole]!.value);
			equation.push({ variable: more, sign: -1 });
			for (const part of parts) {
				const { key, value } = variables[part]!;
				const rest = place(`without ${key} in ${inside}`, variables[whole]!.value - value);
				equations.push([
					{ variable: part, sign: 1 },
					{ variable: rest, sign: 1 },
					{ variable: whole, sign: -1 }
				]);
			}
		}
		equations.push(equation);
	};
	const all = place(ALL, contacts, Infinity);
	const figures = new Map(
		tables.flatMap(({ by, cells }) => cells.map((cell) => [keyOf(by, cell.classes), cell.contacts] as const))
	);
	const figure = (key: string) => figures.get(key) ?? 0;
	const published = new Set(tables.filter(({ by }) => by.length === 1).map(({ by }) => by[0]!));
	const crossed = tables.filter(({ by }) => by.length === 2);
	const totals = new Map<DimensionId, number[]>();
	for (const id of new Set(tables.flatMap(({ by }) => by))) {
		// A total that no table shows is the sum of what one shows.
		const totalOf = (name: string) => {
			if (published.has(id)) return figure(keyOf([id], [name]));
			const { by, cells } = crossed.find((table) => table.by.includes(id))!;
			const at = by.indexOf(id);
			return cells.reduce((sum, cell) => sum + (cell.classes[at] === name ? cell.contacts : 0), 0);
		};
		const parts = (classes[id] ?? []).map((name) => {
			const value = totalOf(name);
			const isCrossed = crossed.some(({ by }) => by.includes(id));
			const cost = published.has(id) ? value * (isCrossed ? TOTAL_COST : 1) + 1 : undefined;
			return place(keyOf([id], [name]), value, cost);
		});
		totals.set(id, parts);
		addUp(id, parts, all, ALL);
		if (mentions && dimension(id).many) {
			const sum = parts.reduce((whole, part) => whole + variables[part]!.value, 0);
			const together = place(mentionsOf(id), sum, Infinity);
			equations.push([
				...parts.map((variable) => ({ variable, sign: 1 as const })),
				{ variable: together, sign: -1 }
			]);
		}
	}
	for (const { of, in: coarse, part } of nested) {
		if (!published.has(of) || !published.has(coarse)) continue;
		for (const name of classes[coarse] ?? []) {
			const parts = (classes[of] ?? []).filter((one) => part(one) === name);
			const inside = parts.map((one) => places.get(keyOf([of], [one]))!);
			addUp(of, inside, places.get(keyOf([coarse], [name]))!, keyOf([coarse], [name]));
		}
	}
	for (const { by } of crossed) {
		const [first, second] = by as [DimensionId, DimensionId];
		const [rows, columns] = [classes[first] ?? [], classes[second] ?? []];
		const cells = rows.map((row) =>
			columns.map((column) => {
				const value = figure(keyOf(by, [row, column]));
				return place(keyOf(by, [row, column]), value, value + 1);
			})
		);
		rows.forEach((row, index) =>
			addUp(second, cells[index]!, totals.get(first)![index]!, keyOf([first], [row]))
		);
		columns.forEach((column, index) => {
			const parts = cells.map((line) => line[index]!);
			addUp(first, parts, totals.get(second)![index]!, keyOf([second], [column]));
		});
	}
	const within = variables.map((): number[] => []);
	equations.forEach((equation, index) => equation.forEach(({ variable }) => within[variable]!.push(index)));
	return { variables, equations, within };
}
