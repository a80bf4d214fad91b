import type * as z from 'zod/mini';
import type { ApiAnswer, ApiRequest } from '#lib/components/office/api.ts';
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
import { figures } from '#lib/statistics/question.ts';

/** What the server says for the reports of a period: figures of each of its times, and the tour. */
export interface MunicipalSource {
	period: Period;
	spans: readonly SpanFigures[];
	basis: ReportBasis;
}

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
	return { ok: true, value: { period, spans, basis: basis.value } };
}

/** Everything that is printed of one municipality. */
export interface Sheet {
	municipality: string;
	/** Of the time that was asked for; null: fewer than are shown. */
	contacts: number | null;
	planned: ReportBasis['planned'][number] | undefined;
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
		residents: 0
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
	const scopes = scopesOf(source.spans, municipalities);
	const shares = sharesOf(municipalities.filter((code) => withDesk.has(code)));
	const made = new Map<string, MunicipalTables | undefined>();
	for (const municipality of municipalities) {
		await pause();
		const scope = scopes.get(municipality);
		const key = scope ? scope.municipalities.join() : '';
		if (scope && !made.has(key)) made.set(key, municipalTables(source.spans, scope));
		yield {
			municipality,
			contacts: printedContacts(source.spans, municipality),
			planned: source.basis.planned.find((one) => one.municipality === municipality),
			share: shares.get(municipality),
			scope,
			tables: scope && made.get(key)
		};
	}
}
