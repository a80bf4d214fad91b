import { readEuros } from '#lib/domain/euros.ts';
import { municipality as knownMunicipality } from '#lib/domain/municipalities.ts';
import type { ReportBasis } from '#lib/statistics/basis.ts';
import { bases, type Basis, type CostRule, type Member } from '#lib/statistics/cost-share.ts';
import type { Period } from '#lib/statistics/periods.ts';
import type { Figures, Question } from '#lib/statistics/question.ts';

/** What is typed on the page of the cost share. It stands in the page's address, as it was typed. */
export interface CostChoice {
	year: string;
	/** As typed. */
	cost: string;
	/** A basis alone, or several by per cent. */
	by: Basis | 'mixed';
	/** Per cents as typed, of `mixed`. */
	percents: Record<Basis, string>;
	/** Populations as typed, by municipality; what is not here is the figure that the app knows. */
	populations: Record<string, string>;
}

const MOST_TYPED = 20;

export function readCostChoice(params: URLSearchParams, today: string): CostChoice {
	const year = /^20\d\d$/.exec(params.get('year') ?? '')?.[0] ?? String(Number(today.slice(0, 4)) - 1);
	const typed = (key: string) => (params.get(key) ?? '').slice(0, MOST_TYPED);
	const by = typed('by');
	const populations = params
		.getAll('pop')
		.map((text) => /^(\d{3}):(.*)$/.exec(text.slice(0, MOST_TYPED)))
		.flatMap((found) => (found ? [[found[1]!, found[2]!] as const] : []));
	return {
		year,
		cost: typed('cost'),
		by: by === 'mixed' ? by : (bases.find((basis) => basis === by) ?? 'population'),
		percents: {
			population: params.has('population') ? typed('population') : '50',
			desk: params.has('desk') ? typed('desk') : '50',
			residents: params.has('residents') ? typed('residents') : '0',
			hours: params.has('hours') ? typed('hours') : '0'
		},
		populations: Object.fromEntries(populations)
	};
}

/** The same as part of an address. */
export function costQuery({ year, cost, by, percents, populations }: CostChoice): `?${string}` {
	const params = new URLSearchParams({ year, cost, by });
	if (by === 'mixed') for (const basis of bases) params.set(basis, percents[basis]);
	for (const [code, text] of Object.entries(populations)) params.append('pop', `${code}:${text}`);
	return `?${params.toString()}`;
}

const wholeNumber = (text: string): number | undefined =>
	/^\d{1,8}$/.test(text.replace(/[\s\u00a0\u202f]/g, ''))
		? Number(text.replace(/[\s\u00a0\u202f]/g, ''))
		: undefined;

/** What is divided, as far as it could be read. */
export const centsOf = ({ cost }: CostChoice): number | undefined => readEuros(cost);

/** By what it is divided; undefined where per cents are typed that are none. */
export function ruleOf({ by, percents }: CostChoice): CostRule | undefined {
	if (by !== 'mixed') return { population: 0, desk: 0, residents: 0, hours: 0, [by]: 100 };
	const read = bases.map((basis) => [basis, wholeNumber(percents[basis])] as const);
	if (read.some(([, percent]) => percent === undefined)) return undefined;
	return Object.fromEntries(read) as CostRule;
}

export const yearPeriod = (year: string): Period => ({ from: `${year}-01-01`, to: `${year}-12-31` });

export const costQuestion = (year: string): Question => ({
	...yearPeriod(year),
	where: {},
	tables: [['municipality'], ['clientMunicipality']]
});

/** A population as it is typed, or the one that the app knows. */
export const populationText = ({ populations }: CostChoice, code: string): string =>
	populations[code] ?? String(knownMunicipality(code)?.population ?? '');

/** Municipalities with what their shares hang on; undefined where a population could not be read. */
export function membersOf(
	choice: CostChoice,
	municipalities: readonly string[],
	{ tables }: Figures,
	held: ReportBasis['held']
): Member[] | undefined {
	const count = (at: number, code: string) =>
		tables[at]?.cells.find(({ classes }) => classes[0] === code)?.contacts ?? 0;
	const members = municipalities.map((code) => ({
		municipality: code,
		population: wholeNumber(populationText(choice, code)) ?? NaN,
		desk: count(0, code),
		residents: count(1, code),
		hours: held.find(({ municipality }) => municipality === code)?.minutes ?? 0
	}));
	return members.some(({ population }) => Number.isNaN(population)) ? undefined : members;
}

/** Contacts that are in nobody's share: without a place, and of residents of somewhere else or of nobody knows where. */
export function outside(
	municipalities: readonly string[],
	{ contacts, tables }: Figures
): { noPlace: number; others: number } {
	const sum = (at: number, of: readonly string[]) =>
		(tables[at]?.cells ?? []).reduce(
			(all, cell) => all + (of.includes(cell.classes[0] ?? '') ? cell.contacts : 0),
			0
		);
	return { noPlace: sum(0, ['']), others: contacts - sum(1, municipalities) };
}
