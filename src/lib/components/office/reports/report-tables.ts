import type { Locale } from '#lib/domain/languages.ts';
import { dimension, type DimensionId } from '#lib/statistics/dimensions.ts';
import { countOf, measure } from '#lib/statistics/measures.ts';
import type { Figures } from '#lib/statistics/question.ts';
import { className, orderClasses, type Names } from '#lib/statistics/words.ts';

/** One class of a dimension as people read it, now and in the period before. */
export interface ClassRow {
	id: string;
	label: string;
	count: number;
	before: number;
}

/** Counts of one dimension by class; empty where it was not asked for. */
function countsOf(figures: Figures | undefined, id: DimensionId): Map<string, number> {
	const table = figures?.tables.find(({ by }) => by.length === 1 && by[0] === id);
	const counts = new Map(table?.cells.map((cell) => [cell.classes[0] ?? '', countOf(cell)]));
	// A contact without referrals is in the class of those that were sent nowhere, and is no referral.
	const own = figures?.measure !== undefined && dimension(id).column === measure(figures.measure).column;
	return own ? new Map([...counts].filter(([, count]) => count > 0)) : counts;
}

/** The classes of one dimension in the order that people read them in. */
export function classRows(
	now: Figures,
	before: Figures | undefined,
	id: DimensionId,
	locale: Locale,
	names: Names
): ClassRow[] {
	const [counts, earlier] = [countsOf(now, id), countsOf(before, id)];
	const classes = [...new Set([...counts.keys(), ...earlier.keys()])];
	const label = (name: string) => className(id, name, locale, names);
	return orderClasses(id, classes, (name) => counts.get(name) ?? 0, label).map((name) => ({
		id: name,
		label: label(name),
		count: counts.get(name) ?? 0,
		before: earlier.get(name) ?? 0
	}));
}

/** A crossed table as it stands on the screen. */
export interface Crossed {
	columns: { id: string; label: string; sum: number }[];
	rows: { id: string; label: string; sum: number; cells: number[] }[];
	/** Classes that there was no room for. */
	left: { rows: number; columns: number };
}

/** What there is room for. */
const MOST_ROWS = 40;
const MOST_COLUMNS = 16;

/** Two dimensions against each other, their classes in the order that people read them in; the smallest are left out where there are too many. */
export function crossTable(
	now: Figures,
	rowsId: DimensionId,
	columnsId: DimensionId,
	locale: Locale,
	names: Names
): Crossed {
	const table = now.tables.find(({ by }) => by[0] === rowsId && by[1] === columnsId);
	const counts = new Map(table?.cells.map((cell) => [cell.classes.join('\n'), countOf(cell)]));
	const choose = (id: DimensionId, most: number) => {
		const all = classRows(now, undefined, id, locale, names);
		const largest = new Set([...all].sort((a, b) => b.count - a.count).slice(0, most));
		return { shown: all.filter((row) => largest.has(row)), left: Math.max(0, all.length - most) };
	};
	const rows = choose(rowsId, MOST_ROWS);
	const columns = choose(columnsId, MOST_COLUMNS);
	return {
		columns: columns.shown.map(({ id, label, count }) => ({ id, label, sum: count })),
		rows: rows.shown.map(({ id, label, count }) => ({
			id,
			label,
			sum: count,
			cells: columns.shown.map((column) => counts.get(`${id}\n${column.id}`) ?? 0)
		})),
		left: { rows: rows.left, columns: columns.left }
	};
}
