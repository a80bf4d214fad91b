import type * as z from 'zod/mini';
import { noContent, type ApiAnswer, type ApiRequest } from '#lib/components/office/api.ts';
import { basisPath, figuresPath } from '#lib/components/office/reports/report-source.ts';
import { municipality as knownMunicipality } from '#lib/domain/municipalities.ts';
import { reportBasis, type ReportBasis } from '#lib/statistics/basis.ts';
import { byPopulation, shareCost } from '#lib/statistics/cost-share.ts';
import { toldContacts } from '#lib/statistics/municipal-contacts.ts';
import { planOf, printedInstead, printedTables, type Printed } from '#lib/statistics/municipal-printed.ts';
import {
	contactsIn,
	municipalQuestion,
	printedContacts,
	scopesOf,
	spansOf,
	toldOf,
	type MunicipalTables,
	type Scope,
	type SpanFigures
} from '#lib/statistics/municipal-report.ts';
import type { Period } from '#lib/statistics/periods.ts';
import {
	isOf,
	keptReports,
	over,
	type KeptReport,
	type PrintedReport
} from '#lib/statistics/printed-report.ts';
import { figures, type Figures } from '#lib/statistics/question.ts';

/** What the server says for the reports of a period: figures of each of its times, and the tour. */
export interface MunicipalSource {
	period: Period;
	spans: readonly SpanFigures[];
	basis: ReportBasis;
	/** What was printed before: tables of times that overlap these, and of all times how many contacts there were. */
	kept: readonly KeptReport[];
	/** Figures of times that were printed before and are part of one that is to be, by their first and last day. */
	pieces: ReadonlyMap<string, Figures>;
}

/** Where the server keeps what was printed. */
const PRINTED = '/api/v1/municipal-sheets';

type Ask = <T>(request: ApiRequest, schema: z.ZodMiniType<T>) => Promise<ApiAnswer<T>>;

export async function askSource(ask: Ask, period: Period): Promise<ApiAnswer<MunicipalSource>> {
	const basis = await ask({ path: basisPath(period) }, reportBasis);
	if (!basis.ok) return basis;
	const spans: SpanFigures[] = [];
	for (const one of spansOf(period)) {
		const answer = await ask({ path: figuresPath(municipalQuestion(one.period)) }, figures);
		if (!answer.ok) return answer;
		spans.push({ ...one, figures: answer.value });
	}
	const from = spans.at(-1)?.period.from ?? period.from;
	const printed = await ask({ path: `${PRINTED}?from=${from}&to=${period.to}` }, keptReports);
	if (!printed.ok) return printed;
	const kept = printed.value;
	const earlier = kept.map(({ report }) => report);
	const pieces = new Map<string, Figures>();
	for (const scope of scopesOf(spans, municipalitiesOf({ spans, basis: basis.value }), earlier).values()) {
		const plan = scope && planOf(scope, earlier);
		if (plan?.way !== 'sum') continue;
		for (const piece of plan.pieces) {
			if (pieces.has(keyOf(piece))) continue;
			const { from, to } = piece;
			const answer = await ask({ path: figuresPath(municipalQuestion({ from, to })) }, figures);
			if (!answer.ok) return answer;
			pieces.set(keyOf(piece), answer.value);
		}
	}
	return { ok: true, value: { period, spans, basis: basis.value, kept, pieces } };
}

const keyOf = ({ from, to }: Period): string => `${from} ${to}`;

/** Has the server keep what these sheets say: nothing is printed, or saved as a file, before it has. */
export function keepSheets(
	ask: Ask,
	{ kept }: MunicipalSource,
	sheets: readonly Sheet[]
): Promise<ApiAnswer<undefined>> {
	const said = new Map(sheets.flatMap((sheet) => sheet.said).map((one) => [JSON.stringify(one), one]));
	const reports = [...said.values()].map((report) => {
		const before = kept.find((one) => isOf(report, report.municipalities)(one.report));
		return over(before?.report, report);
	});
	const seen = kept.reduce<number | null>((last, { givenAt }) => Math.max(last ?? 0, givenAt), null);
	// Sheets that say nothing are printed without a word to anybody.
	if (reports.length === 0) return Promise.resolve({ ok: true, value: undefined });
	return ask({ path: PRINTED, method: 'PUT', body: { reports, seen } }, noContent);
}

/** Everything that is printed of one municipality. */
export interface Sheet {
	municipality: string;
	/** Of the time that was asked for; null: fewer than are shown; undefined: not told, or a small number of another time could be reckoned out. */
	contacts: number | null | undefined;
	held: ReportBasis['held'][number] | undefined;
	/** Its part of the cost by population, 0 to 1; undefined where its population is not known. */
	share: number | undefined;
	scope: Scope | undefined;
	tables: MunicipalTables | undefined;
	/** What whoever has the sheet knows from it. */
	said: readonly PrintedReport[];
}

