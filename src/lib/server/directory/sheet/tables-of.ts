import { BadInput, type InputFile, type ReportLine } from '#lib/server/directory/draft.ts';
import { csvLines } from '#lib/server/directory/import/csv-rows.ts';
import { readXlsx } from './read-xlsx.ts';
import type { SheetLine, SheetTable } from './sheet-table.ts';

type Report = (line: ReportLine) => void;

/** A CSV file as a table. */
function csvTable(file: InputFile, report: Report): SheetTable {
	async function* lines(): AsyncGenerator<SheetLine> {
		let row = 0;
		let width = 0;
		let last = 0;
		const rows = csvLines(file, report);
		let next = await rows.next();
		for (; !next.done; next = await rows.next()) {
			row += 1;
			last = next.value.cells.length;
			width ||= last;
			yield { row, cells: next.value.cells, formulas: new Set() };
		}
		// A spreadsheet may leave empty cells out at the end of a row, but not the end of the last line.
		if (last < width && !next.value)
			throw new BadInput('cut_off', `${file.name} ends in the middle of a row: it was cut off`);
	}
	return { name: file.name, lines: lines() };
}

async function isWorkbook(file: InputFile): Promise<boolean> {
	for await (const chunk of file.open()) return chunk[0] === 0x50 && chunk[1] === 0x4b;
	return false;
}

/** The tables of a file, whichever kind of spreadsheet it is. Throws `BadInput`. */
export async function* tablesOf(file: InputFile, report: Report): AsyncGenerator<SheetTable> {
	if (await isWorkbook(file)) yield* readXlsx(file, report);
	else yield csvTable(file, report);
}
