import { Readable } from 'node:stream';
import { csvText } from '#lib/server/directory/csv-text.ts';
import { writeXlsx } from '#lib/server/directory/sheet/write-xlsx.ts';

/** Forms in which figures leave as a file. */
export const figureFormats = ['csv', 'xlsx', 'json'] as const;

type Row = readonly (string | number)[];

interface FigureFile {
	/** Without its ending; letters, digits and hyphens. */
	name: string;
	/** What kind of figures they are, in one word: the name of the sheet. */
	sheet: string;
	/** Of the table, from its first line on. */
	rows: readonly [Row, ...Row[]];
	/** The same for machines. */
	json: object;
}

/** Figures as the file that was asked for. A spreadsheet opens each of them right, and runs nothing of it. */
export function figureFile(
	format: (typeof figureFormats)[number],
	{ name, sheet, rows, json }: FigureFile
): Response {
	const file = (body: BodyInit, type: string) =>
		new Response(body, {
			headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}.${format}"` }
		});
	if (format === 'json') return file(JSON.stringify(json), 'application/json; charset=utf-8');
	if (format === 'csv') return file(csvText(rows.map((row) => row.map(String))), 'text/csv; charset=utf-8');
	const columns = Math.max(...rows.map((row) => row.length));
	const written = {
		name: sheet,
		widths: Array.from({ length: columns }, () => 28),
		rightToLeft: new Set<number>(),
		rows: Readable.from(rows)
	};
	return file(
		Readable.toWeb(writeXlsx([written])) as ReadableStream,
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
	);
}
