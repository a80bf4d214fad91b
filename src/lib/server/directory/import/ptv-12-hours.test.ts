import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { hours } from '#lib/domain/hours.ts';
import { hoursOf12 } from './ptv-12-hours.ts';
import { channel12 } from './ptv-12-schema.ts';

const written = (text: string) => ({ text, origin: 'written' });

type Given = Record<string, unknown>;

/** Hours of a channel, checked against the directory's schema. */
function hoursOf(given: Given[], holidayServiceHours: Given | null = null) {
	const problems: [code: string, found: unknown][] = [];
	const record = channel12.parse({ contentId: 'x', serviceHours: { hours: given, holidayServiceHours } });
	const found =
		record.serviceHours &&
		hoursOf12(record.serviceHours, (code, _field, value) => problems.push([code, value]));
	return { hours: found && z.parse(hours, found), problems };
}

const open = (start: string, end: string, more: Given = {}) => ({
	start,
	end,
	openingStatus: 'Open',
	repetition: 'Weekly',
	additionalInformation: {},
	...more
});

const from = '2000-01-01';

describe('hours of version 12', () => {
	it('by the week, with a heading, by appointment, and until further notice', () => {
		const { hours: found, problems } = hoursOf([
			{
				type: 'WeeklyUntilFurtherNoticeServiceHour',
				heading: { fi: 'Kesä' },
				additionalInformation: {},
				weeklyHours: {
					monday: { hours: [open('08:00', '12:00'), open('13:00', '16:00')] },
					tuesday: { hours: [open('08:00', '12:00')] },
					friday: { hours: [open('08:00', '10:00', { openingStatus: 'OpenOnReservation' })] }
				}
			}
		]);
		const note = { fi: written('Kesä') };
		expect(found?.rules).toEqual([
			{ opens: '08:00', closes: '12:00', from, rule: 'FREQ=WEEKLY;BYDAY=MO,TU', note },
			{ opens: '13:00', closes: '16:00', from, rule: 'FREQ=WEEKLY;BYDAY=MO', note },
			{
				opens: '08:00',
				closes: '10:00',
				from,
				rule: 'FREQ=WEEKLY;BYDAY=FR',
				note: {
					fi: written('Kesä. Ajanvarauksella'),
					sv: written('Enligt tidsbokning'),
					en: written('By appointment')
				}
			}
		]);
		expect(problems).toEqual([]);
	});

	it('within dates, in odd or even weeks by their number', () => {
		const { hours: found } = hoursOf([
			{
				type: 'WeeklyDateRangeServiceHour',
				fromDate: '2026-06-01',
				toDate: '9999-12-31',
				weeklyHours: {
					monday: { hours: [open('10:00', '12:00', { repetition: 'OddWeeks' })] },
					sunday: { hours: [open('10:00', '12:00', { repetition: 'EvenWeeks' })] }
				}
			}
		]);
		expect(found?.rules.map(({ from: first, to, rule }) => [first, to, rule])).toEqual([
			['2026-06-01', undefined, expect.stringMatching(/^FREQ=YEARLY;BYWEEKNO=1,3,[\d,]+,51,53;BYDAY=MO$/)],
			['2026-06-01', undefined, expect.stringMatching(/^FREQ=YEARLY;BYWEEKNO=2,4,[\d,]+,50,52;BYDAY=SU$/)]
		]);
	});

	it('without a break: always, over several days of every week, and within dates', () => {
		const days = {
			openingStatus: 'Open',
			fromDay: 'Friday',
			toDay: 'Sunday',
			fromTime: '18:00',
			toTime: '12:00'
		};
		const { hours: found } = hoursOf([
			{ type: 'ContinuousAlwaysValidServiceHour', openingStatus: 'Open' },
			{ type: 'ContinuousWeekdaysUntilFurtherNoticeServiceHour', ...days },
			{ type: 'ContinuousDateRangeServiceHour', ...days, fromDate: '2026-06-01', toDate: '2026-06-30' }
		]);
		const weekend = (more: Given) => [
			{ opens: '18:00', closes: '24:00', rule: 'FREQ=WEEKLY;BYDAY=FR', ...more },
			{ opens: '00:00', closes: '24:00', rule: 'FREQ=WEEKLY;BYDAY=SA', ...more },
			{ opens: '00:00', closes: '12:00', rule: 'FREQ=WEEKLY;BYDAY=SU', ...more }
		];
		expect(found?.rules).toEqual([
			{ opens: '00:00', closes: '24:00', from, rule: 'FREQ=DAILY' },
			...weekend({ from }),
			...weekend({ from: '2026-06-01', to: '2026-06-30' })
		]);
	});

	it('exceptional ones only on the weekdays and in the weeks that are named', () => {
		const { hours: found } = hoursOf([
			{
				type: 'ExceptionalDateRangeServiceHour',
				fromDate: '2026-06-01',
				toDate: '2026-06-14',
				weeklyHours: {
					monday: { hours: [open('', '', { openingStatus: 'Closed' })] },
					tuesday: { hours: [open('', '', { openingStatus: 'Closed' })] },
					// The week of 1 June 2026 is number 23.
					friday: { hours: [open('10:00', '11:00', { repetition: 'OddWeeks' })] }
				}
			}
		]);
		expect(found?.exceptions).toEqual([
			{ from: '2026-06-01', to: '2026-06-02', open: [] },
			{ from: '2026-06-05', to: '2026-06-05', open: [{ opens: '10:00', closes: '11:00' }] },
			{ from: '2026-06-08', to: '2026-06-09', open: [] }
		]);
	});

	const named = (holidayName: string, ...hours: Given[]) => ({ holidayName, hours });
	const closed = open('', '', { openingStatus: 'Closed' });

	it('of holidays by name every year, and by date in some years', () => {
		const holidays = [
			named('ChristmasEve', open('08:00', '12:00')),
			named('MidsummerDay', closed),
			named('MayDayEve', closed),
			named('Juhannus', closed),
			named('Epiphany', open('8', '12:00'))
		];
		const yearly = hoursOf([], { repetition: { type: 'RepetitionEveryYear' }, holidays });
		expect(yearly.hours).toEqual({
			rules: [],
			exceptions: [],
			holidays: { 'christmas-eve': [{ opens: '08:00', closes: '12:00' }], 'midsummer-day': [] }
		});
		expect(yearly.problems).toEqual([
			['unknown_holiday', 'MayDayEve'],
			['unknown_value', 'Juhannus'],
			['bad_time', '8–12:00']
		]);
		const some = hoursOf([], {
			repetition: { type: 'RepetitionInSelectedYears', years: [2026, 2027] },
			holidays: [named('MidsummerDay', closed), named('MayDayEve', open('08:00', '12:00'))]
		});
		expect(some.hours?.exceptions).toEqual([
			{ from: '2026-06-20', to: '2026-06-20', open: [] },
			{ from: '2027-06-26', to: '2027-06-26', open: [] },
			{ from: '2026-04-30', to: '2026-04-30', open: [{ opens: '08:00', closes: '12:00' }] },
			{ from: '2027-04-30', to: '2027-04-30', open: [{ opens: '08:00', closes: '12:00' }] }
		]);
	});

	it.each([
		['a type', { type: 'MonthlyServiceHour' }, ['unknown_value', 'MonthlyServiceHour']],
		['a date', { type: 'WeeklyDateRangeServiceHour', fromDate: '1.6.2026' }, ['bad_date', '1.6.2026–']],
		[
			'a time',
			{
				type: 'WeeklyUntilFurtherNoticeServiceHour',
				weeklyHours: { monday: { hours: [open('09:00', '13:00pm')] } }
			},
			['bad_time', '09:00–13:00pm']
		],
		[
			'a repetition',
			{
				type: 'WeeklyUntilFurtherNoticeServiceHour',
				weeklyHours: { monday: { hours: [open('09:00', '13:00', { repetition: 'Monthly' })] } }
			},
			['unknown_value', 'Monthly']
		],
		[
			'a weekday',
			{
				type: 'WeeklyUntilFurtherNoticeServiceHour',
				weeklyHours: { maanantai: { hours: [open('09:00', '13:00')] } }
			},
			['bad_day', 'maanantai']
		],
		[
			'a day of a continuous opening',
			{
				type: 'ContinuousWeekdaysUntilFurtherNoticeServiceHour',
				fromDay: '',
				toDay: '',
				fromTime: '8:00',
				toTime: '9:00'
			},
			['bad_day', '–']
		]
	])('%s that cannot be read is reported and left out', (_what, hour, problem) => {
		const { hours: found, problems } = hoursOf([hour]);
		expect(found).toBeUndefined();
		expect(problems).toEqual([problem]);
	});
});
