import { describe, expect, test } from 'vitest';
import { isPeriod, periodOf, periodQuery, readPeriod } from './period.ts';

describe('periods of the report', () => {
	test.each([
		['week', '2026-03-06', '2026-03-02', '2026-03-06'],
		['week', '2026-03-01', '2026-02-23', '2026-03-01'],
		['month', '2026-03-06', '2026-03-01', '2026-03-06'],
		['last-month', '2026-03-06', '2026-02-01', '2026-02-28'],
		['last-month', '2026-01-31', '2025-12-01', '2025-12-31'],
		['year', '2026-03-06', '2026-01-01', '2026-03-06'],
		['last-12-months', '2026-03-06', '2025-03-07', '2026-03-06'],
		['last-12-months', '2026-02-28', '2025-03-01', '2026-02-28'],
		['last-12-months', '2028-02-29', '2027-03-01', '2028-02-29'],
		['last-12-months', '2026-12-31', '2026-01-01', '2026-12-31']
	] as const)('%s on %s is %s – %s', (kind, today, from, to) => {
		expect(periodOf(kind, today)).toEqual({ from, to });
	});

	test('an address keeps what was chosen', () => {
		const today = '2026-03-06';
		const own = { from: '2026-01-05', to: '2026-01-05' };
		expect(readPeriod(new URLSearchParams(periodQuery('own', own)), today)).toEqual({
			kind: 'own',
			period: own
		});
		expect(readPeriod(new URLSearchParams(periodQuery('year', own)), today).kind).toBe('year');
	});

	test.each([
		'',
		'?period=decade',
		'?period=own',
		'?from=2026-02-30&to=2026-03-01',
		'?from=2026-03-02&to=2026-03-01'
	])('%s means the last twelve months', (query) => {
		expect(readPeriod(new URLSearchParams(query), '2026-03-06')).toEqual({
			kind: 'last-12-months',
			period: { from: '2025-03-07', to: '2026-03-06' }
		});
	});

	test('a day that the calendar does not have makes no period', () => {
		expect(isPeriod('2026-02-29', '2026-03-01')).toBe(false);
		expect(isPeriod('2028-02-29', '2028-03-01')).toBe(true);
		expect(isPeriod('', '2028-03-01')).toBe(false);
	});
});
