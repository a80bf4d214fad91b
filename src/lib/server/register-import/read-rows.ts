import { BadInput, type InputFile } from '#lib/server/directory/draft.ts';
import { tablesOf } from '#lib/server/directory/sheet/tables-of.ts';
import { fold } from './fold.ts';

/** The columns of a file, and its rows, which are read once. */
export interface RegisterRow {
	/** Row of the sheet, its name before it where there are several. */
	where: string;
	/** By column, without what hangs over; '' where there is nothing. */
	cells: readonly string[];
	since1904: boolean;
}

export interface RegisterHead {
	names: readonly string[];
}

/** Columns that are looked at. */
const MOST_COLUMNS = 200;
/** Rows of one import at most. */
const MOST_ROWS = 200_000;

/**
 * The rows of an old register: the first sheet whose first row names at least two columns, and the other sheets that name the same, as registers with
 * a sheet for each year do. `other` is told the names of the sheets that are left alone. Throws `BadInput`.
 */
export async function* readRows(
	file: InputFile,
	onhead: (head: RegisterHead) => void,
	other: (sheet: string) => void
): AsyncGenerator<RegisterRow> {
	let head: string | undefined;
	let first = '';
	let count = 0;
	for await (const { name, lines, since1904 = false } of tablesOf(file, () => undefined)) {
		let open = false;
		for await (const { row, cells } of lines) {
			const trimmed = Array.from({ length: Math.min(cells.length, MOST_COLUMNS) }, (_, at) =>
				(cells[at] ?? '').trim()
			);
			if (trimmed.every((cell) => cell === '')) continue;
			if (!open) {
				const here = trimmed.map(fold).join('\n').trimEnd();
				if (head === undefined && trimmed.filter((cell) => cell !== '').length >= 2) {
					[head, first] = [here, name];
					onhead({ names: trimmed });
				} else if (here !== head) {
					other(name);
					break;
				}
				open = true;
				continue;
			}
			count += 1;
			if (count > MOST_ROWS)
				throw new BadInput('too_many', `The register has more than ${MOST_ROWS} rows: split it`);
			yield { where: name === first ? String(row) : `${name} ${row}`, cells: trimmed, since1904 };
		}
	}
	if (head === undefined)
		throw new BadInput('no_header', 'No sheet in it begins with a row that names its columns.');
	if (count === 0) throw new BadInput('empty', 'There is no row below the names of the columns.');
}
