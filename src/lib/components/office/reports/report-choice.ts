import { dimension, dimensionIds, type DimensionId } from '#lib/statistics/dimensions.ts';
import { measure, measureIds, type MeasureId } from '#lib/statistics/measures.ts';
import type { Period } from '#lib/statistics/periods.ts';
import type { Question } from '#lib/statistics/question.ts';
import { readReportPeriod, seriesUnit, type ReportKind } from './report-period.ts';

/** What a report can be narrowed to, in the order of the page: first by what it mostly is, then by what is known of the client and of the contact. */
export const usualFilters = ['municipality', 'desk', 'adviser', 'language', 'topicGroup', 'topic'] as const;
export const moreFilters = [
	'channel',
	'clientMunicipality',
	'clientStatus',
	'residenceLength',
	// Without the sensitive ones: below every table stands one by municipality.
	'publicGround',
	'ageBand',
	'citizenshipGroup',
	'origin',
	'education',
	'employment',
	'sentTo',
	'followUp'
] as const;
export const filterIds = [...usualFilters, ...moreFilters] as const;
export type FilterId = (typeof filterIds)[number];

/** Everything that a reader of the report page has chosen; it stands in the page's address. */
export interface ReportChoice {
	kind: ReportKind;
	period: Period;
	rows: DimensionId;
	columns: DimensionId | undefined;
	/** What is counted beside the contacts; undefined: only they are. */
	measure?: MeasureId | undefined;
	where: Partial<Record<FilterId, string>>;
}

/** What is only for publication, and says less than what it is made from; and what nobody reads as a table. */
const unread: readonly DimensionId[] = [
	'publicTopic',
	'publicGroup',
	'topicArea',
	'publicLanguage',
	'languageGroup',
	'publicGround',
	// Each day by itself: the page makes classes of them.
	'followUpDays',
	'followUpDue'
];

/** What rows and columns may be. */
export const choosable: readonly DimensionId[] = dimensionIds.filter((id) => !unread.includes(id));

const dimensionIn = (text: string | null) => choosable.find((id) => id === text);

/** Stands for the class '' in an address, where an empty value says that nothing is chosen. */
const EMPTY = '-';

export function readChoice(params: URLSearchParams, today: string): ReportChoice {
	const rows = dimensionIn(params.get('rows')) ?? 'municipality';
	const columns = dimensionIn(params.get('columns'));
	const where: ReportChoice['where'] = {};
	for (const id of filterIds) {
		const value = params.get(id);
		if (value) where[id] = value === EMPTY ? '' : value.slice(0, 64);
	}
	return {
		...readReportPeriod(params, today),
		rows,
		// A table by the same thing twice says nothing.
		columns: columns === rows ? undefined : columns,
		measure: measureIds.find((id) => id === params.get('count')),
		where
	};
}

/** The same as part of an address. */
export function choiceQuery({ kind, period, rows, columns, measure, where }: ReportChoice): `?${string}` {
	const params = new URLSearchParams();
	if (kind === 'last-12-months') params.set('period', kind);
	else {
		params.set('from', period.from);
		params.set('to', period.to);
	}
	params.set('rows', rows);
	if (columns) params.set('columns', columns);
	if (measure) params.set('count', measure);
	for (const id of filterIds) {
		const value = where[id];
		if (value !== undefined) params.set(id, value === '' ? EMPTY : value);
	}
	return `?${params.toString()}`;
}

/** The tables that stand below the one that was asked for. */
export const usual = ['municipality', 'topicGroup', 'language', 'residenceLength'] as const;

/** What is asked of the register for a choice: first the table itself, then its rows and its columns alone, then the line of time, then the usual ones. */
export function choiceQuestion({ period, rows, columns, measure, where }: ReportChoice): Question {
	const ids = new Set<DimensionId>([rows, ...(columns ? [columns] : []), seriesUnit(period), ...usual]);
	return {
		...period,
		where: Object.fromEntries(Object.entries(where).map(([id, name]) => [id, [name]])),
		tables: [...(columns ? [[rows, columns]] : []), ...[...ids].map((id) => [id])],
		...(measure && { measure })
	};
}

/** Whether sums of a table mean something: not where a contact may be in several of its classes. What is counted is in one of its own. */
export const addsUp = (id: DimensionId, counted?: MeasureId): boolean =>
	dimension(id).many !== true || (counted !== undefined && dimension(id).column === measure(counted).column);
