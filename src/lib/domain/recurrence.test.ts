import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { addDays } from './dates.ts';
import { anyDays } from './full-recurrence.ts';
import { holidaysOn } from './holidays.ts';
import { daysBetween, plainDays } from './recurrence.ts';
import { plannedBetween } from './stops.ts';
import type { Reception } from './tour.ts';
import { weekday } from './weeks.ts';

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** What ical.js itself says, without our bounds. */
function byLibrary(rule: string, first: string, from: string, to: string): string[] {
	const days = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
	const found: string[] = [];
	for (let day = days.next() as ICAL.Time | null; day && day.toString() <= to; day = days.next()) {
		if (day.toString() >= from) found.push(day.toString());
	}
	return found;
}

const aDay = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2025-12-01', days));

const plainRule = fc
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

describe('plain rules', () => {
	it('hold on the days that ical.js says', () => {
		fc.assert(
			fc.property(plainRule, aDay, fc.nat(200), ({ rule, first }, from, length) => {
				const to = addDays(from, length);
				expect(plainDays(rule, first, from, to)).toEqual(byLibrary(rule, first, from, to));
			}),
			{ numRuns: 500 }
		);
	});

	it('take every second week from the week of the first day', () => {
		const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR';
		expect(plainDays(rule, '2026-01-07', '2026-01-01', '2026-01-31')).toEqual([
			'2026-01-09',
			'2026-01-19',
			'2026-01-23'
		]);
	});

	it('leave out a first day that does not fit', () => {
		expect(plainDays('FREQ=DAILY;BYDAY=FR;COUNT=1', '2026-01-07', '2026-01-01', '2026-01-31')).toEqual([
			'2026-01-09'
		]);
		expect(plainDays('FREQ=WEEKLY;BYDAY=TU', '2026-01-07', '2026-01-01', '2026-01-14')).toEqual([
			'2026-01-13'
		]);
	});

	it('end with the day of UNTIL, whatever its time, and may be written in small letters', () => {
		const until = (end: string) =>
			plainDays(`FREQ=DAILY;UNTIL=${end}`, '2026-01-01', '2026-01-01', '2026-02-01');
		expect(until('20260102')).toHaveLength(2);
		expect(until('20260102T235959Z')).toHaveLength(2);
		expect(plainDays('freq=weekly;byday=we', '2026-01-01', '2026-01-01', '2026-01-08')).toEqual([
			'2026-01-07'
		]);
	});

	it.each([
		'',
		'WEEKLY',
		'FREQ=HOURLY',
		'FREQ=WEEKLY;INTERVAL=0',
		'FREQ=WEEKLY;COUNT=-1',
		'FREQ=WEEKLY;BYDAY=1MO',
		'FREQ=WEEKLY;BYDAY=XX',
		'FREQ=WEEKLY;WKST=XX',
		'FREQ=DAILY;UNTIL=20261399',
		'FREQ=DAILY;UNTIL=tomorrow',
		'FREQ=DAILY;BYMONTH=6',
		'INTERVAL=2'
	])('and %j is none', (rule) => {
		expect(plainDays(rule, '2026-01-01', '2026-01-01', '2026-12-31')).toBeUndefined();
	});

	it('cost no walk through the ages', () => {
		expect(plainDays('FREQ=DAILY', '0001-01-01', '2026-01-01', '2026-01-03')).toHaveLength(3);
		expect(
			plainDays('FREQ=DAILY;INTERVAL=99999999999', '2026-01-01', '2026-01-01', '2027-01-01')
		).toHaveLength(1);
		expect(plainDays('FREQ=DAILY;COUNT=99999999', '0001-01-01', '2026-01-01', '2026-01-03')).toBeUndefined();
	});
});

