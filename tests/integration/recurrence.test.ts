import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { holidaysOn } from '#lib/domain/holidays.ts';
import { anyDays } from '#lib/domain/full-recurrence.ts';
import { plannedBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { weekday } from '#lib/domain/weeks.ts';

/**
 * Receptions by random rules against a second implementation: days by ical.js, the clock by the rule of the directive, and holidays reckoned in another way.
 * `RULES=10000 SEED=7 vitest run tests/integration/recurrence` for more.
 */
const RULES = Number(process.env['RULES'] ?? 1000);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 30));

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const HOUR = 3_600_000;

/** Directive 2000/84/EC: summer time begins and ends at 01:00 UTC on the last Sundays of March and October. */
function isSummer(instant: number): boolean {
	const year = new Date(instant).getUTCFullYear();
	const lastSunday = (month: string) => {
		const last = `${year}-${month}-31`;
		return Date.parse(`${addDays(last, -(weekday(last) % 7))}T01:00:00Z`);
	};
	return instant >= lastSunday('03') && instant < lastSunday('10');
}

/** Easter Sunday after Gauss, with his two exceptions, for the years 1900 to 2099. */
function easter(year: number): string {
	const d = (19 * (year % 19) + 24) % 30;
	const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
	const days = d === 29 && e === 6 ? 28 : d === 28 && e === 6 && year % 19 > 10 ? 27 : d + e;
	return addDays(`${year}-03-22`, days);
}

/** Finnish holidays and eves: fixed days, days around Easter, and the first Saturday from a day on. */
function isHoliday(date: string): boolean {
	const year = date.slice(0, 4);
	const fixed = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26', '12-31'];
	if (fixed.includes(date.slice(5))) return true;
	if ([-2, 0, 1, 39, 49].some((days) => addDays(easter(Number(year)), days) === date)) return true;
	const within = (from: string) => date >= `${year}-${from}` && date < addDays(`${year}-${from}`, 7);
	return (
		(weekday(date) === 6 && (within('06-20') || within('10-31'))) || (weekday(date) === 5 && within('06-19'))
	);
}

/** Begin up to half a year before the clock goes forward or back, so that many rules pass the night. */
const aDay = fc.integer({ min: 0, max: 420 }).map((days) => addDays('2025-12-01', days));

const rule = fc
	.record({
		first: aDay,
		freq: fc.constantFrom('DAILY', 'WEEKLY'),
		interval: fc.option(fc.integer({ min: 1, max: 5 })),
		byday: fc.option(fc.uniqueArray(fc.constantFrom(...WEEK), { minLength: 1 })),
		wkst: fc.option(fc.constantFrom(...WEEK)),
		end: fc.option(
			fc.oneof(
				fc.integer({ min: 1, max: 60 }).map((count) => `COUNT=${count}`),
				fc
					.integer({ min: -10, max: 400 })
					.map((days) => `UNTIL=${addDays('2026-01-01', days).replaceAll('-', '')}`)
			)
		)
	})
	.map(({ first, freq, interval, byday, wkst, end }) => {
		// Where the first day does not fit a daily rule, ical.js takes it all the same; RFC 5545 leaves it open.
		const fitting = freq === 'DAILY' ? [WEEK[weekday(first) - 1]] : [];
		const parts = [
			`FREQ=${freq}`,
			interval && `INTERVAL=${interval}`,
			byday && `BYDAY=${[...new Set([...byday, ...fitting])].join(',')}`,
			wkst && `WKST=${wkst}`,
			end
		];
		return { first, rule: parts.filter((part) => part !== null).join(';') };
	});

const at = (quarters: number) =>
	`${String(Math.floor(quarters / 4) % 24).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;

/** RFC 5545 §3.3.5: of a time that an autumn night repeats the first, and one that a spring night leaves out by the offset before the gap. */
function instant(date: string, time: string): number {
	const local = Date.parse(`${date}T${time}:00Z`);
	return isSummer(local - 3 * HOUR) ? local - 3 * HOUR : local - 2 * HOUR;
}

it(`${RULES} random rules agree with a second implementation, over both nights of the clock and without holidays (SEED=${SEED}, RULES=…)`, () => {
	let stops = 0;
	fc.assert(
		fc.property(
			rule,
			aDay,
			fc.nat(200),
			fc.nat(95),
			fc.integer({ min: 1, max: 40 }),
			(drawn, from, length, opens, lasts) => {
				const to = addDays(from, length);
				const [start, end] = [at(opens), at(opens + lasts)];
				const nights = Math.floor((opens + lasts) / 96);
				const all = Array.from({ length: 900 }, (_, days) => addDays('2025-06-01', days));
				const reception: Reception = {
					id: 'one',
					desk: 'one',
					start: `${drawn.first}T${start}`,
					end: `${addDays(drawn.first, nights)}T${end}`,
					rule: drawn.rule,
					except: all.filter((day) => holidaysOn(day).length > 0),
					languages: []
				};
				const expected: { date: string; from: number; to: number }[] = [];
				const days = ICAL.Recur.fromString(drawn.rule).iterator(ICAL.Time.fromDateString(drawn.first));
				for (let day = days.next() as ICAL.Time | null; day && day.toString() <= to; day = days.next()) {
					const date = day.toString();
					if (date >= from && !isHoliday(date))
						expected.push({ date, from: instant(date, start), to: instant(addDays(date, nights), end) });
				}
				const found = plannedBetween([reception], from, to);
				expect(found.map((stop) => ({ date: stop.date, from: stop.from, to: stop.to }))).toEqual(expected);
				expect(anyDays(drawn.rule, drawn.first, from, to)?.filter((day) => !isHoliday(day))).toEqual(
					expected.map(({ date }) => date)
				);
				stops += expected.length;
			}
		),
		{ numRuns: RULES, seed: SEED }
	);
	console.log(`${RULES} rules, ${stops} receptions on their days and hours, seed ${SEED}`);
});
