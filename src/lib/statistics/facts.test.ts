import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { factsOfValues } from './facts.ts';
import { countReport } from './report.ts';

const factsAt = (at: string) => factsOfValues({ at, topics: ['work'] })!;
const count = (from: string, to: string, at: readonly string[]) =>
	countReport(at.map(factsAt), { from, to }, (topic) => topic).visits;

describe('the day that a visit counts for', () => {
	it.each([
		// The hour that the autumn night repeats: both are 3.30.
		['2026-10-25T00:30:00Z', '2026-10-25'],
		['2026-10-25T01:30:00Z', '2026-10-25'],
		// The hour that the spring night leaves out.
		['2026-03-29T00:59:59Z', '2026-03-29'],
		['2026-03-29T01:00:00Z', '2026-03-29'],
		['2026-12-31T21:59:59Z', '2026-12-31'],
		['2026-12-31T22:30:00Z', '2027-01-01']
	])('%s is of %s', (at, date) => {
		expect(factsAt(at).date).toBe(date);
	});

	it('is one day only: the days of a year add up to the year, both nights of the clock and New Year among them', () => {
		const hours = Array.from({ length: 366 * 24 * 2 }, (_, half) =>
			new Date(Date.parse('2026-01-01T00:00:00Z') + half * 30 * 60_000).toISOString()
		);
		const days = Array.from({ length: 365 }, (_, day) => addDays('2026-01-01', day));
		const byDay = days.map((day) => count(day, day, hours));
		const all = count('2026-01-01', '2026-12-31', hours);
		expect(byDay.reduce((sum, visits) => sum + visits, 0)).toBe(all);
		// From two in the night of the first of January, by Helsinki's clock.
		expect(byDay[0]).toBe(44);
		expect(byDay[days.indexOf('2026-03-29')]).toBe(46);
		expect(byDay[days.indexOf('2026-10-25')]).toBe(50);
		expect(byDay[days.indexOf('2026-06-01')]).toBe(48);
		expect(count('2027-01-01', '2027-12-31', ['2026-12-31T22:30:00Z'])).toBe(1);
		expect(count('2026-01-01', '2026-12-31', ['2026-12-31T22:30:00Z'])).toBe(0);
	});
});
