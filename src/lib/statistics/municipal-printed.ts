import { dayNumber } from '#lib/domain/dates.ts';
import {
	again,
	finest,
	municipalTables,
	restTables,
	type MunicipalTables,
	type Scope,
	type SpanFigures
} from './municipal-report.ts';
import type { Period } from './periods.ts';
import { isOf, languageLevels, placeOf, topicLevels, type PrintedReport } from './printed-report.ts';
import { publicClasses } from './public-classes.ts';
import type { Figures } from './question.ts';
import { SMALL } from './suppression/suppress.ts';

/**
 * Sheets of times and municipalities that overlap. Whoever has two of them can subtract, so of each contact tables are made once, and whatever else is printed follows from
 * those (decision 0050):
 *
 * - `new`: nothing was printed of any of these contacts, or only this very report; it is made as if it were alone
 * - `again`: it was printed, and so was something that overlaps it: as it was
 * - `sum`: parts of its time were printed: their figures as they were, and the rest of the time made safe as a report of its own
 * - `instead`: it lies in something that was printed, or across its edge: `insteadOf` says what is printed in its place
 */
export type Plan =
	| { way: 'new' }
	| { way: 'again'; before: PrintedReport }
	| { way: 'sum'; pieces: readonly PrintedReport[] }
	| { way: 'instead' };

const within = (inner: Period, outer: Period): boolean => outer.from <= inner.from && inner.to <= outer.to;
const meets = (one: PrintedReport, period: Period, municipalities: readonly string[]): boolean =>
	one.from <= period.to &&
	period.from <= one.to &&
	one.municipalities.some((municipality) => municipalities.includes(municipality));

/** What is printed of a scope. It hangs on what was printed before alone, and on no figure. */
export function planOf(
	{ period, municipalities }: Pick<Scope, 'period' | 'municipalities'>,
	earlier: readonly PrintedReport[]
): Plan {
	const met = earlier.filter((one) => one.tables.length > 0 && meets(one, period, municipalities));
	const before = met.find(isOf(period, municipalities));
	if (before) return met.length === 1 ? { way: 'new' } : { way: 'again', before };
	if (met.length === 0) return { way: 'new' };
	const isSame = (one: PrintedReport) => placeOf(one.municipalities) === placeOf(municipalities);
	const pieces = met.filter(
		(one) => !met.some((other) => other !== one && isSame(other) && within(one, other))
	);
	const apart = pieces.every((one) =>
		pieces.every((other) => one === other || !meets(one, other, other.municipalities))
	);
	if (apart && met.every((one) => isSame(one) && within(one, period))) return { way: 'sum', pieces };
	return { way: 'instead' };
}

/** What was printed last that tells of a municipality in a time: its own rather than of several together. */
function insteadOf(
	municipality: string,
	period: Period,
	earlier: readonly PrintedReport[]
): PrintedReport | undefined {
	const met = earlier.filter((one) => one.tables.length > 0 && meets(one, period, [municipality]));
	const latest = (one: PrintedReport) => `${one.municipalities.length === 1 ? 1 : 0} ${one.to} ${one.from}`;
	return met.reduce<PrintedReport | undefined>(
		(found, one) => (!found || latest(one) > latest(found) ? one : found),
		undefined
	);
}

/** Figures of a time without those of times in it. */
function without(whole: Figures, parts: readonly Figures[]): Figures {
	const keyOf = (by: readonly string[], classes: readonly string[]) => JSON.stringify([by, classes]);
	const taken = new Map<string, number>();
	for (const { tables } of parts)
		for (const { by, cells } of tables)
			for (const { classes, contacts } of cells) {
				const key = keyOf(by, classes);
				taken.set(key, (taken.get(key) ?? 0) + contacts);
			}
	return {
		...whole,
		contacts: whole.contacts - parts.reduce((sum, { contacts }) => sum + contacts, 0),
		tables: whole.tables.map(({ by, cells }) => ({
			by,
			cells: cells.map(({ classes, contacts }) => ({
				classes,
				contacts: contacts - (taken.get(keyOf(by, classes)) ?? 0)
			}))
		}))
	};
}

