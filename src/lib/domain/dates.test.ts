import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, formatDate, formatTime, formatTimeRange, helsinki, instantOf } from './dates.ts';

describe('Helsinki', () => {
	it.each([
		['2026-10-25T00:30:00Z', '2026-10-25', '03:30'],
		['2026-10-25T01:30:00Z', '2026-10-25', '03:30'],
		['2026-12-31T22:30:00Z', '2027-01-01', '00:30'],
		['2026-03-29T00:59:00Z', '2026-03-29', '02:59'],
		['2026-03-29T01:00:00Z', '2026-03-29', '04:00'],
		['0987-06-01T12:00:00Z', '0987-06-01', '13:39'],
		// What no civil date of four digits can say is the first or the last one that can.
		['0000-01-01T00:00:00Z', '0001-01-01', '01:39'],
		['9999-12-31T22:30:00Z', '9999-12-31', '23:59']
	])('%s is %s %s', (at, date, time) => {
		expect(helsinki(at)).toEqual({ date, time });
	});

	it('says what Intl says, at any instant since 1970', () => {
		const format = new Intl.DateTimeFormat('sv-SE', {
			timeZone: 'Europe/Helsinki',
			dateStyle: 'short',
			timeStyle: 'short'
		});
		fc.assert(
			fc.property(fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') }), (at) => {
				const { date, time } = helsinki(at);
				expect(`${date} ${time}`).toBe(format.format(at));
			})
		);
	});

	it('says what Intl says in every half hour of years in which the clock changes', () => {
		const format = new Intl.DateTimeFormat('sv-SE', {
			timeZone: 'Europe/Helsinki',
			dateStyle: 'short',
			timeStyle: 'short'
		});
		const others: string[] = [];
		for (const year of [1981, 2026])
			for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 1_800_000) {
				const { date, time } = helsinki(at);
				if (`${date} ${time}` !== format.format(at)) others.push(`${date} ${time}`);
			}
		expect(others).toEqual([]);
	});

	it('finds the instant of a civil time again, the first of two on an autumn night', () => {
		expect(new Date(instantOf('2026-07-01', '10:00')).toISOString()).toBe('2026-07-01T07:00:00.000Z');
		expect(new Date(instantOf('2026-12-01', '10:00')).toISOString()).toBe('2026-12-01T08:00:00.000Z');
		expect(new Date(instantOf('2026-10-25', '03:30')).toISOString()).toBe('2026-10-25T00:30:00.000Z');
		expect(helsinki(instantOf('2026-03-29', '03:30')).time).toBe('04:30');
	});
});

describe('civil dates', () => {
	it('count on over months, years and the change of the clock', () => {
		expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
		expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
	});
});

describe('as people read them', () => {
	const at = '2026-03-06T08:05:00Z';
	it.each([
		['fi', 'perjantai 6.3.', '10.05'],
		['sv', 'fredag 6.3', '10.05'],
		['en', 'Friday 6 Mar', '10:05']
	])('in %s', (locale, date, time) => {
		expect([formatDate(at, locale, 'weekday'), formatTime(at, locale)]).toEqual([date, time]);
	});

	it.each(['fa', 'prs', 'ckb', 'so', 'th', 'ar'])(
		'in %s the calendar is Gregorian, digits Latin and the clock has 24 hours',
		(locale) => {
			expect(formatDate(at, locale, 'date')).toMatch(/2026/);
			expect(formatTime('2026-03-06T18:05:00Z', locale)).toMatch(/20.05/);
		}
	);

	it('writes a range with a dash', () => {
		expect(formatTimeRange('09:00', '15:00', 'fi')).toBe('9.00–15.00');
		expect(formatTimeRange('09:00', '15:00', 'en')).toBe('09:00–15:00');
	});
});
