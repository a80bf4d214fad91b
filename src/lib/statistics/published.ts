import * as z from 'zod/mini';
import { offered, topicGroups } from '#lib/domain/code-lists.ts';
import { addDays } from '#lib/domain/dates.ts';
import { baseLanguages, specialLanguages } from '#lib/domain/languages.ts';
import { dimension, dimensionIds, type DimensionId } from './dimensions.ts';
import { monthPeriod, previousPeriod, unitOf, type Period } from './periods.ts';
import type { Cell, Figures, Question, Table } from './question.ts';
import type { ReportSet } from './suppression/system.ts';

/**
 * What somebody outside the organisation may ask (decision 0029): whole quarters that are over, and these tables of them, all contacts together.
 * Everybody gets parts of the same report, so that no two answers can be set against each other.
 */
const PUBLISHED = [['municipality'], ['topicGroup'], ['language'], ['residenceLength']] as const satisfies [
	DimensionId
][];

/** What the tables count by. */
export type PublishedId = (typeof PUBLISHED)[number][0];
export const publishedIds: readonly PublishedId[] = PUBLISHED.map(([id]) => id);

/** How long phones may take to bring what a quarter lacks, days: what the first report hides stays hidden. */
const LATE = 14;

/** Whatever has no class of its own. */
const OTHER = 'other';

const publishedTable = z.object({
	by: z.array(z.enum(dimensionIds)),
	/** Every class of the table, whether it occurs or not. `contacts` to the nearest five; null: hidden. */
	cells: z.array(z.object({ classes: z.array(z.string()), contacts: z.nullable(z.int()) }))
});

/** The answer: like figures, with what is small, or guards something small, hidden. */
export const publishedFigures = z.object({
	published: z.literal(true),
	from: z.string(),
	to: z.string(),
	contacts: z.nullable(z.int()),
	tables: z.array(publishedTable)
});

export type PublishedFigures = z.infer<typeof publishedFigures>;

/** The quarter that is asked for, by its name; undefined where the question is not one of those that are answered outside. `today`: a civil date. */
export function publishedQuarter(
	{ from, to, where, tables, measure, clients }: Question,
	today: string
): string | undefined {
	if (measure !== undefined || clients) return undefined;
	const quarter = unitOf(from, 'quarter');
	const first = (Number(quarter.at(-1)) - 1) * 3 + 1;
	const month = (number: number) => `${from.slice(0, 4)}-${String(number).padStart(2, '0')}`;
	const isWhole = from === monthPeriod(month(first)).from && to === monthPeriod(month(first + 2)).to;
	if (!isWhole || addDays(to, LATE) >= today) return undefined;
	const isKnown = (by: readonly string[]) => by.length === 1 && PUBLISHED.some(([id]) => id === by[0]);
	return Object.keys(where).length === 0 && tables.every(isKnown) ? quarter : undefined;
}

/** The newest quarters that may be asked for, the newest first. `today`: a civil date. */
export function publishedQuarters(today: string, count: number): Period[] {
	const quarters: Period[] = [];
	const day = addDays(today, -LATE);
	const first = 3 * Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1;
	const month = (number: number) => monthPeriod(`${day.slice(0, 4)}-${String(number).padStart(2, '0')}`);
	let next: Period = { from: month(first).from, to: month(first + 2).to };
	while (quarters.length < count) {
		next = previousPeriod(next);
		quarters.push(next);
	}
	return quarters;
}

/** The whole report of a quarter, whatever of it was asked. */
export const publishedQuestion = ({ from, to }: Period): Question => ({
	from,
	to,
	where: {},
	tables: PUBLISHED.map((by) => [...by])
});

/**
 * The classes that a report shows, fixed before anybody counts: a language that stood there only where it occurs would say that it does.
 *
 * @param municipalities those in which the organisation has desks
 */
export function publishedClasses(municipalities: readonly string[]): ReportSet['classes'] {
	return {
		municipality: [...new Set([...municipalities, OTHER])],
		topicGroup: [...topicGroups.map(({ id }) => id), ''],
		language: [...baseLanguages, ...specialLanguages, ''],
		residenceLength: [...offered('residence-length').map(({ id }) => id), OTHER, '']
	};
}

/** Figures in these classes: what has none of its own is added up under the one for the rest. */
export function inClasses({ contacts, tables }: Figures, classes: ReportSet['classes']): ReportSet {
	return { contacts, tables: tables.map((table) => foldTable(table, classes, contacts)), classes };
}

function foldTable({ by, cells }: Table, classes: ReportSet['classes'], most: number): Table {
	const [id] = by;
	const known = (id && classes[id]) ?? [];
	const rest = known.includes(OTHER) ? OTHER : '';
	const counts = new Map<string, number>();
	for (const { classes: names, contacts } of cells) {
		const name = known.includes(names[0] ?? '') ? (names[0] ?? '') : rest;
		counts.set(name, (counts.get(name) ?? 0) + contacts);
	}
	// A contact with two topics that have no class of their own is still one.
	const limit = id && dimension(id).many ? most : Infinity;
	return {
		by,
		cells: [...counts].map(([name, contacts]): Cell => ({
			classes: [name],
			contacts: Math.min(contacts, limit)
		}))
	};
}
