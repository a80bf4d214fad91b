import { addDays, dayNumber } from '#lib/domain/dates.ts';
import type { DimensionId } from './dimensions.ts';
import type { Period } from './periods.ts';
import { nesting, publicClasses } from './public-classes.ts';
import { toldContacts, type Told } from './municipal-contacts.ts';
import { isOf, languageLevels, levels, topicLevels, type PrintedReport } from './printed-report.ts';
import type { Figures, Question } from './question.ts';
import { hasMovedLittle } from './suppression/publish.ts';
import { SMALL, suppress } from './suppression/suppress.ts';
import { ALL, keyOf, mentionsOf, type ReportSet } from './suppression/system.ts';

type TopicLevel = (typeof topicLevels)[number];
type LanguageLevel = (typeof languageLevels)[number];
type Level = TopicLevel | LanguageLevel;

/** How much of the contacts has to stand in classes that are shown, for a table to be of use. */
export const ENOUGH = 0.8;

/**
 * Contacts that tables of a municipality's own need. With so many some level shows enough, as a test makes sure; and because contacts are
 * printed in any case, whether there are so many tells nothing new.
 */
export const LEAST_FOR_TABLES = 100;

/** Contacts from which single topics are among the tables at all. With fewer most of them would be hidden, and cost the groups some of what they show. */
const LEAST_FOR_TOPICS = 300;

/** The times that tables may be of: what was asked for, and where that is too little a longer one that ends on the same day. */
export type Span = 'asked' | 'quarter' | 'year';
/** Of which time tables are: one of those, or one that was printed before in its place. */
type ScopeSpan = Span | 'printed';

/** The months that end on a day. */
function monthsUntil(to: string, months: number): Period {
	const next = addDays(to, 1);
	const [year = 0, month = 1, day = 1] = next.split('-').map(Number);
	return { from: new Date(Date.UTC(year, month - 1 - months, day)).toISOString().slice(0, 10), to };
}

/** The times of a report, the shortest first. */
export function spansOf(asked: Period): { span: Span; period: Period }[] {
	const days = ({ from, to }: Period) => dayNumber(to) - dayNumber(from);
	const longer = [
		{ span: 'quarter' as const, period: monthsUntil(asked.to, 3) },
		{ span: 'year' as const, period: monthsUntil(asked.to, 12) }
	];
	return [{ span: 'asked', period: asked }, ...longer.filter(({ period }) => days(period) > days(asked))];
}

/** What is asked of the register for one of the times, for all municipalities at once. */
export function municipalQuestion(period: Period): Question {
	return {
		...period,
		where: {},
		tables: [['municipality'], ...levels.map((id): DimensionId[] => ['municipality', id])]
	};
}

/** Figures of one of the times. */
export interface SpanFigures {
	span: Span;
	period: Period;
	figures: Figures;
}

/** Whose contacts the tables of a report are, and of which time. */
export interface Scope {
	span: ScopeSpan;
	period: Period;
	/** The municipality itself; or together all those whose contacts are too few for tables in every time, but not too few to be printed. */
	municipalities: readonly string[];
}

const contactsOf = ({ tables }: Figures, municipality: string): number =>
	tables
		.find(({ by }) => by.length === 1 && by[0] === 'municipality')
		?.cells.find(({ classes }) => classes[0] === municipality)?.contacts ?? 0;

/** Contacts as they may be told: as they were told before, where they have hardly moved. */
const told = (contacts: number, before: PrintedReport | undefined, small: number): number =>
	hasMovedLittle(contacts, before?.contacts, small) ? (before?.contacts ?? contacts) : contacts;

/**
 * Of what the tables of each municipality are: of the shortest time with enough contacts, else of all municipalities together that have too few
 * in every one of them; undefined where that is only one. It hangs on numbers of contacts that are printed, and on nothing else: no table of figures that would
 * be hidden is looked at (decision 0030). Contacts of whoever has tables of their own are in no one else's, so nobody can subtract; and who has fewer
 * contacts than are shown is not among those together: their sum less the numbers on the others' sheets would tell how many.
 */
