import { describe, expect, it } from 'vitest';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { publishReport, shareOf, type PublishedReport } from './publish.ts';
import type { ReportSet } from './system.ts';

const languages = (counts: Record<string, number>, id: DimensionId = 'language'): ReportSet => ({
	contacts: Object.values(counts).reduce((sum, each) => sum + each, 0),
	tables: [
		{ by: [id], cells: Object.entries(counts).map(([name, contacts]) => ({ classes: [name], contacts })) }
	],
	classes: { [id]: ['ar', 'fa', 'ru', 'so'] }
});
const shown = ({ contacts, tables }: PublishedReport) => [
	contacts,
	...tables.flatMap(({ cells }) => cells.map((cell) => cell.contacts))
];

describe('a report', () => {
	it('shows every class, also one that does not occur, and hides it like a small one', () => {
		expect(shown(publishReport(languages({ ar: 40, fa: 4, ru: 20 })))).toEqual([64, 40, null, 20, null]);
		expect(shown(publishReport(languages({ ar: 40, fa: 0, ru: 20, so: 4 })))).toEqual([
			64,
			40,
			null,
			20,
			null
		]);
	});

	it('of fewer contacts than are small shows nothing', () => {
		expect(shown(publishReport(languages({ ar: 4 })))).toEqual([null, null, null, null, null]);
	});

	it('is rounded after it was hidden', () => {
		expect(shown(publishReport(languages({ ar: 43, fa: 3, ru: 21, so: 3 }), { rounded: true }))).toEqual([
			70,
			45,
			null,
			20,
			null
		]);
	});

	it.each(['adviser', 'desk', 'topic', 'residenceGround', 'day'] as const)('is never by %s', (id) => {
		expect(() => publishReport(languages({ ar: 40 }, id))).toThrow('not published');
	});
});

describe('a report that was given before', () => {
	const first = languages({ ar: 40, fa: 30, ru: 20, so: 10 });
	const before = publishReport(first);

	it('is given again as it was while few contacts have come or gone', () => {
		expect(publishReport(languages({ ar: 41, fa: 31, ru: 21, so: 11 }), { before })).toBe(before);
		expect(publishReport(languages({ ar: 40, fa: 30, ru: 20, so: 7 }), { before })).toBe(before);
	});

	it('is given anew with more; what has moved little, and what guards it, is hidden', () => {
		const after = publishReport(languages({ ar: 60, fa: 31, ru: 28, so: 10 }), { before });
		expect(shown(after)).toEqual([129, 60, null, 28, null]);
	});

	it('hides what a correction has moved, though as many contacts are there as before', () => {
		expect(shown(publishReport(languages({ ar: 39, fa: 31, ru: 20, so: 10 }), { before }))).toEqual([
			100,
			null,
			null,
			20,
			10
		]);
	});

	it('never shows what it hid', () => {
		const hid = publishReport(languages({ ar: 40, fa: 30, ru: 4, so: 2 }));
		const after = publishReport(languages({ ar: 60, fa: 40, ru: 24, so: 22 }), { before: hid });
		expect(shown(after)).toEqual([146, 60, 40, null, null]);
	});
});

it('a share is told from twenty contacts up, and never of what is hidden', () => {
	expect([shareOf(5, 20), shareOf(5, 19), shareOf(null, 100), shareOf(5, null)]).toEqual([
		0.25,
		undefined,
		undefined,
		undefined
	]);
});
