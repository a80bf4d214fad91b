import type * as z from 'zod/mini';
import { noContent, type ApiAnswer, type ApiRequest } from '#lib/components/office/api.ts';
import { basisPath, figuresPath } from '#lib/components/office/reports/report-source.ts';
import { municipality as knownMunicipality } from '#lib/domain/municipalities.ts';
import { reportBasis, type ReportBasis } from '#lib/statistics/basis.ts';
import { byPopulation, shareCost } from '#lib/statistics/cost-share.ts';
import {
	municipalQuestion,
	municipalTables,
	printedContacts,
	scopesOf,
	spansOf,
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
import { figures } from '#lib/statistics/question.ts';

/** What the server says for the reports of a period: figures of each of its times, and the tour. */
export interface MunicipalSource {
	period: Period;
	spans: readonly SpanFigures[];
	basis: ReportBasis;
	/** What was printed of these times before. */
	kept: readonly KeptReport[];
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
	const kept = await ask({ path: `${PRINTED}?to=${period.to}` }, keptReports);
	return kept.ok ? { ok: true, value: { period, spans, basis: basis.value, kept: kept.value } } : kept;
}

/** Has the server keep what these sheets say: nothing is printed, or saved as a file, before it has. */
export function keepSheets(
	ask: Ask,
	{ period, kept }: MunicipalSource,
	sheets: readonly Sheet[]
): Promise<ApiAnswer<undefined>> {
	const said = new Map(
		sheets.flatMap((sheet) => reportsOf(sheet, period)).map((one) => [JSON.stringify(one), one])
	);
	const reports = [...said.values()].map((report) => {
		const before = kept.find((one) => isOf(report, report.municipalities)(one.report));
		return { report: over(before?.report, report), madeFrom: before?.givenAt ?? null };
	});
	return ask({ path: PRINTED, method: 'PUT', body: { reports } }, noContent);
}

/** What a sheet says: contacts of the time that was asked for, and tables of whomever and whichever time they are. */
function reportsOf({ municipality, contacts, scope, tables }: Sheet, period: Period): PrintedReport[] {
	const own: PrintedReport = { ...period, municipalities: [municipality], contacts, tables: [] };
	if (!scope || !tables) return [own];
	const of: PrintedReport = {
		...scope.period,
		municipalities: [...scope.municipalities],
		contacts: tables.contacts,
		tables: [tables.topics, tables.languages]
	};
	return isOf(period, [municipality])(of) ? [of] : [own, of];
}

/** Everything that is printed of one municipality. */
export interface Sheet {
	municipality: string;
	/** Of the time that was asked for; null: fewer than are shown. */
	contacts: number | null;
	held: ReportBasis['held'][number] | undefined;
	/** Its part of the cost by population, 0 to 1; undefined where its population is not known. */
	share: number | undefined;
	scope: Scope | undefined;
	tables: MunicipalTables | undefined;
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
	const made = new Map<string, MunicipalTables | undefined>();
	for (const municipality of municipalities) {
		await pause();
		const scope = scopes.get(municipality);
		const key = scope ? scope.municipalities.join() : '';
		if (scope && !made.has(key)) made.set(key, municipalTables(source.spans, scope, earlier));
		yield {
			municipality,
			contacts: printedContacts(source.spans, municipality, earlier),
			held: source.basis.held.find((one) => one.municipality === municipality),
			share: shares.get(municipality),
			scope,
			tables: scope && made.get(key)
		};
	}
}
