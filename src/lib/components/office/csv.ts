import { saveText } from '#lib/components/save-file.ts';

/** Tables for spreadsheets. */

/** Begins what a spreadsheet would take for a formula. */
const FORMULA = /^(?:[\t\r]|[\s\ufeff]*[=+\-@＝＋－＠])/;

function cell(value: string | number): string {
	if (typeof value === 'number') return String(value);
	const text = FORMULA.test(value) ? `'${value}` : value;
	return /["; \r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as CSV for the spreadsheets of Finnish and Swedish offices: semicolons, and a byte-order mark, without which they read UTF-8 as something
 * else. A text that would be a formula there begins with an apostrophe.
 */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
	return `\uFEFF${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`;
}

/** Hands a table to the browser as a file. */
export function saveCsv(name: string, rows: readonly (readonly (string | number)[])[]): void {
	saveText(name, csvText(rows), 'text/csv');
}
