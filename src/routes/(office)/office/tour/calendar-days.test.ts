import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { weekday } from '#lib/domain/weeks.ts';
import { calendarDays, shifted } from './calendar-days.ts';

it('a month is shown in whole weeks, and a week is a week', () => {
	expect(calendarDays('week', '2026-11-28')).toEqual([
		'2026-11-23',
		'2026-11-24',
		'2026-11-25',
		'2026-11-26',
		'2026-11-27',
		'2026-11-28',
		'2026-11-29'
	]);
	const february = calendarDays('month', '2027-02-15');
	expect([february[0], february.at(-1), february.length]).toEqual(['2027-02-01', '2027-02-28', 28]);
	const november = calendarDays('month', '2026-11-28');
	expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
});

it('forward and back is where one was, over the ends of years, too', () => {
	const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2024-01-01', days));
	fc.assert(
		fc.property(day, fc.constantFrom('week' as const, 'month' as const), (date, view) => {
			const days = calendarDays(view, date);
			expect(days).toContain(date);
			expect(weekday(days[0] ?? '')).toBe(1);
			expect(days.length % 7).toBe(0);
			expect(calendarDays(view, shifted(view, shifted(view, date, 1), -1))).toEqual(days);
			// Nothing lies between one and the next.
			const next = calendarDays(view, shifted(view, date, 1));
			expect((next[0] ?? '') <= addDays(days.at(-1) ?? '', 1)).toBe(true);
		}),
		{ numRuns: 300 }
	);
});
