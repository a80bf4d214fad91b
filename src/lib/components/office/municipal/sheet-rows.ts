import type { Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import { m } from '#lib/paraglide/messages.js';
import { HIDDEN, plainText } from '#lib/statistics/export-rows.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { className, dimensionName } from '#lib/statistics/words.ts';
import type { Sheet } from './sheets.ts';

/** Widths of the columns in a spreadsheet, in characters. */
export const SHEET_WIDTHS = [22, 8, 24, 30, 34, 24, 12];

/** What the sheets print as lines for a spreadsheet: nothing that is not on them, and hidden figures hidden. */
export function sheetRows(sheets: readonly Sheet[], period: Period, locale: Locale): (string | number)[][] {
	const range = ({ from, to }: Period) => `${from}/${to}`;
	const lines = sheets.flatMap(({ municipality, contacts, scope, tables }) => {
		const name = municipalityName(municipality, locale);
		const line = (what: string, of: string, label: string, code: string, count: number | null) => [
			name,
			municipality,
			what,
			of,
			plainText(label),
			code,
			count ?? HIDDEN
		];
		const all = line(m.municipal_contacts({}, { locale }), range(period), '', '', contacts ?? null);
		if (!scope || !tables) return [all];
		const whose = scope.municipalities.length > 1 ? `${scope.municipalities.join('+')} ` : '';
		return [
			all,
			...[tables.topics, tables.languages].flatMap(({ level, cells }) =>
				cells.map(({ name: code, contacts: count }) =>
					line(
						dimensionName(level, locale),
						whose + range(scope.period),
						className(level, code, locale),
						code,
						count
					)
				)
			)
		];
	});
	const code = { fi: 'koodi', sv: 'kod', en: 'code' }[locale];
	return [
		[m.municipal_public({}, { locale }), period.from, period.to],
		[
			m.municipal_which({}, { locale }),
			code,
			'',
			m.municipal_period({}, { locale }),
			m.municipal_class({}, { locale }),
			code,
			m.municipal_contacts({}, { locale })
		],
		...lines
	];
}
