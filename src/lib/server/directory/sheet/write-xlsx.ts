import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import {
	frameParts,
	TABLE_END,
	tablePath,
	tableRow,
	tableStart,
	type TableLooks,
	type WorkbookCell
} from '#lib/protocol/workbook.ts';

/** A table to be written, made while it is. */
export interface TableOut extends TableLooks {
	rows: AsyncIterable<readonly WorkbookCell[]>;
}

async function* sheet(table: TableOut): AsyncGenerator<string> {
	yield tableStart(table);
	let row = 0;
	for await (const cells of table.rows) {
		row += 1;
		yield tableRow(table, row, cells);
	}
	yield TABLE_END;
}

/** A workbook (Office Open XML) piece by piece: nothing of its tables is held. */
export function writeXlsx(tables: readonly TableOut[]): Readable {
	const zip = new ZipFile();
	const put = (path: string, pieces: Iterable<string> | AsyncIterable<string>) =>
		zip.addReadStreamLazy(path, {}, (done) => done(null, Readable.from(pieces, { objectMode: false })));
	for (const [path, text] of frameParts(tables)) put(path, [text]);
	for (const [at, table] of tables.entries()) put(tablePath(at), sheet(table));
	const out = Readable.from(zip.outputStream, { objectMode: false });
	// What cannot be read to its end is not given out as if it were whole.
	zip.on('error', (error: Error) => out.destroy(error));
	zip.end();
	return out;
}
