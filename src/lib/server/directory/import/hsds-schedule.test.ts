import { describe, expect, it } from 'vitest';
import { hours } from '#lib/domain/hours.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { hsdsDate, hsdsTime, readSchedules } from './hsds-schedule.ts';

/** Reads one row with ten to four; returns the rule and the codes and fields that were reported. */
function read(row: Record<string, JsonValue>) {
	const told: string[] = [];
	const found = readSchedules(
		[{ opens_at: '10:00', closes_at: '16:00', ...row }],
		(text) => (text ? { en: { text, origin: 'written' } } : undefined),
		(_, code, field) => told.push(`${code} ${field}`)
	);
	if (found) expect(hours.safeParse(found).error).toBeUndefined();
	const { opens: _opens, closes: _closes, ...rule } = found?.rules[0] ?? {};
	return { rule: found ? rule : undefined, told };
}

describe('a time of day', () => {
	it.each([
		['9:00', '09:00'],
		['09:00', '09:00'],
		['9.00', '09:00'],
		['09:00:00', '09:00'],
		['09:00:00.000', '09:00'],
		['0900', '09:00'],
		['9', '09:00'],
		['9am', '09:00'],
		['9:30 PM', '21:30'],
		['12am', '00:00'],
		['12 p.m.', '12:00'],
		['24:00', '24:00'],
		['00:00', '00:00'],
		['09:00+02:00', '09:00'],
		['09:00+03:00', '09:00']
	])('%s is %s', (text, time) => {
		expect(hsdsTime(text)).toEqual({ time });
	});

	it('keeps a zone that is not Finland’s', () => {
		expect(hsdsTime('09:00Z')).toEqual({ time: '09:00', zone: 'Z' });
		expect(hsdsTime('09:00-5:00')).toEqual({ time: '09:00', zone: '-5:00' });
	});

	it.each(['13:00pm', '0am', '25:00', '24:30', '9:60', 'noon', '', '9:0', '900', '-9:00', '9:00:99x'])(
		'%s is none',
		(text) => {
			expect(hsdsTime(text)).toBeUndefined();
		}
	);
});

describe('a date', () => {
	it.each([
		['2024-02-29', '2024-02-29'],
		['2024-01-01T00:00:00Z', '2024-01-01'],
		['9999-12-31', null],
		['0001-01-01', null],
		['', null],
		['2023-02-29', undefined],
		['01/02/2024', undefined],
		['soon', undefined]
	])('%s is %s', (text, date) => {
		expect(hsdsDate(text)).toBe(date);
	});
});

