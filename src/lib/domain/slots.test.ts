import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookedFields, readAppointment, type Appointment } from './appointment.ts';
import { addDays, helsinki, instantOf } from './dates.ts';
import { emptyRecord, join, opState } from './record.ts';
import { daySlots, heldBetween, slotTimes, stopOf, toMove, type SlotSettings } from './slots.ts';
import { plannedBetween } from './stops.ts';
import type { Desk, Reception } from './tour.ts';

const DESK = '01980000-0000-7000-8000-000000000001';
const desk: Desk = { id: DESK, name: 'Kirjasto', municipality: '925', placeType: 'library' };
const desks = new Map([[DESK, desk]]);
const half: SlotSettings = { length: 30, from: null, until: null, atOnce: 1 };

const reception = (more: Partial<Reception> = {}): Reception => ({
	id: '01980000-0000-7000-8000-00000000000a',
	desk: DESK,
	start: '2026-03-02T10:00',
	end: '2026-03-02T12:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi'],
	slots: half,
	...more
});

let made = 0;

function appointment(
	start: string,
	more: { date?: string; state?: string; length?: number; reception?: string } = {}
): Appointment {
	const { date = '2026-03-02', state = 'booked', length = 30 } = more;
	made += 1;
	const fields = bookedFields({
		slot: { desk: DESK, reception: more.reception ?? reception().id, date, start, length },
		language: 'ar',
		channel: 'desk',
		asked: 'phone',
		note: null,
		reference: 'K7MP'
	});
	const op = {
		opId: `op-${made}`,
		collection: 'appointment',
		recordId: 'r',
		clock: String(made),
		base: {},
		schema: 1
	};
	const record = join(emptyRecord, opState({ ...op, fields: { ...fields, state } }, 'a'));
	const read = readAppointment(`id-${made}`, record);
	if (!read) throw new Error('It has a time.');
	return read;
}

const stopOn = (one: Reception, date = '2026-03-02') => plannedBetween([one], date, date)[0]!;
const rows = (one: Reception, some: Appointment[], date?: string) =>
	daySlots(stopOn(one, date), some, desks, [one]).map(({ start, free, booked, left }) => [
		start,
		free,
		booked.length,
		left.length
	]);

describe('the times of a reception', () => {
	it('fill it from its beginning, or from when the coordinator said, and none passes its end', () => {
		const starts = (slots: unknown) => slotTimes(stopOn(reception({ slots }))).map(({ start }) => start);
		expect(starts(half)).toEqual(['10:00', '10:30', '11:00', '11:30']);
		expect(starts({ ...half, length: 45 })).toEqual(['10:00', '10:45']);
		expect(starts({ ...half, from: '10:15', until: '11:30' })).toEqual(['10:15', '10:45']);
		expect(starts({ ...half, from: '08:00', until: '23:00' })).toEqual(['10:00', '10:30', '11:00', '11:30']);
		expect(starts({ ...half, from: '11:00', until: '10:30' })).toEqual([]);
		for (const none of [undefined, null, 'x', { length: 0 }, { ...half, atOnce: 0 }])
			expect(starts(none)).toEqual([]);
	});

	it('pass midnight with their reception, and are told with the day on which they are', () => {
		const night = reception({
			start: '2026-03-02T23:00',
			end: '2026-03-03T01:00',
			slots: { ...half, length: 60, from: '00:00' }
		});
		expect(slotTimes(stopOn(night)).map(({ date, start }) => `${date} ${start}`)).toEqual([
			'2026-03-03 00:00'
		]);
	});

	it('are instants that the clock shows once, also in the nights in which it is changed', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-06-01'),
				fc.integer({ min: 0, max: 23 }),
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 5, max: 240 }),
				(date, hour, hours, length) => {
					const two = (n: number) => String(n).padStart(2, '0');
					const end = hour + hours;
					const one = reception({
						start: `${date}T${two(hour)}:00`,
						end: `${end > 23 ? addDays(date, 1) : date}T${two(end % 24)}:00`,
						rule: null,
						slots: { ...half, length }
					});
					const stop = stopOn(one, date);
					const times = slotTimes(stop);
					times.forEach((slot, index) => {
						expect(instantOf(slot.date, slot.start)).toBe(slot.from);
						expect(helsinki(slot.from)).toEqual({ date: slot.date, time: slot.start });
						expect(slot.to - slot.from).toBe(length * 60_000);
						expect(slot.from).toBeGreaterThanOrEqual(stop.from);
						expect(slot.to).toBeLessThanOrEqual(stop.to);
						if (index > 0) expect(slot.from).toBeGreaterThanOrEqual(times[index - 1]!.to);
					});
				}
			)
		);
	});
});

