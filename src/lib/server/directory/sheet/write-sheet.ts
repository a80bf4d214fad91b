import { Readable } from 'node:stream';
import { language } from '#lib/domain/languages.ts';
import type { Service } from '#lib/domain/service.ts';
import { csvRow, CSV_MARK } from '#lib/server/directory/csv-text.ts';
import { factColumns, SERVICES, textColumns, TEXTS } from './sheet-columns.ts';
import { factRows, textRows, type SheetLanguages } from './sheet-rows.ts';
import { writeXlsx } from './write-xlsx.ts';

/** Characters that a column of running text is wide, and one of anything else. */
const WIDE = 50;
const NARROW = 16;

const isRightToLeft = (tag: string) => language(tag.split('-')[0] ?? '')?.dir === 'rtl';

/** Columns with running text, by their headers. */
const widths = (columns: readonly string[], languages: SheetLanguages) =>
	columns.map((name) =>
		languages.targets.includes(name) || name === `source ${languages.source}` ? WIDE : NARROW
	);

/** The workbook for translators: its texts, and the services that they are of. */
export function workbook(services: () => AsyncIterable<Service>, languages: SheetLanguages): Readable {
	const { source, targets } = languages;
	const columns = textColumns(source, targets);
	const rightToLeft = new Set(
		columns.flatMap((name, at) => {
			const tag = name === `source ${source}` ? source : name;
			return [source, ...targets].includes(tag) && isRightToLeft(tag) ? [at] : [];
		})
	);
	return writeXlsx([
		{
			name: TEXTS,
			widths: widths(columns, languages),
			rightToLeft,
			rows: textRows(services(), languages)
		},
		{
			name: SERVICES,
			widths: factColumns.map(() => 2 * NARROW),
			rightToLeft: new Set(),
			rows: factRows(services(), source)
		}
	]);
}

/** One table of it as CSV. */
export function sheetCsv(rows: AsyncIterable<readonly string[]>): Readable {
	async function* pieces() {
		yield CSV_MARK;
		for await (const row of rows) yield csvRow(row);
	}
	return Readable.from(pieces(), { objectMode: false });
}
