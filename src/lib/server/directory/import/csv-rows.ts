import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { BadInput, type ReportLine } from '#lib/server/directory/draft.ts';
import { decodeText } from './decode-text.ts';
import type { InputFile } from '#lib/server/directory/draft.ts';

export interface CsvRow {
	/** Line in which the row ends; the header stands in line 1. */
	line: number;
	/** Cells that are not empty, by the name of their column in small letters. */
	cells: Record<string, string>;
}

/** Characters of one row at most: a quote that is never closed would take the rest of the file otherwise. */
const LONGEST_ROW = 1_000_000;

/** Characters of the header at most. */
const LONGEST_HEADER = 20_000;

/** The sign between cells: the one that the header has most of, outside quotes. */
function delimiterOf(header: string): string {
	const bare = header.replace(/"[^"]*"/g, '');
	const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length - 1 }));
	return counts.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** Text with its first line already known: reads until a line has ended. */
async function startOf(text: AsyncGenerator<string>): Promise<string> {
	let start = '';
	while (!/[^\r\n][\r\n]/.test(start) && start.length < LONGEST_HEADER) {
		const next = await text.next();
		if (next.done) break;
		start += next.value;
	}
	return start;
}

/** A row as it stands in the file. */
export interface CsvLine {
	/** Line in which the row ends. */
	line: number;
	cells: readonly string[];
}

/**
 * The rows of a CSV file as they stand, its header first, whatever sign stands between its cells and whatever encoding it has. Returns
 * whether the last row has an end: a file that was cut off has none.
 *
 * Throws `BadInput`: `cut_off`, `not_csv`, `record_too_large`.
 */
export async function* csvLines(
	file: InputFile,
	report: (line: ReportLine) => void
): AsyncGenerator<CsvLine, boolean> {
	const text = decodeText(file.open(), file.name, report);
	const start = await startOf(text);
	const [header = ''] = start.trimStart().split(/[\r\n]/);
	let ending = start.slice(-1);
	async function* whole() {
		yield start;
		for await (const chunk of text) {
			if (chunk !== '') ending = chunk.slice(-1);
			yield chunk;
		}
	}
	const parser = parse({
		delimiter: delimiterOf(header),
		info: true,
		max_record_size: LONGEST_ROW,
		relax_column_count: true,
		relax_quotes: true,
		skip_empty_lines: true
	});
	const done = pipeline(Readable.from(whole()), parser);
	// Told by the loop below; without this it would be an unhandled rejection first.
	done.catch(() => undefined);
	try {
		for await (const row of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
			yield { line: row.info.lines, cells: row.record };
		await done;
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const codes: Partial<Record<string, string>> = { CSV_QUOTE_NOT_CLOSED: 'cut_off', CSV_MAX_RECORD_SIZE: 'record_too_large' }; // prettier-ignore
		const code = codes[error.code] ?? 'not_csv';
		throw new BadInput(code, `${file.name} is no whole CSV file: ${error.message.slice(0, 200)}`);
	}
	return ending === '\n' || ending === '\r';
}

/**
 * The rows of a CSV file by the names of its header. Rows with another number of cells than the header are reported and left out. An
 * empty file has no rows. Throws as `csvLines` does.
 */
export async function* csvRows(file: InputFile, report: (line: ReportLine) => void): AsyncGenerator<CsvRow> {
	const lines = csvLines(file, report);
	let columns: string[] | undefined;
	/** A row that is too short: the end of a cut file, if nothing comes after it. */
	let short: number | undefined;
	let next = await lines.next();
	for (; !next.done; next = await lines.next()) {
		const { line, cells: row } = next.value;
		if (short !== undefined)
			report({ where: `${file.name} line ${short}`, outcome: 'skipped', code: 'bad_row' });
		short = undefined;
		if (!columns) {
			columns = row.map((name) => name.trim().toLowerCase());
			continue;
		}
		if (row.length < columns.length) {
			short = line;
			continue;
		}
		if (row.slice(columns.length).some((cell) => cell !== '')) {
			report({ where: `${file.name} line ${line}`, outcome: 'skipped', code: 'bad_row' });
			continue;
		}
		const cells: Record<string, string> = {};
		for (const [at, name] of columns.entries()) {
			const cell = row[at] ?? '';
			if (cell !== '' && name !== '') cells[name] = cell;
		}
		yield { line, cells };
	}
	if (short === undefined) return;
	if (!next.value) throw new BadInput('cut_off', `${file.name} ends in the middle of a row: it was cut off`);
	report({ where: `${file.name} line ${short}`, outcome: 'skipped', code: 'bad_row' });
}
