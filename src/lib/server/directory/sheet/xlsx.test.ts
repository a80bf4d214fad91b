import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { BadInput } from '#lib/server/directory/draft.ts';
import { readXlsx } from './read-xlsx.ts';
import { writeXlsx } from './write-xlsx.ts';

type Cells = readonly (string | undefined)[];

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function read(bytes: Buffer) {
	const tables: { name: string; rows: Cells[]; formulas: number[][] }[] = [];
	const input = { name: 'a.xlsx', open: async function* () { yield bytes; } }; // prettier-ignore
	for await (const { name, lines } of readXlsx(input, () => undefined)) {
		const table = { name, rows: [] as Cells[], formulas: [] as number[][] };
		for await (const { cells, formulas } of lines) {
			table.rows.push([...cells]);
			table.formulas.push([...formulas]);
		}
		tables.push(table);
	}
	return tables;
}

async function* each<T>(values: readonly T[]) {
	yield* values;
}

const written = (tables: { name: string; rows: string[][] }[]) =>
	bytesOf(
		writeXlsx(
			tables.map(({ name, rows }) => ({ name, rows: each(rows), widths: [10], rightToLeft: new Set([1]) }))
		)
	);

/** A workbook of other hands. */
async function foreign(parts: Record<string, string>): Promise<Buffer> {
	const zip = new ZipFile();
	const whole = {
		'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="a" Target="/xl/worksheets/one.xml"/></Relationships>`,
		'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="o"><x:sheets><x:sheet name="Tekstit" r:id="a"/></x:sheets></x:workbook>`,
		...parts
	};
	for (const [path, text] of Object.entries(whole)) zip.addBuffer(Buffer.from(text), path);
	zip.end();
	return bytesOf(zip.outputStream as AsyncIterable<Buffer>);
}

it('gives back every text of a cell as it was', async () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.constantFrom('_x000D_', ' مرحبا ', '00123', '=1+1', 'a\r\nb', '👩‍👩‍👧', '<b>&amp;"', '\u0001\ud800')
	);
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 4 }), async (rows) => {
			const [table] = await read(await written([{ name: 'a & b', rows }]));
			expect(table?.name).toBe('a & b');
			const whole = table?.rows.map((cells, at) => rows[at]?.map((_, column) => cells[column] ?? ''));
			expect(whole).toEqual(rows);
		}),
		{ numRuns: 60 }
	);
});

it('reads what other programs write: shared texts, numbers, gaps, formulas, prefixes', async () => {
	const bytes = await foreign({
		'xl/sharedStrings.xml': `<sst><si><t>jaettu</t></si><si><r><t>kaksi </t></r><r><t>osaa</t></r><rPh><t>x</t></rPh></si></sst>`,
		'xl/worksheets/one.xml': `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="s"><x:v>1</x:v></x:c></x:row>
			<x:row r="4"><x:c><x:v>46000</x:v></x:c><x:c t="str"><x:f>A1&amp;"b"</x:f><x:v>ab</x:v></x:c><x:c r="AB4" t="inlineStr"><x:is><x:t>&#228;<![CDATA[<]]></x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
	});
	const [table] = await read(bytes);
	expect(table?.name).toBe('Tekstit');
	expect(table?.rows[0]).toEqual(['jaettu', undefined, 'kaksi osaa']);
	expect(table?.rows[1]?.slice(0, 2)).toEqual(['46000', 'ab']);
	expect(table?.rows[1]?.[27]).toBe('ä<');
	expect(table?.formulas).toEqual([[], [1]]);
});

const sheet = (rows: string) => ({ 'xl/worksheets/one.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>` }); // prettier-ignore

it.each([
	[
		'entities of its own',
		{
			'xl/worksheets/one.xml': `<!DOCTYPE a [<!ENTITY b "ccccccccc"><!ENTITY d "&b;&b;&b;">]><worksheet>&d;</worksheet>`
		},
		'bad_xml'
	],
	['an unknown entity', sheet('<row><c><v>&boom;</v></c></row>'), 'bad_xml'],
	['half a sheet', { 'xl/worksheets/one.xml': '<worksheet><sheetData><row>' }, 'bad_xml'],
	['a column beyond all', sheet('<row><c r="ZZZ1"><v>1</v></c></row>'), 'too_large'],
	['a bomb', sheet(' '.repeat(30_000_000)), 'zip_too_large']
])('does not read %s', async (_, parts, code) => {
	const caught = await foreign(parts)
		.then(read)
		.catch((error: unknown) => error);
	expect(caught).toBeInstanceOf(BadInput);
	expect((caught as BadInput).code).toBe(code);
});