export function scopesOf(
	spans: readonly SpanFigures[],
	municipalities: readonly string[],
	earlier: readonly PrintedReport[] = [],
	least = SMALL
): Map<string, Scope | undefined> {
	const contacts = ({ period, figures }: SpanFigures, municipality: string) =>
		told(contactsOf(figures, municipality), earlier.find(isOf(period, [municipality])), least);
	const own = (municipality: string): Scope | undefined => {
		const found = spans.find((one) => contacts(one, municipality) >= LEAST_FOR_TABLES);
		return found && { span: found.span, period: found.period, municipalities: [municipality] };
	};
	const scopes = new Map(municipalities.map((municipality) => [municipality, own(municipality)]));
	const longest = spans.at(-1);
	const small = municipalities
		.filter((one) => !scopes.get(one) && longest && contacts(longest, one) >= least)
		.sort();
	if (longest && small.length > 1)
		for (const municipality of small)
			scopes.set(municipality, { span: longest.span, period: longest.period, municipalities: small });
	// Who was told of together once stays so for that time: two sums of other municipalities would tell the one between them.
	for (const { from, to, municipalities: together } of earlier)
		if (longest && from === longest.period.from && to === longest.period.to && together.length > 1)
			for (const municipality of together)
				if (scopes.has(municipality))
					scopes.set(municipality, { span: longest.span, period: longest.period, municipalities: together });
	return scopes;
}

/** A table as it is printed: every class, its figure or null, the largest first. */
interface PrintedTable<Id extends Level> {
	level: Id;
	cells: { name: string; contacts: number | null }[];
	/** How much of the contacts is at least in classes that are shown; a reader can reckon it out. */
	visible: number;
}

export interface MunicipalTables {
	contacts: number | null;
	topics: PrintedTable<TopicLevel>;
	languages: PrintedTable<LanguageLevel>;
	/** Those of every level: whoever has a sheet is reckoned to know all of them. */
	all: readonly PrintedTable<Level>[];
}

/** Contacts of a municipality in one of the times, as the register has them. */
export const contactsIn = (
	spans: readonly SpanFigures[],
	{ from, to }: Period,
	municipality: string
): number | undefined => {
	const found = spans.find(({ period }) => period.from === from && period.to === to);
	return found && contactsOf(found.figures, municipality);
};

/**
 * Contacts of a municipality in the time that was asked for, as they are printed; null: fewer than are shown; undefined: not told, for the sake of what
 * was printed of other times.
 */
export function printedContacts(
	spans: readonly SpanFigures[],
	municipality: string,
	earlier: readonly PrintedReport[] = [],
	small = SMALL
): number | null | undefined {
	const [asked] = spans;
	if (!asked) return null;
	return toldContacts(
		toldOf(municipality, earlier),
		asked.period,
		contactsOf(asked.figures, municipality),
		small
	);
}

/** What was told of a municipality's contacts by itself. */
export const toldOf = (municipality: string, earlier: readonly PrintedReport[]): Told[] =>
	earlier.flatMap(({ from, to, municipalities, contacts }) =>
		municipalities.length === 1 && municipalities[0] === municipality ? [{ from, to, contacts }] : []
	);

/**
 * The tables of a report. Those of all levels are made safe as if all of them were published together; which of them are printed is then decided by
 * what is left of them. So the choice tells nothing that such a publication would not tell, whatever it is (decision 0030).
 *
 * Of what was printed before, what was hidden stays hidden, what has moved by a small number is hidden, and while all contacts together have moved by
 * a small number only, the same is printed again.
 */
export function municipalTables(
	spans: readonly SpanFigures[],
	{ span, period, municipalities }: Scope,
	earlier: readonly PrintedReport[] = [],
	small = SMALL
): MunicipalTables | undefined {
	const figures = spans.find((one) => one.span === span)?.figures;
	if (!figures) return undefined;
	const set = setOf(figures, municipalities);
	const before = earlier.find((one) => one.tables.length > 0 && isOf(period, municipalities)(one));
	if (before && hasMovedLittle(set.contacts, before.contacts, small)) return again(before);
	const figuresBefore = new Map(
		(before?.tables ?? []).flatMap(({ level, cells }) =>
			cells.map(({ name, contacts }) => [keyOf([level], [name]), contacts] as const)
		)
	);
	const values = valuesOf(set);
	const also = [...values].flatMap(([key, contacts]) => {
		const figure = figuresBefore.get(key);
		return figure === null || hasMovedLittle(contacts, figure, small) ? [key] : [];
	});
	const hidden = suppress(set, small, new Set(also));
	return tablesOf(set, values, hidden);
}

