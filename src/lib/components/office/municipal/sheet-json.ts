import type { MunicipalTables } from '#lib/statistics/municipal-report.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { SMALL } from '#lib/statistics/suppression/suppress.ts';
import type { Sheet } from './sheets.ts';

/** Whose sheets they are, whether they are the demo's, and the civil date of the day. */
interface Made {
	organisation: string;
	invented: boolean;
	today: string;
}

/**
 * What the sheets say, for a municipality's own programs: their tables with all classes, of which paper has room for the first. Codes as in code-lists.ts and docs/register.md; `null` is a
 * figure that is hidden or not known; `receptionsTold` are those of which an adviser told the hours, the others are as planned; `costShare` from 0 to 1.
 */
export function sheetsJson(
	sheets: readonly Sheet[],
	{ from, to }: Period,
	{ organisation, invented, today }: Made
): string {
	const table = ({ level, cells }: MunicipalTables['topics' | 'languages']) => ({
		classes: level,
		rows: cells.map(({ name, contacts }) => ({ code: name, contacts }))
	});
	const reports = sheets.map(({ municipality, contacts, held, share, scope, tables }) => ({
		municipality,
		from,
		to,
		contacts: contacts ?? null,
		receptions: held?.receptions ?? 0,
		receptionsTold: held?.told ?? 0,
		adviserHours: Math.round((held?.minutes ?? 0) / 60),
		languagesOffered: held?.languages ?? [],
		costShare: share ?? null,
		tables:
			scope && tables
				? {
						from: scope.period.from,
						to: scope.period.to,
						municipalities: scope.municipalities,
						contacts: tables.contacts,
						topics: table(tables.topics),
						languages: table(tables.languages)
					}
				: null
	}));
	return JSON.stringify(
		{
			kind: 'public',
			organisation,
			invented,
			madeOn: today,
			periodIsOver: to < today,
			hiddenBelow: SMALL,
			reports
		},
		undefined,
		'\t'
	);
}
