import { expect, it } from 'vitest';
import { monthPeriod, previousPeriod, unitOf } from './periods.ts';

it.each([
	['2026-01-01', '2026-W01', '2026-Q1'],
	['2027-01-01', '2026-W53', '2027-Q1'],
	['2024-12-30', '2025-W01', '2024-Q4'],
	['2026-06-30', '2026-W27', '2026-Q2'],
	['2026-07-01', '2026-W27', '2026-Q3']
])('%s is of week %s and of quarter %s', (date, week, quarter) => {
	expect([unitOf(date, 'week'), unitOf(date, 'quarter')]).toEqual([week, quarter]);
	expect([unitOf(date, 'day'), unitOf(date, 'month'), unitOf(date, 'year')]).toEqual([
		date,
		date.slice(0, 7),
		date.slice(0, 4)
	]);
});

it.each([
	['a month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
	['a February of 29 days', '2028-02-01', '2028-02-29', '2028-01-01', '2028-01-31'],
	['a quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
	['a year', '2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31'],
	[
		'twelve months that begin in the middle of a year',
		'2025-08-01',
		'2026-07-31',
		'2024-08-01',
		'2025-07-31'
	],
	['a week', '2026-03-02', '2026-03-08', '2026-02-23', '2026-03-01'],
	['a day', '2026-03-01', '2026-03-01', '2026-02-28', '2026-02-28'],
	['part of a month', '2026-03-01', '2026-03-10', '2026-02-19', '2026-02-28']
])('before %s comes as much', (_name, from, to, before, end) => {
	expect(previousPeriod({ from, to })).toEqual({ from: before, to: end });
});

it.each([
	['2026-02', '2026-02-28'],
	['2028-02', '2028-02-29'],
	['2026-12', '2026-12-31'],
	['2026-11', '2026-11-30']
])('the month %s ends on %s', (month, to) => {
	expect(monthPeriod(month)).toEqual({ from: `${month}-01`, to });
});
