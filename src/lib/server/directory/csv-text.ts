/** A cell that a spreadsheet would take for a formula is led by an apostrophe, which it shows as text. */
const harmless = (cell: string) => (/^(?:[\t\r]|[\s\ufeff]*[=+\-@＝＋－＠])/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string) => (/[";\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One row of CSV as spreadsheets in Finland open it: semicolons, and nothing that runs. */
export const csvRow = (cells: readonly (string | undefined)[]) =>
	`${cells.map((cell) => quoted(harmless(cell ?? ''))).join(';')}\r\n`;

/** The mark by which a spreadsheet knows UTF-8. */
export const CSV_MARK = '\ufeff';

/** Rows of CSV, with that mark. */
export const csvText = (rows: readonly (readonly (string | undefined)[])[]) =>
	`${CSV_MARK}${rows.map(csvRow).join('')}`;
