import { expect, test } from 'vitest';
import type { Report } from '#lib/statistics/report.ts';
import { rowsOf } from './report-rows.ts';

const report: Report = {
	from: '2026-01-01',
	to: '2026-01-31',
	visits: 12,
	counts: {
		municipality: { '': 4, '263': 3, '140': 5 },
		topicGroup: { '': 1, other: 9, permits: 2, 'social-security': 6 },
		language: { ar: 2, '': 3, unknown: 4, ru: 2, xx: 1 },
		residenceLength: { unknown: 1, '': 2, 'over-5': 5, 'under-1': 1, '1-3': 3 }
	}
};
const shown = (...of: Parameters<typeof rowsOf>) =>
	rowsOf(...of).map(({ label, count }) => `${label} ${count}`);

test('the largest class first, what is not known last', () => {
	expect(shown(report, 'municipality', 'fi')).toEqual(['Iisalmi 5', 'Kiuruvesi 3', 'Ei paikkaa 4']);
	expect(shown(report, 'language', 'fi')).toEqual([
		'arabia 2',
		'venäjä 2',
		'xx 1',
		'kieli ei tiedossa 4',
		'Ei kysytty 3'
	]);
	expect(shown(report, 'topicGroup', 'sv')).toEqual([
		'Social trygghet, förmåner 6',
		'Tillstånd, medborgarskap 2',
		expect.stringMatching(/ 9$/),
		'Inget ärende 1'
	]);
});

test('lengths of residence keep the order of their scale', () => {
	expect(shown(report, 'residenceLength', 'en')).toEqual([
		'Less than 1 year 1',
		'1–3 years 3',
		'Over 5 years 5',
		'Not known 1',
		'Not asked 2'
	]);
});
