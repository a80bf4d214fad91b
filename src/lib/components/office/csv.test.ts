import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';

describe('a CSV file', () => {
	it('can be read back as it was', () => {
		const rows = [
			['Kunta', 'Luku'],
			['Vieremä; "takahuone"', 12],
			['kaksi\nriviä', 0]
		];
		expect(parse(csvText(rows), { delimiter: ';', bom: true })).toEqual(rows.map((row) => row.map(String)));
	});

	it('has no cell that a spreadsheet would run', () => {
		const dangerous = ['=1+1', '+358', '-2', '@SUM(A1)', '\t=1', '\r=1', '="a";"b"'];
		const [cells] = parse(csvText([dangerous]), { delimiter: ';', bom: true }) as [string[]];
		expect(cells).toEqual(dangerous.map((text) => `'${text}`));
		// A number is one, whatever its sign.
		expect(csvText([[-2, 5]])).toBe('\uFEFF-2;5\r\n');
	});
});
