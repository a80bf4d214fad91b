import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidaysOn } from '#lib/domain/holidays.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import { receptionFault } from '#lib/domain/tour-faults.ts';
import type { Reception } from '#lib/domain/tour.ts';
import {
	emptyReception,
	receptionFieldsOf,
	receptionValues,
	receptionValuesFault,
	type ReceptionValues
} from './reception-values.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const friday = { ...emptyReception('2026-11-27'), languages: ['fi', 'ar'] };
const reception = (values: ReceptionValues, id = 'a', desk = DESK): Reception => ({
	...receptionFieldsOf(values, desk),
	id
});
const days = (one: Reception, to = '2027-12-31') =>
	stopsBetween([one], '2026-11-27', to).map(({ date }) => date);

describe('the form of a reception', () => {
	it('is held every week but on holidays, or on them, too', () => {
		expect(days(reception(friday), '2027-01-10')).toEqual([
			'2026-11-27',
			'2026-12-04',
			'2026-12-11',
			'2026-12-18',
			'2027-01-08'
		]);
		expect(days(reception({ ...friday, notOnHolidays: false }), '2027-01-02')).toContain('2026-12-25');
	});

	it('comes once, every other week, and ends', () => {
		expect(days(reception({ ...friday, every: 'once' }))).toEqual(['2026-11-27']);
		const other = reception({ ...friday, every: 'two-weeks', last: '2026-12-20' });
		expect([other.rule, days(other)]).toEqual([
			'FREQ=WEEKLY;INTERVAL=2;UNTIL=20261220',
			['2026-11-27', '2026-12-11']
		]);
	});

	it('may pass midnight', () => {
		expect(receptionFieldsOf({ ...friday, from: '20:00', to: '01:00' }, DESK)).toMatchObject({
			start: '2026-11-27T20:00',
			end: '2026-11-28T01:00'
		});
	});

	it('keeps a rule that it does not know, and days that somebody has left out', () => {
		const was = { rule: 'FREQ=MONTHLY;BYDAY=1FR', except: ['2026-12-04'] };
		const values = receptionValues({ ...reception(friday), ...was });
		expect(values.every).toBe('other');
		expect(receptionFieldsOf(values, DESK, was)).toMatchObject(was);
		expect(receptionFieldsOf(friday, DESK, { rule: null, except: ['2026-12-11'] }).except).toContain(
			'2026-12-11'
		);
	});

	it('keeps what a newer version says of the times, and takes appointments away when somebody says so', () => {
		const later = { ...reception(friday), slots: { every: 'so often' } };
		expect(receptionFieldsOf(receptionValues(later), DESK, later).slots).toEqual(later.slots);
		const taken = { ...reception({ ...friday, takesBookings: true }) };
		expect(taken.slots).toEqual({ length: 30, from: null, until: null, atOnce: 1 });
		const none = { ...receptionValues(taken), takesBookings: false };
		expect(receptionFieldsOf(none, DESK, taken).slots).toBeNull();
	});

	it('says which field is wrong', () => {
		const wrong: [Partial<ReceptionValues>, string | undefined][] = [
			[{}, undefined],
			[{ date: '' }, 'date'],
			[{ date: '2026-02-31x' }, 'date'],
			[{ from: '25:00' }, 'from'],
			[{ to: '' }, 'to'],
			[{ last: '2026-11-26' }, 'last'],
			[{ last: '2026-11-27' }, undefined],
			[{ slotLength: '' }, undefined],
			[{ takesBookings: true, slotLength: '' }, 'slotLength'],
			[{ takesBookings: true, slotLength: '241' }, 'slotLength'],
			[{ takesBookings: true, slotFrom: '25:00' }, 'slotFrom'],
			[{ takesBookings: true, slotUntil: 'x' }, 'slotUntil'],
			[{ takesBookings: true, slotsAtOnce: '0' }, 'slotsAtOnce'],
			[{ takesBookings: true }, undefined]
		];
		for (const [values, fault] of wrong) expect(receptionValuesFault({ ...friday, ...values })).toBe(fault);
	});

	it('reads what it has written, and the server takes it, whatever was filled in', () => {
		const date = fc
			.integer({ min: 0, max: 1500 })
			.map((add) => new Date(Date.UTC(2026, 0, 1) + add * 86_400_000).toISOString().slice(0, 10));
		const time = fc
			.tuple(fc.nat(23), fc.nat(59))
			.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
		const any = fc.record({
			date,
			from: time,
			to: time,
			every: fc.constantFrom('once' as const, 'week' as const, 'two-weeks' as const),
			last: fc.constant(''),
			notOnHolidays: fc.boolean(),
			languages: fc.subarray(['fi', 'sv', 'ar', 'so']),
			note: fc.constantFrom('', 'Sisäänkäynti pihalta'),
			advisers: fc.subarray([DESK])
		});
		const slots = fc.oneof(
			fc.constant({ takesBookings: false, slotLength: '30', slotFrom: '', slotUntil: '', slotsAtOnce: '1' }),
			fc.record({
				takesBookings: fc.constant(true),
				slotLength: fc.integer({ min: 5, max: 240 }).map(String),
				slotFrom: fc.oneof(fc.constant(''), time),
				slotUntil: fc.oneof(fc.constant(''), time),
				slotsAtOnce: fc.integer({ min: 1, max: 20 }).map(String)
			})
		);
		fc.assert(
			fc.property(any, slots, (said, times) => {
				const values = { ...said, ...times };
				const fields = receptionFieldsOf(values, DESK);
				expect(receptionFault(fields)).toBeUndefined();
				const back = receptionValues({ ...fields, id: 'a' });
				const touchesHoliday = back.notOnHolidays !== values.notOnHolidays;
				// A reception that meets no holiday says nothing of them.
				expect({ ...back, notOnHolidays: values.notOnHolidays }).toEqual(values);
				if (touchesHoliday) expect(fields.except).toEqual([]);
				if (values.notOnHolidays && values.every !== 'once')
					for (const stop of stopsBetween([{ ...fields, id: 'a' }], values.date, '2031-01-01'))
						if (stop.date < '2030-12-01') expect(holidaysOn(stop.date)).toEqual([]);
			}),
			{ numRuns: 60 }
		);
	});
});
