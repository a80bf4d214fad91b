import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import { HOLIDAYS } from '#lib/domain/hours.ts';
import { locales } from '#lib/paraglide/runtime.js';
import { dayWords, holidayName, openingWords, spanWords } from './hours-words.ts';

/** A Friday. */
const now = instantOf('2026-03-06', '10:00');
const at = (date: string, time: string) => instantOf(date, time);
const closes = (date: string, time: string) =>
	openingWords({ kind: 'open', closes: at(date, time) }, now, 'fi');
const opens = (date: string, time: string, locale: 'fi' | 'sv' | 'en' = 'fi') =>
	openingWords({ kind: 'closed', opens: at(date, time) }, now, locale);

describe('words of opening hours', () => {
	it('say until when it is open', () => {
		expect(closes('2026-03-06', '16:00')).toBe('Avoinna nyt, sulkeutuu 16.00');
		expect(closes('2026-03-07', '00:00')).toBe('Avoinna nyt, sulkeutuu 24.00');
		expect(closes('2026-03-07', '02:00')).toBe('Avoinna nyt, sulkeutuu huomenna 2.00');
		expect(openingWords({ kind: 'around-the-clock' }, now, 'fi')).toBe('Avoinna ympäri vuorokauden');
	});

	it('say when it opens: today, tomorrow, on a weekday or a date', () => {
		expect(opens('2026-03-06', '12:00')).toBe('Suljettu, avautuu 12.00');
		expect(opens('2026-03-07', '09:00')).toBe('Suljettu, avautuu huomenna 9.00');
		expect(opens('2026-03-09', '09:00')).toBe('Suljettu, avautuu maanantaina 9.00');
		expect(opens('2026-03-09', '09:00', 'sv')).toBe('Stängt, öppnar på måndag 9.00');
		expect(opens('2026-03-09', '09:00', 'en')).toBe('Closed, opens on Monday 09:00');
		expect(opens('2026-03-13', '09:00')).toBe('Suljettu, avautuu 13.3. klo 9.00');
		expect(openingWords({ kind: 'closed', opens: undefined }, now, 'fi')).toBe('Suljettu');
		expect(openingWords({ kind: 'unknown' }, now, 'fi')).toBeUndefined();
		expect(openingWords({ kind: 'holiday', holiday: 'independence-day' }, now, 'fi')).toBe(
			'Tänään on itsenäisyyspäivä: ajat voivat olla muut.'
		);
	});

	it('tell the hours of a day', () => {
		const spans = [
			{ opens: '09:00', closes: '12:00' },
			{ opens: '13:00', closes: '16:00' }
		];
		expect(spanWords(spans, 'fi')).toBe('9.00–12.00, 13.00–16.00');
		expect(spanWords([], 'sv')).toBe('stängt');
		expect(spanWords([{ opens: '00:00', closes: '24:00' }], 'en')).toBe('around the clock');
		expect(dayWords('2026-03-06', 'fi')).toBe('perjantai 6.3.');
	});

	it('name every holiday in every language of the app', () => {
		for (const locale of locales) {
			const names = HOLIDAYS.map((holiday) => holidayName(holiday, locale));
			expect(new Set(names).size).toBe(HOLIDAYS.length);
		}
	});
});