/** Municipalities with a desk; those that have only contacts of a desk that is gone come after them. */
export function municipalitiesOf({ spans, basis }: Pick<MunicipalSource, 'spans' | 'basis'>): string[] {
	const counted = spans
		.flatMap((one) => one.figures.tables)
		.filter(({ by }) => by.length === 1)
		.flatMap(({ cells }) => cells.map(({ classes }) => classes[0] ?? ''));
	return [...new Set([...basis.desks.map((desk) => desk.municipality).sort(), ...counted])].filter(
		(code) => code !== ''
	);
}

/** Parts of the cost by population, in hundredths of a per cent of it, so that they sum to the whole. */
function sharesOf(municipalities: readonly string[]): Map<string, number> {
	const members = municipalities.map((code) => ({
		municipality: code,
		population: knownMunicipality(code)?.population ?? 0,
		desk: 0,
		residents: 0,
		hours: 0
	}));
	if (members.some(({ population }) => population === 0)) return new Map();
	const shares = shareCost(10_000, members, byPopulation);
	return typeof shares === 'string'
		? new Map()
		: new Map(shares.map(({ municipality, cents }) => [municipality, cents / 10_000]));
}

/**
 * The sheets of a period, one after the other: what may be shown of a municipality takes up to a second to work out, and the page must go on meanwhile.
 *
 * @param pause waits until others had their turn
 */
export async function* makeSheets(
	source: MunicipalSource,
	pause: () => Promise<void>
): AsyncGenerator<Sheet> {
	const municipalities = municipalitiesOf(source);
	const withDesk = new Set(source.basis.desks.map((desk) => desk.municipality));
	const earlier = source.kept.map(({ report }) => report);
	const scopes = scopesOf(source.spans, municipalities, earlier);
	const shares = sharesOf(municipalities.filter((code) => withDesk.has(code)));
	const made = new Map<string, Made | undefined>();
	for (const municipality of municipalities) {
		await pause();
		const scope = scopes.get(municipality);
		const key = scope ? scope.municipalities.join() : '';
		if (scope && !made.has(key)) made.set(key, tablesFor(source, scope, earlier));
		const fresh = made.get(key);
		const [asked] = source.spans;
		const shown =
			fresh?.printed ??
			printedInstead(municipality, scope?.period ?? asked?.period ?? source.period, earlier);
		const said = fresh?.said ?? [];
		const own = said.find(isOf(source.period, [municipality]));
		const contacts = own?.contacts ?? printedContacts(source.spans, municipality, [...earlier, ...said]);
		yield {
			municipality,
			contacts,
			held: source.basis.held.find((one) => one.municipality === municipality),
			share: shares.get(municipality),
			scope: shown?.scope,
			tables: shown?.tables,
			said:
				own || contacts === undefined
					? said
					: [{ ...source.period, municipalities: [municipality], contacts, tables: [] }, ...said]
		};
	}
}

/** Tables that are made now, and what whoever reads them knows. */
interface Made {
	printed: Printed;
	said: readonly PrintedReport[];
}

/**
 * The tables for a scope, where how many contacts they are of may be told, too: of each municipality, as if that stood on a sheet of its own. Of several together nothing
 * else can then be subtracted.
 */
function tablesFor(
	{ spans, pieces }: MunicipalSource,
	scope: Scope,
	earlier: readonly PrintedReport[]
): Made | undefined {
	const printed = printedTables(spans, scope, earlier, (piece) => pieces.get(keyOf(piece)));
	if (!printed) return undefined;
	const { period, municipalities } = scope;
	const { contacts, all } = printed.tables;
	const report: PrintedReport = {
		...period,
		municipalities: [...municipalities],
		contacts,
		tables: [...all]
	};
	if (earlier.some((one) => one.tables.length > 0 && isOf(period, municipalities)(one)))
		return { printed, said: [report] };
	const each = municipalities.map((municipality): PrintedReport | undefined => {
		const now = municipalities.length === 1 ? contacts : contactsIn(spans, period, municipality);
		const told = toldContacts(toldOf(municipality, earlier), period, now ?? 0);
		return typeof told === 'number'
			? { ...period, municipalities: [municipality], contacts: told, tables: [] }
			: undefined;
	});
	if (each.some((one) => !one)) return undefined;
	const own = each.filter((one) => one !== undefined);
	return { printed, said: municipalities.length === 1 ? [report] : [report, ...own] };
}