describe('a day with its appointments', () => {
	it('has room where nobody is expected, and again where somebody has cancelled or did not come', () => {
		const some = [
			appointment('10:00'),
			appointment('10:30', { state: 'cancelled-by-client' }),
			appointment('11:00', { state: 'missed' }),
			appointment('11:30', { state: 'came' })
		];
		expect(rows(reception(), some)).toEqual([
			['10:00', 0, 1, 0],
			['10:30', 1, 0, 1],
			['11:00', 1, 0, 1],
			['11:30', 0, 1, 0]
		]);
	});

	it('takes as many at once as there are advisers, and says where there is one too many', () => {
		const two = reception({ slots: { ...half, atOnce: 2 } });
		const some = [appointment('10:00'), appointment('10:00')];
		expect(rows(two, some)[0]).toEqual(['10:00', 0, 2, 0]);
		const crowded = (one: Reception, all: Appointment[]) =>
			daySlots(stopOn(one), all, desks, [one]).flatMap(({ booked }) =>
				booked.map((placed) => placed.crowded)
			);
		expect(crowded(two, some)).toEqual([false, false]);
		expect(crowded(two, [...some, appointment('10:15')])).toEqual([true, true, true]);
		expect(crowded(reception(), some)).toEqual([true, true]);
		expect(crowded(reception(), [some[0]!, appointment('10:30')])).toEqual([false, false]);
		// A long one that meets two short ones, which do not meet each other.
		expect(
			crowded(two, [appointment('10:00', { length: 60 }), appointment('10:00'), appointment('10:30')])
		).toEqual([false, false, false]);
	});

	it('shows what is beside the times that are offered now, and counts it', () => {
		const some = [appointment('10:20')];
		expect(rows(reception(), some)).toEqual([
			['10:00', 0, 0, 0],
			['10:20', 0, 1, 0],
			['10:30', 0, 0, 0],
			['11:00', 1, 0, 0],
			['11:30', 1, 0, 0]
		]);
		expect(rows(reception({ slots: null }), some)).toEqual([['10:20', 0, 1, 0]]);
	});
});

describe('an appointment whose day is not held', () => {
	const now = instantOf('2026-03-01', '12:00');
	const moves = (receptions: Reception[], of: Appointment[], known: ReadonlyMap<string, Desk> = desks) =>
		toMove(of, known, receptions, now).map(({ slot }) => slot.start);

	it('has to be moved: cancelled, left out, ended, other hours, a desk that closes', () => {
		const one = [appointment('10:30')];
		expect(moves([reception()], one)).toEqual([]);
		expect(moves([reception({ 'cancelled_2026-03-02': 'Sairaus' } as Partial<Reception>)], one)).toEqual([
			'10:30'
		]);
		expect(moves([reception({ except: ['2026-03-02'] })], one)).toEqual(['10:30']);
		expect(moves([reception({ rule: 'FREQ=WEEKLY;UNTIL=20260301' })], one)).toEqual(['10:30']);
		expect(moves([reception({ start: '2026-03-02T11:00' })], one)).toEqual(['10:30']);
		expect(moves([], one)).toEqual(['10:30']);
		expect(moves([reception()], one, new Map([[DESK, { ...desk, closedFrom: '2026-03-02' }]]))).toEqual([
			'10:30'
		]);
		expect(moves([reception()], one, new Map())).toEqual(['10:30']);
	});

	it('stays where a coordinator has begun a new reception of the same hours, and is shown there', () => {
		const ended = reception({ rule: 'FREQ=WEEKLY;UNTIL=20260301' });
		const next = reception({ id: '01980000-0000-7000-8000-00000000000b', start: '2026-03-02T09:30' });
		const one = appointment('10:30');
		expect(moves([ended, next], [one])).toEqual([]);
		expect(stopOf(one.slots[0].value, desks, [ended, next])?.reception.id).toBe(next.id);
		expect(heldBetween([one], desks, [ended, next], '2026-03-02', '2026-03-02')).toHaveLength(1);
	});

	it('is nobody’s to move once it is over, cancelled, or past', () => {
		const off = reception({ 'cancelled_2026-03-02': 'Sairaus' } as Partial<Reception>);
		const over = ['came', 'missed', 'cancelled-by-us', 'cancelled-by-client'].map((state) =>
			appointment('10:30', { state })
		);
		expect(moves([off], over)).toEqual([]);
		expect(toMove([appointment('10:30')], desks, [off], instantOf('2026-03-02', '12:00'))).toEqual([]);
		// It stands on its cancelled day, and nothing else can be booked there.
		expect(rows(off, [appointment('10:30')]).map(([, free]) => free)).toEqual([0, 0, 0, 0]);
		expect(rows(off, [appointment('10:30')])[1]).toEqual(['10:30', 0, 1, 0]);
	});

	it('is in exactly one place: held at one stop, or to be moved', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						start: fc.constantFrom('09:30', '10:00', '10:20', '11:30', '12:00'),
						date: fc.constantFrom('2026-03-02', '2026-03-09', '2026-03-10'),
						own: fc.boolean()
					}),
					{ maxLength: 8 }
				),
				fc.boolean(),
				(wanted, off) => {
					const a = reception(off ? ({ 'cancelled_2026-03-09': 'x' } as Partial<Reception>) : {});
					const b = reception({
						id: '01980000-0000-7000-8000-00000000000b',
						start: '2026-03-02T11:00',
						end: '2026-03-02T13:00'
					});
					const all = wanted.map(({ own, ...one }) =>
						appointment(one.start, { date: one.date, reception: own ? a.id : b.id })
					);
					const held = heldBetween(all, desks, [a, b], '2026-03-01', '2026-03-31').map(
						({ placed }) => placed.appointment.id
					);
					const moved = toMove(all, desks, [a, b], now).map((one) => one.appointment.id);
					expect([...held, ...moved].sort()).toEqual(all.map(({ id }) => id).sort());
				}
			)
		);
	});
});
