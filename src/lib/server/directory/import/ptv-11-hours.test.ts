import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { hours } from '#lib/domain/hours.ts';
import { channel11 } from './ptv-11-schema.ts';
import { hoursOf11 } from './ptv-11-hours.ts';

type Problem = [code: string, field: string, found: unknown];

/** Hours of a channel whose `serviceHours` is this, checked against the directory's schema. */
function read(...serviceHours: unknown[]) {
	const problems: Problem[] = [];
	const channel = channel11.parse({ id: 'x', serviceHours });
	const found = hoursOf11(channel.serviceHours, (code, field, value) => problems.push([code, field, value]));
	if (found) z.parse(hours, found);
	return { found, problems };
}

const weekly = (openingHour: unknown, more: object = {}) => ({
	serviceHourType: 'DaysOfTheWeek',
	validFrom: null,
	validTo: null,
	isClosed: false,
	validForNow: true,
	isAlwaysOpen: false,
	isReservation: false,
	additionalInformation: [{ value: null, language: 'fi' }],
	openingHour,
	...more
});

const on = (dayFrom: string, from: string, to: string, dayTo: string | null = '') => ({
	dayFrom,
	dayTo,
	from,
	to
});

const always = '2000-01-01';

describe('weekly hours', () => {
	it('are one rule for all days with the same times; dayTo is empty for one day', () => {
		const { found, problems } = read(
			weekly([
				on('Monday', '08:00:00', '16:00:00'),
				on('Wednesday', '08:00:00', '16:00:00', null),
				on('Friday', '08:00:00', '14:30:00')
			])
		);
		expect(found).toEqual({
			rules: [
				{ opens: '08:00', closes: '16:00', from: always, rule: 'FREQ=WEEKLY;BYDAY=MO,WE' },
				{ opens: '08:00', closes: '14:30', from: always, rule: 'FREQ=WEEKLY;BYDAY=FR' }
			],
			exceptions: []
		});
		expect(problems).toEqual([]);
	});

	it('take ranges of days, also over the end of the week, and several spans a day', () => {
		const { found } = read(
			weekly([
				on('Monday', '9:00', '11:00', 'Friday'),
				on('Monday', '12:00', '15:00', 'Friday'),
				on('Saturday', '10:00', '12:00', 'Monday')
			])
		);
		expect(found?.rules.map(({ rule, opens, closes }) => [rule, opens, closes])).toEqual([
			['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:00', '11:00'],
			['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '12:00', '15:00'],
			['FREQ=WEEKLY;BYDAY=MO,SA,SU', '10:00', '12:00']
		]);
	});

	it('hold from and to the days that are said, in Finnish time', () => {
		const { found } = read(
			weekly([on('Monday', '08:00', '16:00')], {
				serviceHourType: 'Standard',
				validFrom: '2026-05-31T21:00:00',
				validTo: '2026-08-31T00:00:00',
				validForNow: false
			})
		);
		expect(found?.rules[0]).toMatchObject({ from: '2026-06-01', to: '2026-08-31' });
	});

	it('hold until further notice where the end is in the year 9999', () => {
		const { found, problems } = read(
			weekly([on('Monday', '08:00', '16:00')], {
				validFrom: '0001-01-01T00:00:00',
				validTo: '9999-12-31T23:59:59.9999999'
			})
		);
		expect(found?.rules[0]).toEqual({
			opens: '08:00',
			closes: '16:00',
			from: always,
			rule: 'FREQ=WEEKLY;BYDAY=MO'
		});
		expect(problems).toEqual([]);
	});

	it('may be by appointment, may go on to midnight or over it, and may be all the time', () => {
		const { found } = read(
			weekly([on('Monday', '08:00', '00:00')], {
				isReservation: true,
				additionalInformation: [{ language: 'fi', value: '<b>Rokotukset</b>' }]
			}),
			weekly([on('Friday', '22:00', '02:00')]),
			weekly([on('Sunday', '00:00:00', '00:00:00')]),
			weekly([], { isAlwaysOpen: true })
		);
		expect(found?.rules).toEqual([
			{
				opens: '08:00',
				closes: '24:00',
				from: always,
				rule: 'FREQ=WEEKLY;BYDAY=MO',
				note: {
					fi: { text: 'Rokotukset. Ajanvarauksella', origin: 'written' },
					sv: { text: 'Enligt tidsbokning', origin: 'written' },
					en: { text: 'By appointment', origin: 'written' }
				}
			},
			{ opens: '22:00', closes: '02:00', from: always, rule: 'FREQ=WEEKLY;BYDAY=FR' },
			{ opens: '00:00', closes: '24:00', from: always, rule: 'FREQ=WEEKLY;BYDAY=SU' },
			{ opens: '00:00', closes: '24:00', from: always, rule: 'FREQ=DAILY' }
		]);
	});

	it('that are closed for a while are an exception', () => {
		const closed = weekly([], { isClosed: true, validFrom: '2026-07-01', validTo: '2026-07-31' });
		expect(read(closed).found?.exceptions).toEqual([{ from: '2026-07-01', to: '2026-07-31', open: [] }]);
		const forNow = weekly([], { isClosed: true, validFrom: '2026-07-01' });
		expect(read(forNow).found?.exceptions[0]).toMatchObject({ to: '9999-12-31', open: [] });
	});
});

describe('hours over midnight', () => {
	it('last from a time of one day to a time of another', () => {
		const { found } = read(
			weekly([on('Friday', '18:00:00', '08:00:00', 'Monday')], { serviceHourType: 'OverMidnight' })
		);
		expect(found?.rules.map(({ rule, opens, closes }) => [rule, opens, closes])).toEqual([
			['FREQ=WEEKLY;BYDAY=FR', '18:00', '24:00'],
			['FREQ=WEEKLY;BYDAY=SA,SU', '00:00', '24:00'],
			['FREQ=WEEKLY;BYDAY=MO', '00:00', '08:00']
		]);
	});

	it.each([
		[
			'to the next morning',
			on('Monday', '20:00', '06:00', 'Tuesday'),
			[['FREQ=WEEKLY;BYDAY=MO', '20:00', '06:00']]
		],
		['without a second day', on('Monday', '20:00', '06:00'), [['FREQ=WEEKLY;BYDAY=MO', '20:00', '06:00']]],
		[
			'within one day',
			on('Monday', '06:00', '20:00', 'Monday'),
			[['FREQ=WEEKLY;BYDAY=MO', '06:00', '20:00']]
		],
		['to midnight', on('Sunday', '20:00', '00:00', 'Monday'), [['FREQ=WEEKLY;BYDAY=SU', '20:00', '24:00']]],
		['all week', on('Monday', '00:00', '00:00', 'Monday'), [['FREQ=DAILY', '00:00', '24:00']]],
		[
			'for more than a day',
			on('Monday', '08:00', '10:00', 'Tuesday'),
			[
				['FREQ=WEEKLY;BYDAY=MO', '08:00', '24:00'],
				['FREQ=WEEKLY;BYDAY=TU', '00:00', '10:00']
			]
		]
	])('%s', (_what, opening, expected) => {
		const { found } = read(weekly([opening], { serviceHourType: 'Special' }));
		expect(found?.rules.map(({ rule, opens, closes }) => [rule, opens, closes])).toEqual(expected);
	});
});

describe('exceptional hours', () => {
	const exceptional = (more: object) =>
		weekly([], { serviceHourType: 'Exceptional', validForNow: false, ...more });

	it('close a day or open it at other times', () => {
		const { found, problems } = read(
			exceptional({ isClosed: true, validFrom: '2026-12-23T22:00:00' }),
			exceptional({
				serviceHourType: 'Exception',
				validFrom: '2026-12-31T00:00:00',
				validTo: '2026-12-31T23:59:59',
				openingHour: [on('Thursday', '08:00:00', '12:00:00')],
				additionalInformation: [{ language: 'sv', value: 'Nyårsafton' }]
			}),
			exceptional({ isAlwaysOpen: true, validFrom: '2027-01-01' })
		);
		expect(found).toEqual({
			rules: [],
			exceptions: [
				{ from: '2026-12-24', to: '2026-12-24', open: [] },
				{
					from: '2026-12-31',
					to: '2026-12-31',
					open: [{ opens: '08:00', closes: '12:00' }],
					note: { sv: { text: 'Nyårsafton', origin: 'written' } }
				},
				{ from: '2027-01-01', to: '2027-01-01', open: [{ opens: '00:00', closes: '24:00' }] }
			]
		});
		expect(problems).toEqual([]);
	});

	it('of several days open on each of them, or on the weekdays that are named', () => {
		const days = { validFrom: '2026-07-06', validTo: '2026-07-12' };
		const daily = read(
			exceptional({ ...days, openingHour: [on('', '10:00', '12:00'), on('', '13:00', '14:00')] })
		);
		expect(daily.found?.exceptions).toEqual([
			{
				from: '2026-07-06',
				to: '2026-07-12',
				open: [
					{ opens: '10:00', closes: '12:00' },
					{ opens: '13:00', closes: '14:00' }
				]
			}
		]);
		const named = read(exceptional({ ...days, openingHour: [on('Monday', '10:00', '12:00', 'Wednesday')] }));
		expect(named.found?.exceptions).toEqual([
			{ from: '2026-07-06', to: '2026-07-08', open: [{ opens: '10:00', closes: '12:00' }] },
			{ from: '2026-07-09', to: '2026-07-12', open: [] }
		]);
	});

	it('that cannot be placed in time are left out', () => {
		const nowhere = read(exceptional({ isClosed: true }));
		expect(nowhere.found).toBeUndefined();
		expect(nowhere.problems[0]?.[0]).toBe('bad_date');
		const forever = read(
			exceptional({
				validFrom: '2026-01-01',
				validTo: '9999-12-31',
				openingHour: [on('Monday', '08:00', '10:00'), on('Friday', '08:00', '12:00')]
			})
		);
		expect(forever.found).toBeUndefined();
		expect(forever.problems[0]?.[0]).toBe('exception_too_long');
		const empty = read(exceptional({ validFrom: '2026-01-01' }));
		expect(empty.problems).toEqual([['no_hours', 'serviceHours[0]', 'Exceptional']]);
	});
});

describe('what cannot be read', () => {
	it.each([
		['an end with pm', on('Monday', '09:00', '13:00pm'), 'bad_time', '09:00–13:00pm'],
		['an hour that there is not', on('Monday', '25:00', '26:00'), 'bad_time', '25:00–26:00'],
		['no end', { dayFrom: 'Monday', from: '09:00' }, 'bad_time', '09:00–'],
		['the same time twice', on('Monday', '08:00', '08:00'), 'bad_time', '08:00–08:00'],
		['no day', on('', '09:00', '13:00'), 'bad_day', '–'],
		['a day in Finnish', on('maanantai', '09:00', '13:00'), 'bad_day', 'maanantai–'],
		['a second day that is none', on('Monday', '09:00', '13:00', 'Someday'), 'bad_day', 'Monday–Someday']
	])('%s is reported, and only that opening is left out', (_what, opening, code, value) => {
		const { found, problems } = read(weekly([opening, on('Tuesday', '10:00', '11:00')]));
		expect(problems).toEqual([[code, 'serviceHours[0]', value]]);
		expect(found?.rules).toHaveLength(1);
	});

	it.each([
		['a date', { validFrom: '31.12.2026' }, 'bad_date'],
		['a day that there is not', { validTo: '2026-02-31T00:00:00' }, 'bad_date'],
		['an end before the beginning', { validFrom: '2026-02-01', validTo: '2026-01-01' }, 'bad_date'],
		['a kind', { serviceHourType: 'string' }, 'unknown_value']
	])('%s is reported, and those hours are left out', (_what, more, code) => {
		const { found, problems } = read(weekly([on('Monday', '08:00', '16:00')], more));
		expect(found).toBeUndefined();
		expect(problems.map(([first]) => first)).toEqual([code]);
	});

	it('hours that say nothing are reported; null and wrong kinds are nothing', () => {
		expect(read(weekly(null)).problems).toEqual([['no_hours', 'serviceHours[0]', 'DaysOfTheWeek']]);
		expect(read(null, 'x', 7)).toEqual({ found: undefined, problems: [] });
	});
});