describe('a row of a schedule', () => {
	it.each<[string, Record<string, JsonValue>, { from: string; to?: string; rule: string | null }]>([
		['weekdays', { freq: 'WEEKLY', byday: 'MO,TU', dtstart: '2024-01-01' }, { from: '2024-01-01', rule: 'FREQ=WEEKLY;BYDAY=MO,TU' }],
		['small letters and spaces', { freq: 'weekly', byday: 'mo tu' }, { from: '2000-01-01', rule: 'FREQ=WEEKLY;BYDAY=MO,TU' }],
		['weekdays without a frequency', { byday: 'FR' }, { from: '2000-01-01', rule: 'FREQ=WEEKLY;BYDAY=FR' }],
		['an end', { freq: 'WEEKLY', byday: 'FR', valid_from: '2024-01-01', valid_to: '2024-06-30' }, { from: '2024-01-01', to: '2024-06-30', rule: 'FREQ=WEEKLY;BYDAY=FR' }],
		['the earlier of two ends', { freq: 'WEEKLY', byday: 'FR', valid_from: '2024-01-01', valid_to: '2024-06-30', until: '2024-05-01' }, { from: '2024-01-01', to: '2024-05-01', rule: 'FREQ=WEEKLY;BYDAY=FR' }],
		['until further notice', { freq: 'WEEKLY', byday: 'FR', valid_from: '2024-01-01', valid_to: '9999-12-31' }, { from: '2024-01-01', rule: 'FREQ=WEEKLY;BYDAY=FR' }],
		['every other week', { freq: 'WEEKLY', interval: 2, byday: 'TU', wkst: 'SU', dtstart: '2024-01-02', count: 5 }, { from: '2024-01-02', rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=TU;WKST=SU' }],
		['every other week, in force within its week', { freq: 'WEEKLY', interval: '2', dtstart: '2024-01-02', valid_from: '2024-01-16' }, { from: '2024-01-16', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' }],
		['every other week, in force in a week between', { freq: 'WEEKLY', interval: 2, byday: 'TU', dtstart: '2024-01-02', valid_from: '2024-01-10' }, { from: '2024-01-15', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' }],
		['every third day, in force later', { freq: 'DAILY', interval: 3, dtstart: '2024-01-01', valid_from: '2024-01-02' }, { from: '2024-01-04', rule: 'FREQ=DAILY;INTERVAL=3' }],
		['every other month, in force between', { freq: 'MONTHLY', interval: 2, dtstart: '2024-01-15', valid_from: '2024-02-01' }, { from: '2024-03-01', rule: 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15' }],
		['the first Monday', { freq: 'MONTHLY', byday: '1MO,-1FR' }, { from: '2000-01-01', rule: 'FREQ=MONTHLY;BYDAY=1MO,-1FR' }],
		['days of a month', { freq: 'MONTHLY', bymonthday: '2,3,-1' }, { from: '2000-01-01', rule: 'FREQ=MONTHLY;BYMONTHDAY=2,3,-1' }],
		['weeks of a year', { freq: 'YEARLY', byweekno: '41,42', byday: 'TH' }, { from: '2000-01-01', rule: 'FREQ=YEARLY;BYDAY=TH;BYWEEKNO=41,42' }],
		['days of a year', { freq: 'YEARLY', byyearday: '1,-1' }, { from: '2000-01-01', rule: 'FREQ=YEARLY;BYYEARDAY=1,-1' }],
		['one day', { dtstart: '2024-03-01' }, { from: '2024-03-01', rule: null }],
		['days between two dates', { valid_from: '2024-03-01', valid_to: '2024-03-05' }, { from: '2024-03-01', to: '2024-03-05', rule: 'FREQ=DAILY' }]
	])('says %s', (_, row, rule) => {
		expect(read(row)).toEqual({ rule, told: [] });
	}); // prettier-ignore

	it.each<[Record<string, JsonValue>, string]>([
		[{ byday: 'MO', opens_at: '13:00pm' }, 'bad_time schedules.opens_at'],
		[{ byday: 'MO', closes_at: null }, 'bad_time schedules.closes_at'],
		[{ byday: 'MO', opens_at: '24:00' }, 'bad_time schedules.opens_at'],
		[{ byday: 'MO', opens_at: null, closes_at: '' }, 'no_time schedules.opens_at'],
		[{ byday: 'Monday' }, 'bad_rule schedules.byday'],
		[{ freq: 'WEEKLY', byday: '1MO' }, 'bad_rule schedules.byday'],
		[{ freq: 'SOMETIMES', byday: 'MO' }, 'unknown_value schedules.freq'],
		[{ byday: 'MO', wkst: 'XX' }, 'unknown_value schedules.wkst'],
		[{ byday: 'MO', interval: 0 }, 'bad_rule schedules.interval'],
		[{ byday: 'MO', count: -1 }, 'bad_rule schedules.count'],
		[{ freq: 'WEEKLY', byday: 'MO', bymonthday: '1' }, 'bad_rule schedules.bymonthday'],
		[{ freq: 'MONTHLY', bymonthday: '32' }, 'bad_rule schedules.bymonthday'],
		[{ freq: 'YEARLY', byweekno: '54', byday: 'MO' }, 'bad_rule schedules.byweekno'],
		[{ freq: 'YEARLY', byyearday: '0' }, 'bad_rule schedules.byyearday'],
		[{ freq: 'WEEKLY' }, 'no_days schedules.dtstart'],
		[{ freq: 'WEEKLY', byday: 'MO', interval: 2 }, 'no_days schedules.dtstart'],
		[{}, 'no_days schedules.freq'],
		[{ byday: 'MO', valid_from: '2024-13-01' }, 'bad_date schedules.valid_from'],
		[{ byday: 'MO', valid_from: '2024-02-01', valid_to: '2024-01-01' }, 'bad_date schedules.valid_to'],
		[
			{ byday: 'MO', count: 3, dtstart: '2024-01-01', valid_from: '2024-02-01' },
			'bad_rule schedules.valid_from'
		]
	])('%j is left out', (row, told) => {
		expect(read(row)).toEqual({ rule: undefined, told: [told] });
	});

	it('has a note, and tells that it has another zone', () => {
		expect(
			read({ byday: 'MO', opens_at: '10:00Z', description: 'By appointment', notes: 'Ring first' })
		).toEqual({
			rule: {
				from: '2000-01-01',
				rule: 'FREQ=WEEKLY;BYDAY=MO',
				note: { en: { text: 'By appointment\nRing first', origin: 'written' } }
			},
			told: ['time_zone schedules.opens_at']
		});
	});

	it.each<[Record<string, JsonValue>, 'note' | 'words', string]>([
		[{ description: 'Open on weekdays' }, 'words', 'Open on weekdays'],
		[{ notes: 'Ring the bell' }, 'words', 'Ring the bell'],
		[{ description: 'Ovi on pihan puolella', attending_type: 'in_person' }, 'words', 'Ovi on pihan puolella'],
		[{ description: 'Puhelinpalvelu' }, 'note', 'Puhelinpalvelu'],
		[{ description: 'Telefontid' }, 'note', 'Telefontid'],
		[{ description: 'No appointment needed' }, 'words', 'No appointment needed'],
		[{ description: 'Ilman ajanvarausta' }, 'words', 'Ilman ajanvarausta'],
		[{ description: 'Vain ajanvarauksella' }, 'note', 'Vain ajanvarauksella'],
		[{ description: 'Weekdays', attending_type: 'phone' }, 'note', 'Weekdays'],
		[{ attending_type: 'online' }, 'note', 'online']
	])('with %j says whether its hours are those of the door', (row, member, text) => {
		expect(read({ byday: 'MO', ...row }).rule).toMatchObject({
			[member]: { en: { text, origin: 'written' } }
		});
	});

	it('is one of not too many', () => {
		const told: string[] = [];
		const row = { opens_at: '10:00', closes_at: '16:00', byday: 'MO' };
		const found = readSchedules(Array.from({ length: 300 }, () => row), () => undefined, (_, code) => told.push(code)); // prettier-ignore
		expect(found?.rules).toHaveLength(200);
		expect(told).toEqual(['too_many']);
	});
});
