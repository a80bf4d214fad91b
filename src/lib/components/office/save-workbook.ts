import { saveFile } from '#lib/components/save-file.ts';
import {
	frameParts,
	TABLE_END,
	tablePath,
	tableRow,
	tableStart,
	type TableLooks,
	type WorkbookCell
} from '#lib/protocol/workbook.ts';

/** A workbook (Office Open XML) of one table, for what stands on the screen. */
export async function workbookBytes(
	table: TableLooks,
	rows: readonly (readonly WorkbookCell[])[]
): Promise<Uint8Array<ArrayBuffer>> {
	const { packed } = await import('#lib/protocol/pack-zip.ts');
	const sheet = [tableStart(table), ...rows.map((cells, at) => tableRow(table, at + 1, cells)), TABLE_END];
	const parts = [...frameParts([table]), [tablePath(0), sheet.join('')] as const];
	return packed(parts);
}

/** Hands a table to the browser as a workbook. */
export async function saveWorkbook(
	name: string,
	table: TableLooks,
	rows: readonly (readonly WorkbookCell[])[]
): Promise<void> {
	const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
	saveFile(name, new Blob([await workbookBytes(table, rows)], { type }));
}
