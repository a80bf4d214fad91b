import fc from 'fast-check';
import { expect, it } from 'vitest';
import { workbookBytes } from '#lib/components/office/save-workbook.ts';
import { readXlsx } from '#lib/server/directory/sheet/read-xlsx.ts';

/** A workbook as the server reads it. */
async function read(bytes: Uint8Array) {
	const tables: { name: string; rows: (string | undefined)[][]; formulas: number[] }[] = [];
	const input = { name: 'a.xlsx', open: async function* () { yield bytes; } }; // prettier-ignore
	for await (const { name, lines } of readXlsx(input, () => undefined)) {
		const table = { name, rows: [] as (string | undefined)[][], formulas: [] as number[] };
		for await (const { cells, formulas } of lines) {
			table.rows.push([...cells]);
			table.formulas.push(...formulas);
		}
		tables.push(table);
	}
	return tables;
}

const looks = { name: 'Kuntaraportti', widths: [10, 10, 10], rightToLeft: new Set<number>() };

it('a workbook that a page makes is read as it was written: texts as texts, also those that look like formulas, and figures', async () => {
	const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
	// Ends of lines are one in XML, and spaces around a cell are nobody's.
	const plain = text.filter((one) => !/[\r\u2028\u2029]/.test(one) && one.trim() === one);
	const cell = fc.oneof(plain, fc.constantFrom('=1+1', '+358', '@x', '_x0041_', '<&>"'), fc.nat());
	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
			const [table] = await read(await workbookBytes(looks, rows));
			expect(table?.name).toBe('Kuntaraportti');
			expect(table?.rows).toEqual(rows.map((cells) => cells.map(String)));
			expect(table?.formulas).toEqual([]);
		}),
		{ numRuns: 100 }
	);
});
