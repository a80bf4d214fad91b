import { describe, expect, it } from 'vitest';
import type { Hours } from '#lib/domain/hours.ts';
import { hoursByDay } from '#lib/domain/opening.ts';
import {
	hoursFail,
	hoursOfValues,
	hoursValuesOf,
	isWeekly,
	timeOf,
	type HoursValues
} from './hours-values.ts';

const hours: Hours = {
	rules: [
		{ opens: '09:00', closes: '16:00', from: '2026-01-01', rule: 'FREQ=WEEKLY;BYDAY=MO,WE' },
		{
			opens: '12:00',
			closes: '13:00',
			from: '2026-01-01',
			rule: 'FREQ=MONTHLY;BYDAY=1TU',
			note: { fi: { text: 'Puhelinaika', origin: 'written' }, sv: { text: 'Telefontid', origin: 'machine' } }
		}
	],
	exceptions: [{ from: '2026-06-19', to: '2026-06-21', open: [] }],
	holidays: { 'christmas-eve': [] }
};

function edited(change: (values: HoursValues) => void): Hours | undefined {
	const values = hoursValuesOf(hours);
	change(values);
	return hoursOfValues(values);
}

describe('hours in a form', () => {
	it('stay what they were where nobody changes them, also what the form cannot show', () => {
		expect(edited(() => undefined)).toEqual(hours);
		expect(hoursOfValues(hoursValuesOf(undefined))).toBeUndefined();
		expect(hoursValuesOf(hours).times.map(isWeekly)).toEqual([true, false]);
	});

	it('are read as people type them, and open when the form says so', () => {
		expect(['9', '9.00', '09:00', '24.00', ' 7:05 '].map(timeOf)).toEqual([
			'09:00',
			'09:00',
			'09:00',
			'24:00',
			'07:05'
		]);
		const made = edited((values) => {
			values.times[0]!.opens = '10';
			values.times[0]!.days = ['FR', 'MO'];
			values.times[0]!.to = '2026-12-31';
			values.exceptions.push({
				from: '2026-03-06',
				to: '',
				open: [{ opens: '8', closes: '9.30' }],
				note: 'Lyhyt päivä'
			});
		});
		expect(made?.rules[0]).toEqual({
			opens: '10:00',
			closes: '16:00',
			from: '2026-01-01',
			to: '2026-12-31',
			rule: 'FREQ=WEEKLY;BYDAY=MO,FR'
		});
		const days = hoursByDay(made!, '2026-03-02', '2026-03-08').days;
		expect(days.filter(({ open }) => open.length > 0).map(({ date, open }) => [date, open[0]])).toEqual([
			['2026-03-02', { opens: '10:00', closes: '16:00' }],
			['2026-03-06', { opens: '08:00', closes: '09:30' }]
		]);
	});

	it('keep the rule that the form cannot show, and lose the translations of a note that was changed', () => {
		const made = edited((values) => {
			values.times[1]!.closes = '14';
		});
		expect(made?.rules[1]).toEqual({ ...hours.rules[1], closes: '14:00' });
		const renamed = edited((values) => {
			values.times[1]!.note = 'Chat';
		});
		expect(renamed?.rules[1]?.note).toEqual({ fi: { text: 'Chat', origin: 'written' } });
	});

	it.each([
		['a time that is none', (values: HoursValues) => (values.times[0]!.opens = '25')],
		['no day of the week', (values: HoursValues) => (values.times[0]!.days = [])],
		['no first day', (values: HoursValues) => (values.times[0]!.from = '')],
		['an end before the beginning', (values: HoursValues) => (values.times[0]!.to = '2025-12-31')],
		['an exception without a day', (values: HoursValues) => (values.exceptions[0]!.from = '')],
		[
			'an exception that ends before it begins',
			(values: HoursValues) => (values.exceptions[0]!.to = '2026-06-01')
		]
	])('fail for %s', (_, change) => {
		const values = hoursValuesOf(hours);
		expect(hoursFail(values)).toBe(false);
		change(values);
		expect(hoursFail(values)).toBe(true);
	});
});