/** The tables of what was not printed of a time, as a report of its own. */
export function restTables(
	figures: Figures,
	municipalities: readonly string[],
	small = SMALL
): MunicipalTables | undefined {
	const set = setOf(figures, municipalities);
	return tablesOf(set, valuesOf(set), suppress(set, small));
}

function tablesOf(
	set: ReportSet,
	values: ReadonlyMap<string, number>,
	hidden: ReadonlySet<string>
): MunicipalTables | undefined {
	const published = new Map([...values].filter(([key]) => !hidden.has(key)));
	const there = levels.filter((level) => set.tables.some(({ by }) => by[0] === level));
	return finest(
		published.get(ALL) ?? null,
		there.map((level) =>
			printed(
				level,
				published,
				topicLevels.some((one) => one === level)
			)
		)
	);
}

/** The tables of before. */
export const again = ({ contacts, tables }: PrintedReport): MunicipalTables | undefined =>
	finest(contacts, tables);

/** The figures of some municipalities, as if they were one. */
export function setOf(figures: Figures, municipalities: readonly string[]): ReportSet {
	const cellsOf = (id: DimensionId) => {
		const sums = new Map<string, number>();
		const table = figures.tables.find(({ by }) => by[0] === 'municipality' && by[1] === id);
		for (const { classes, contacts } of table?.cells ?? []) {
			const [municipality = '', name = ''] = classes;
			if (municipalities.includes(municipality)) sums.set(name, (sums.get(name) ?? 0) + contacts);
		}
		return [...sums].map(([name, contacts]) => ({ classes: [name], contacts }));
	};
	const contacts = municipalities.reduce((sum, one) => sum + contactsOf(figures, one), 0);
	return {
		contacts,
		tables: levels
			.filter((id) => id !== 'publicTopic' || contacts >= LEAST_FOR_TOPICS)
			.map((id) => ({ by: [id], cells: cellsOf(id) })),
		classes: publicClasses,
		nested: nesting,
		mentions: true
	};
}

/** Every figure of a report that would be published if nothing were hidden. */
function valuesOf({ contacts, tables, classes }: ReportSet): Map<string, number> {
	const values = new Map([[ALL, contacts]]);
	for (const { by, cells } of tables) {
		const [id] = by as [DimensionId];
		const known = new Map(cells.map((cell) => [cell.classes[0], cell.contacts]));
		for (const name of classes[id] ?? []) values.set(keyOf(by, [name]), known.get(name) ?? 0);
		values.set(
			mentionsOf(id),
			cells.reduce((sum, cell) => sum + cell.contacts, 0)
		);
	}
	return values;
}

/** Of each kind the finest level that shows enough, or the one that shows most. */
export function finest(
	contacts: number | null,
	all: readonly PrintedTable<Level>[]
): MunicipalTables | undefined {
	const best = <Id extends Level>(of: readonly Id[]) => {
		const tables = of.flatMap((level) =>
			all.filter((table): table is PrintedTable<Id> => table.level === level)
		);
		const [first, ...others] = tables;
		return (
			tables.find(({ visible }) => visible >= ENOUGH) ??
			others.reduce((found, one) => (one.visible >= found!.visible ? one : found), first)
		);
	};
	const [topics, languages] = [best(topicLevels), best(languageLevels)];
	return topics && languages && { contacts, topics, languages, all };
}

function printed<Id extends Level>(
	level: Id,
	published: ReadonlyMap<string, number>,
	many: boolean
): PrintedTable<Id> {
	const cells = publicClasses[level].map((name) => ({
		name: name as string,
		contacts: published.get(keyOf([level], [name])) ?? null
	}));
	const contacts = published.get(ALL);
	const whole = many ? published.get(mentionsOf(level)) : contacts;
	const shown = cells.reduce((sum, cell) => sum + (cell.contacts ?? 0), 0);
	// Where a contact is in several classes, all that is hidden may be of contacts that are in no other.
	const visible = contacts && whole !== undefined ? Math.max(0, 1 - (whole - shown) / contacts) : 0;
	return { level, cells: cells.sort((a, b) => (b.contacts ?? -1) - (a.contacts ?? -1)), visible };
}