describe('other rules', () => {
	const days = (rule: string, first: string, to = '2026-12-31') => anyDays(rule, first, first, to);

	it('weeks by their ISO number keep odd and even apart over a year of 53 weeks', () => {
		const odd = Array.from({ length: 27 }, (_, index) => 1 + 2 * index).join(',');
		// 2026 has 53 weeks: two odd ones follow each other.
		expect(anyDays(`FREQ=YEARLY;BYWEEKNO=${odd};BYDAY=MO`, '2020-01-01', '2026-12-14', '2027-01-24')).toEqual(
			['2026-12-14', '2026-12-28', '2027-01-04', '2027-01-18']
		);
		// Week 1 of 2026 begins in 2025.
		expect(anyDays('FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,FR', '2020-01-01', '2025-12-01', '2026-02-01')).toEqual([
			'2025-12-29',
			'2026-01-02'
		]);
		expect(days('FREQ=YEARLY;BYWEEKNO=20,22;BYDAY=TU;UNTIL=20260520', '2026-01-01')).toEqual(['2026-05-12']);
	});

	it('hold on the days that the calendar says', () => {
		expect(days('FREQ=MONTHLY;BYDAY=1MO', '2026-01-15', '2026-04-30')).toEqual([
			'2026-02-02',
			'2026-03-02',
			'2026-04-06'
		]);
		expect(days('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-30', '2026-03-31')).toEqual([
			'2026-01-30',
			'2026-02-27',
			'2026-03-31'
		]);
		expect(days('FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260301', '2026-01-01')).toEqual([
			'2026-01-31',
			'2026-02-28'
		]);
		expect(days('FREQ=MONTHLY;COUNT=3', '2026-01-31')).toEqual(['2026-01-31', '2026-03-31', '2026-05-31']);
		expect(days('FREQ=DAILY;BYMONTH=6,7', '2020-01-01', '2020-06-02')).toEqual(['2020-06-01', '2020-06-02']);
		expect(days('FREQ=YEARLY;BYMONTH=6;BYDAY=-1FR', '2026-01-01', '2027-12-31')).toEqual([
			'2026-06-26',
			'2027-06-25'
		]);
		expect(days('FREQ=YEARLY', '2025-05-04')).toEqual(['2025-05-04', '2026-05-04']);
	});

	it('hold on the weekday of a month that was counted by hand', () => {
		const at = fc.record({ nth: fc.integer({ min: 1, max: 4 }), weekday: fc.nat(6), day: aDay });
		fc.assert(
			fc.property(at, ({ nth, weekday, day }) => {
				const to = addDays(day, 100);
				const expected: string[] = [];
				for (let date = day; date <= to; date = addDays(date, 1)) {
					const at = new Date(date);
					if ((at.getUTCDay() + 6) % 7 === weekday && Math.ceil(at.getUTCDate() / 7) === nth)
						expected.push(date);
				}
				expect(anyDays(`FREQ=MONTHLY;BYDAY=${nth}${WEEK[weekday]}`, day, day, to)).toEqual(expected);
			})
		);
	});

	it('read plain ones, too', () => {
		expect(days('FREQ=WEEKLY', '2026-01-01', '2026-01-08')).toEqual(['2026-01-01', '2026-01-08']);
		expect(days('FREQ=MONTHLY;UNTIL=20250101', '2026-01-01')).toEqual([]);
	});

	it.each([
		['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'looks for a day that never comes'],
		['FREQ=MONTHLY;INTERVAL=24;BYDAY=5MO', 'looks for a day that never comes'],
		['FREQ=MONTHLY;INTERVAL=999999999', 'is absurd'],
		['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'makes ical.js take another day'],
		['FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO', 'is more than ical.js can do'],
		['FREQ=MONTHLY;BYHOUR=9', 'has hours, and hours are said elsewhere'],
		['FREQ=MONTHLY;ITERATOR=1', 'has a part that nobody knows'],
		['FREQ=MONTHLY;BYDAY=9MO', 'makes no sense'],
		['FREQ=DAILY;BYMONTH=6;COUNT=3', 'counts a first day that does not fit'],
		['FREQ=FORTNIGHTLY', 'makes no sense']
	])('%s cannot be read: it %s', (rule) => {
		expect(anyDays(rule, '2027-02-01', '2027-02-01', '2099-12-31')).toBeUndefined();
	});

	it('leave 29 February to leap years, which ical.js does not', () => {
		expect(anyDays('FREQ=YEARLY', '2024-02-29', '2024-01-01', '2026-12-31')).toBeUndefined();
	});

	it('answer whatever they are given, and only with days that were asked for', () => {
		const part = fc.constantFrom(
			...[
				'FREQ=MONTHLY',
				'FREQ=YEARLY',
				'FREQ=DAILY',
				'FREQ=WEEKLY',
				'BYDAY=5SU',
				'BYDAY=-1MO',
				'BYDAY=TU,WE'
			],
			...['BYMONTHDAY=31', 'BYMONTHDAY=-31,30', 'BYMONTH=2', 'BYMONTH=4,6', 'BYYEARDAY=366', 'BYSETPOS=-1'],
			...['INTERVAL=13', 'COUNT=4', 'UNTIL=20300101', 'WKST=SU', 'BYDAY=', '=', 'RRULE:']
		);
		const rule = fc.uniqueArray(part, { maxLength: 5 }).map((parts) => parts.join(';'));
		fc.assert(
			fc.property(rule, aDay, (rule, first) => {
				const to = addDays(first, 800);
				for (const day of anyDays(rule, first, '2026-06-01', to) ?? []) {
					expect(day >= first && day >= '2026-06-01' && day <= to).toBe(true);
				}
			}),
			{ numRuns: 50 }
		);
	});
});

describe('the days of something', () => {
	it('are its first day where it comes once', () => {
		expect(daysBetween(null, '2026-01-05', '2026-01-01', '2026-01-31')).toEqual({
			days: ['2026-01-05'],
			understood: true
		});
		expect(daysBetween(null, '2026-02-05', '2026-01-01', '2026-01-31').days).toEqual([]);
	});

	it('are its first day where the rule cannot be read, and that is said', () => {
		const monthly = ['FREQ=MONTHLY', '2026-01-05', '2026-01-01', '2026-12-31'] as const;
		expect(daysBetween(...monthly)).toEqual({ days: ['2026-01-05'], understood: false });
		expect(daysBetween(...monthly, anyDays)).toMatchObject({ days: { length: 12 }, understood: true });
	});

	it('are none where a date does not exist', () => {
		for (const rule of [null, 'FREQ=DAILY', 'FREQ=DAILY;COUNT=3', 'FREQ=MONTHLY']) {
			expect(daysBetween(rule, '2026-13-45', '2026-01-01', '2027-12-31', anyDays).days).toEqual([]);
		}
	});
});

/**
 * Receptions by random rules against a second implementation: days by ical.js, the clock by the rule of the directive, and holidays reckoned in another way.
 * `RULES=10000 SEED=7 vitest run src/lib/domain/recurrence` for more.
 */
const RULES = Number(process.env['RULES'] ?? 1000);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 30));

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
			plainRule,
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
				const expected = byLibrary(drawn.rule, drawn.first, from, to)
					.filter((date) => !isHoliday(date))
					.map((date) => ({
						date,
						from: instant(date, start),
						to: instant(addDays(date, nights), end)
					}));
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