/** Whether the parts leave no day of a time over. */
const fills = (parts: readonly Period[], period: Period): boolean => {
	const days = ({ from, to }: Period) => dayNumber(to) - dayNumber(from) + 1;
	return parts.reduce((sum, part) => sum + days(part), 0) === days(period);
};

/** What is printed of a scope, and of whom and which time it is; undefined: no tables. */
export interface Printed {
	scope: Scope;
	tables: MunicipalTables;
}

/**
 * The tables that are printed for a scope, by its plan.
 *
 * @param ofPiece figures, as they are now, of a time that was printed before
 */
export function printedTables(
	spans: readonly SpanFigures[],
	scope: Scope,
	earlier: readonly PrintedReport[],
	ofPiece: (period: Period) => Figures | undefined,
	small = SMALL
): Printed | undefined {
	const plan = planOf(scope, earlier);
	switch (plan.way) {
		case 'new':
			return printed(scope, municipalTables(spans, scope, earlier, small));
		case 'again':
			return printed(scope, again(plan.before));
		case 'instead':
			return undefined;
		case 'sum': {
			const figures = spans.find(({ span }) => span === scope.span)?.figures;
			const parts = plan.pieces.map((piece) => ofPiece(piece));
			if (!figures || parts.some((part) => !part)) return undefined;
			const rest = fills(plan.pieces, scope.period)
				? undefined
				: restTables(
						without(
							figures,
							parts.filter((part) => part !== undefined)
						),
						scope.municipalities,
						small
					);
			// Of the rest so little may be told that not even the sum is.
			if (rest && rest.contacts === null) return undefined;
			const pieces = plan.pieces.map(({ contacts, tables }) => ({ contacts, all: tables }));
			return printed(scope, summed(rest ? [...pieces, rest] : pieces));
		}
	}
}

/** The tables that were printed of a municipality in that time already, in the place of those that cannot be. */
export function printedInstead(
	municipality: string,
	period: Period,
	earlier: readonly PrintedReport[]
): Printed | undefined {
	const other = insteadOf(municipality, period, earlier);
	if (!other) return undefined;
	const { from, to, municipalities } = other;
	return printed({ span: 'printed', period: { from, to }, municipalities }, again(other));
}

const printed = (scope: Scope, tables: MunicipalTables | undefined): Printed | undefined =>
	tables && tables.contacts !== null ? { scope, tables } : undefined;

/** Figures of reports that have no contact in common: a class is shown where every one of them shows it. Nothing is told that they do not tell. */
function summed(reports: readonly Pick<MunicipalTables, 'contacts' | 'all'>[]): MunicipalTables | undefined {
	if (reports.some(({ contacts }) => contacts === null)) return undefined;
	const contacts = reports.reduce((sum, one) => sum + (one.contacts ?? 0), 0);
	const tables = [...topicLevels, ...languageLevels].flatMap((level) => {
		const each = reports.map((one) => ({
			contacts: one.contacts ?? 0,
			table: one.all.find((table) => table.level === level)
		}));
		if (each.some(({ table }) => !table)) return [];
		let hidden = each.reduce((sum, one) => sum + (1 - (one.table?.visible ?? 0)) * one.contacts, 0);
		const cells = publicClasses[level].map((name) => {
			const figures = each.map(
				({ table }) => table?.cells.find((cell) => cell.name === name)?.contacts ?? null
			);
			const sum = figures.reduce<number>((all, one) => all + (one ?? 0), 0);
			const isShown = figures.every((one) => one !== null);
			// What one of them showed is hidden here for the others' sake.
			if (!isShown) hidden += sum;
			return { name: name as string, contacts: isShown ? sum : null };
		});
		const visible = contacts > 0 ? Math.max(0, Math.min(1, 1 - hidden / contacts)) : 0;
		return [{ level, cells: cells.sort((a, b) => (b.contacts ?? -1) - (a.contacts ?? -1)), visible }];
	});
	return finest(contacts, tables);
}
