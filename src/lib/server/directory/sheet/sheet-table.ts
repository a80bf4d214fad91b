/** A row of a table as it stands in a file. */
export interface SheetLine {
	/** As spreadsheets count, from 1. */
	row: number;
	/** By column; what is not there is undefined or empty. */
	cells: readonly (string | undefined)[];
	/** Columns whose cell is computed by a formula. */
	formulas: ReadonlySet<number>;
}

/** A table of a file. Its rows are read once, before the next table. */
export interface SheetTable {
	/** For people: the sheet of a workbook, or the file. */
	name: string;
	lines: AsyncIterable<SheetLine>;
	/** Its days are counted from 1904, as old spreadsheets of Macintosh did. */
	since1904?: boolean;
}
