import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { SMALL, suppress } from './suppress.ts';
import { ALL, keyOf, type ReportSet } from './system.ts';

/** A table as it leaves the organisation; null: hidden, because it is small or guards one that is. */
interface PublishedTable {
	by: readonly DimensionId[];
	cells: { classes: readonly string[]; contacts: number | null }[];
}

export interface PublishedReport {
	contacts: number | null;
	tables: PublishedTable[];
}

interface Options {
	/** What counts as small, 3 to 10. */
	small?: number;
	/** Figures to the nearest five, for the general public. */
	rounded?: boolean;
	/** What was published of the same period and place before. */
	before?: PublishedReport | undefined;
}

/** Percentages of fewer contacts than this would say no more than the figures, and look like more. */
const LEAST_FOR_SHARE = 20;

/**
 * Whether a figure has moved since it was given, and by so little that the difference would be a small figure itself. What was not given, or was hidden, has
 * nothing to move from.
 */
export const hasMovedLittle = (contacts: number, before: number | null | undefined, small: number): boolean =>
	typeof before === 'number' && contacts !== before && Math.abs(contacts - before) < small;

const STEP = 5;
/** To the nearest five. */
export const roundFigure = (contacts: number) => STEP * Math.round(contacts / STEP);

const figuresOf = ({ contacts, tables }: PublishedReport) =>
	new Map([
		...tables.flatMap(({ by, cells }) =>
			cells.map((cell) => [keyOf(by, cell.classes), cell.contacts] as const)
		),
		[ALL, contacts] as const
	]);

/**
 * Tables as they may leave the organisation: with every class that they show, its figure or null. Rounding comes after hiding, so it can give away
 * nothing that hiding kept.
 *
 * Where something was published of the same period before, whoever has both could subtract. So what was hidden stays hidden; a figure that has moved by
 * a small number is hidden; and while all contacts have moved by a small number only, the report of before is given again, as it was.
 */
export function publishReport(
	set: ReportSet,
	{ small = SMALL, rounded = false, before }: Options = {}
): PublishedReport {
	const earlier = before && figuresOf(before);
	const show = (contacts: number) => (rounded ? roundFigure(contacts) : contacts);
	const mustHide = (key: string, contacts: number) => {
		const figure = earlier?.get(key);
		return figure === null || hasMovedLittle(show(contacts), figure, small);
	};
	if (before && mustHide(ALL, set.contacts)) return before;
	const tables = set.tables.map(({ by, cells }) => {
		const known = new Map(cells.map((cell) => [keyOf(by, cell.classes), cell.contacts]));
		return {
			by,
			cells: classesOf(by, set.classes).map((classes) => {
				const key = keyOf(by, classes);
				return { key, classes, contacts: known.get(key) ?? 0 };
			})
		};
	});
	const also = tables.flatMap(({ cells }) =>
		cells.filter(({ key, contacts }) => mustHide(key, contacts)).map(({ key }) => key)
	);
	const hidden = suppress(set, small, new Set(also));
	return {
		contacts: hidden.has(ALL) ? null : show(set.contacts),
		tables: tables.map(({ by, cells }) => ({
			by,
			cells: cells.map(({ key, classes, contacts }) => ({
				classes,
				contacts: hidden.has(key) ? null : show(contacts)
			}))
		}))
	};
}

function classesOf(by: readonly DimensionId[], classes: ReportSet['classes']): string[][] {
	return by.reduce<string[][]>(
		(rows, id) => rows.flatMap((row) => (classes[id] ?? []).map((name) => [...row, name])),
		[[]]
	);
}

/** A share of published figures, 0 to 1; undefined where one of them is hidden or the whole is below 20. */
export function shareOf(contacts: number | null, whole: number | null): number | undefined {
	return contacts === null || whole === null || whole < LEAST_FOR_SHARE ? undefined : contacts / whole;
}
