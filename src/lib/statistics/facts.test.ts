import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { codeVisits, type Visits } from './columns.ts';
import { count } from './count.ts';
import { factsOfValues } from './facts.ts';

const factsAt = (at: string) => factsOfValues({ at, topics: ['work'] })!;
const visitsAt = (at: readonly string[]) => codeVisits(at.map((one) => ({ ...factsAt(one), adviser: '' })));
const contacts = (visits: Visits, from: string, to: string) =>
	count(visits, { from, to, where: {}, tables: [] }).contacts;

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
		const visits = visitsAt(hours);
		const byDay = days.map((day) => contacts(visits, day, day));
		expect(byDay.reduce((sum, each) => sum + each, 0)).toBe(contacts(visits, '2026-01-01', '2026-12-31'));
		// From two in the night of the first of January, by Helsinki's clock.
		expect(byDay[0]).toBe(44);
		expect(byDay[days.indexOf('2026-03-29')]).toBe(46);
		expect(byDay[days.indexOf('2026-10-25')]).toBe(50);
		expect(byDay[days.indexOf('2026-06-01')]).toBe(48);
		const newYear = visitsAt(['2026-12-31T22:30:00Z']);
		expect(contacts(newYear, '2027-01-01', '2027-12-31')).toBe(1);
		expect(contacts(newYear, '2026-01-01', '2026-12-31')).toBe(0);
	});
});
