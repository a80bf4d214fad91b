import { describe, expect, it } from 'vitest';
import { planOf, printedInstead } from './municipal-printed.ts';
import type { PrintedReport } from './printed-report.ts';

const table: PrintedReport['tables'][number] = { level: 'topicArea', cells: [], visible: 1 };
const languages: PrintedReport['tables'][number] = { level: 'languageGroup', cells: [], visible: 1 };
const report = (from: string, to: string, ...municipalities: string[]): PrintedReport => ({
	from: `2026-${from}`,
	to: `2026-${to}`,
	municipalities,
	contacts: 200,
	tables: [table, languages]
});
const plan = (of: PrintedReport, ...earlier: PrintedReport[]) =>
	planOf({ period: of, municipalities: of.municipalities }, earlier);
const first = report('01-01', '03-31', '762');
const second = report('04-01', '06-30', '762');
const year = report('01-01', '12-31', '762');

describe('what is printed of times that overlap', () => {
	it('is made as if alone where nothing else was printed of these contacts', () => {
		for (const earlier of [
			[],
			[second],
			[report('01-01', '03-31', '140')],
			[{ ...year, tables: [] }],
			[first]
		])
			expect(plan(first, ...earlier)).toEqual({ way: 'new' });
	});

	it('is the sum of what was printed, and the rest', () => {
		expect(plan(year, first, second)).toEqual({ way: 'sum', pieces: [first, second] });
		// What is itself a part of something that was printed counts with that.
		const half = report('01-01', '06-30', '762');
		expect(plan(year, first, second, half)).toEqual({ way: 'sum', pieces: [half] });
	});

	it('is as it was where something that overlaps it was printed since', () => {
		expect(plan(first, first, year)).toEqual({ way: 'again', before: first });
		expect(plan(year, first, year)).toEqual({ way: 'again', before: year });
	});

	it('is something else where it lies within, across an edge, or counts some of the same people together with others', () => {
		const together = report('01-01', '12-31', '762', '140');
		for (const earlier of [year, report('02-01', '04-30', '762'), together])
			expect(plan(first, earlier)).toEqual({ way: 'instead' });
		expect(plan(together, first)).toEqual({ way: 'instead' });
		const shown = (...earlier: PrintedReport[]) => printedInstead('762', first, earlier)?.scope;
		expect(shown(second)).toBeUndefined();
		expect(shown(year, together)).toEqual({
			span: 'printed',
			period: { from: '2026-01-01', to: '2026-12-31' },
			municipalities: ['762']
		});
		expect(shown(together)?.municipalities).toEqual(['762', '140']);
	});
});
