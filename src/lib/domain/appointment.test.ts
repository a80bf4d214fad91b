import { randomFillSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	appointmentFault,
	bookedFields,
	isDisputed,
	isExpected,
	isTaken,
	movedFields,
	newReference,
	readAppointment,
	type Appointment,
	type Slot
} from './appointment.ts';
import { nextClock } from './clock.ts';
import { instantOf } from './dates.ts';
import type { JsonValue } from './json.ts';
import { baseOf, emptyRecord, join, opState, type Op, type RecordState } from './record.ts';
import { daySlots, heldBetween, toMove } from './slots.ts';
import { plannedBetween } from './stops.ts';
import type { Desk, Reception } from './tour.ts';

const DESK = '01980000-0000-7000-8000-000000000001';
const RECEPTION = '01980000-0000-7000-8000-00000000000a';
const desks = new Map<string, Desk>([
	[DESK, { id: DESK, name: 'Kirjasto', municipality: '925', placeType: 'library' }]
]);
const receptions: Reception[] = [
	{
		id: RECEPTION,
		desk: DESK,
		start: '2026-03-02T10:00',
		end: '2026-03-02T12:00',
		rule: 'FREQ=WEEKLY',
		except: [],
		languages: ['fi'],
		slots: { length: 30, from: null, until: null, atOnce: 1 }
	}
];
const slot = (start: string, date = '2026-03-02'): Slot => ({
	desk: DESK,
	reception: RECEPTION,
	date,
	start,
	length: 30
});
const booking = (at: Slot) => ({
	slot: at,
	language: 'ar',
	channel: 'desk',
	asked: 'phone',
	note: null,
	reference: 'K7MP'
});

/** What several devices do with appointments: each books, moves and settles what it has seen, and now and then takes in all that another knows. */
const step = fc.record({
	device: fc.nat({ max: 2 }),
	from: fc.nat({ max: 2 }),
	kind: fc.constantFrom('book', 'book', 'move', 'settle', 'merge', 'merge'),
	which: fc.nat({ max: 9 }),
	start: fc.constantFrom('10:00', '10:30', '11:00', '11:30'),
	date: fc.constantFrom('2026-03-02', '2026-03-03'),
	state: fc.constantFrom('came', 'missed', 'cancelled-by-client', 'cancelled-by-us'),
	// Clocks stand years apart and go backwards.
	now: fc.integer({ min: 0, max: 4_000_000_000_000 })
});

type Known = Map<string, RecordState>;

const mergeInto = (into: Known, from: Known) => {
	for (const [id, state] of from) into.set(id, join(into.get(id) ?? emptyRecord, state));
};

function run(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
	const devices: Known[] = [new Map(), new Map(), new Map()];
	const ops: Op[] = [];
	steps.forEach(({ device, from, kind, which, start, date, state, now }, index) => {
		const known = devices[device]!;
		if (kind === 'merge') return mergeInto(known, devices[from]!);
		const ids = [...known.keys()].sort();
		const id = kind === 'book' ? `appointment-${String(index).padStart(3, '0')}` : ids[which % ids.length];
		if (id === undefined) return;
		const before = known.get(id) ?? emptyRecord;
		const fields: Record<string, JsonValue> =
			kind === 'book'
				? bookedFields(booking(slot(start, date)))
				: kind === 'move'
					? movedFields(slot(start, date))
					: { state };
		const base = baseOf(before, Object.keys(fields));
		const op: Op = {
			opId: `op-${String(index).padStart(3, '0')}`,
			collection: 'appointment',
			recordId: id,
			fields,
			clock: nextClock(now, `${device}`.repeat(16), Object.values(base).flat()),
			base,
			schema: 1
		};
		ops.push(op);
		known.set(id, join(before, opState(op, `member-${device}`)));
	});
	return { devices, ops };
}

const read = (known: Known): Appointment[] =>
	[...known].flatMap(([id, state]) => readAppointment(id, state) ?? []);
const sorted = (some: Appointment[]) => some.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('appointments that several devices book, move and cancel without a network', () => {
	const steps = fc.array(step, { maxLength: 40 });

	it('are the same on all of them once they have met, in whatever order', () => {
		fc.assert(
			fc.property(steps, (history) => {
				const { devices } = run(history);
				const [a, b, c] = devices as [Known, Known, Known];
				const one: Known = new Map();
				const other: Known = new Map();
				for (const device of [a, b, c]) mergeInto(one, device);
				for (const device of [c, a, b, a]) mergeInto(other, device);
				expect(sorted(read(one))).toEqual(sorted(read(other)));
			}),
			{ numRuns: 300 }
		);
	});

	it('never vanish: each that was booked is there, and at every time that nobody who knew of it has changed', () => {
		fc.assert(
			fc.property(steps, (history) => {
				const { devices, ops } = run(history);
				const all: Known = new Map();
				for (const device of devices) mergeInto(all, device);
				const found = new Map(read(all).map((one) => [one.id, one]));
				const replaced = (op: Op, field: string) =>
					ops.some(({ recordId, base }) => recordId === op.recordId && base[field]?.includes(op.clock));
				for (const op of ops) {
					const appointment = found.get(op.recordId);
					if (!appointment) throw new Error('It has vanished.');
					if (op.fields.slot && !replaced(op, 'slot'))
						expect(appointment.slots.map(({ value }) => value)).toContainEqual(op.fields.slot);
					// Nobody has cancelled what this says is booked, or nobody who cancelled it had seen this: the client is still expected.
					if (op.fields.state === 'booked' && !replaced(op, 'state'))
						expect(isExpected(appointment)).toBe(true);
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('are each at a time or among those to be moved, and where more than one has a time, all of them say so', () => {
		const now = instantOf('2026-03-01', '12:00');
		fc.assert(
			fc.property(steps, (history) => {
				const all: Known = new Map();
				for (const device of run(history).devices) mergeInto(all, device);
				const appointments = read(all);
				const held = heldBetween(appointments, desks, receptions, '2026-03-01', '2026-03-31').map(
					({ placed }) => placed
				);
				const moved = toMove(appointments, desks, receptions, now);
				for (const one of appointments.filter(isExpected)) {
					const places = [...held, ...moved].filter(({ appointment }) => appointment.id === one.id);
					expect(places).toHaveLength(one.slots.length);
				}
				for (const stop of plannedBetween(receptions, '2026-03-01', '2026-03-31'))
					for (const { booked, free } of daySlots(stop, appointments, desks, receptions)) {
						expect(free).toBe(booked.length === 0 ? 1 : 0);
						for (const { crowded } of booked) expect(crowded).toBe(booked.length > 1);
					}
			}),
			{ numRuns: 300 }
		);
	});
});

describe('an appointment', () => {
	const write = (before: RecordState, fields: Record<string, JsonValue>, clock: string, author: string) => {
		const op = {
			opId: `op-${clock}`,
			collection: 'appointment',
			recordId: 'r',
			clock,
			base: baseOf(before, Object.keys(fields)),
			schema: 1
		};
		return join(before, opState({ ...op, fields }, author));
	};
	const booked = write(emptyRecord, bookedFields(booking(slot('10:00'))), '1', 'a');
	const as = (record: RecordState) => {
		const found = readAppointment('r', record);
		if (!found) throw new Error('It has a time.');
		return found;
	};

	it('that one moves and another cancels at the same time is still expected, and both are told', () => {
		const both = join(
			write(booked, movedFields(slot('11:00')), '2', 'a'),
			write(booked, { state: 'cancelled-by-client' }, '3', 'b')
		);
		const found = as(both);
		expect(isExpected(found) && isTaken(found) && isDisputed(found)).toBe(true);
		expect(found.states).toEqual([
			{ value: 'cancelled-by-client', author: 'b' },
			{ value: 'booked', author: 'a' }
		]);
		// Whoever chooses has seen both.
		const chosen = as(write(both, { state: 'cancelled-by-client' }, '4', 'b'));
		expect(isExpected(chosen) || isTaken(chosen) || isDisputed(chosen)).toBe(false);
	});

	it('that is moved to two times stands at both until somebody chooses; never at a day of one with the hour of the other', () => {
		const both = join(
			write(booked, movedFields(slot('11:00')), '2', 'a'),
			write(booked, movedFields(slot('10:30', '2026-03-09')), '3', 'b')
		);
		expect(as(both).slots.map(({ value }) => value)).toEqual([slot('10:30', '2026-03-09'), slot('11:00')]);
		expect(isDisputed(as(write(both, movedFields(slot('11:00')), '4', 'a')))).toBe(false);
	});

	it('that a newer version has written is still expected; without a time that can be read it is none', () => {
		expect(isExpected(as(write(booked, { state: 'waits-outside' }, '2', 'a')))).toBe(true);
		expect(
			readAppointment('r', write(emptyRecord, { slot: { when: 'soon' }, state: 'booked' }, '1', 'a'))
		).toBeUndefined();
		expect(readAppointment('r', emptyRecord)).toBeUndefined();
	});

	it('says which of its fields is wrong', () => {
		const good = bookedFields(booking(slot('10:00')));
		expect(appointmentFault(good)).toBeUndefined();
		expect(appointmentFault({ ...good, later: 1 })).toBeUndefined();
		const bad: [string, JsonValue][] = [
			['slot', null],
			['slot', { ...slot('10:00'), date: '2026-02-31' }],
			['slot', { ...slot('24:00') }],
			['slot', { ...slot('10:00'), length: 0 }],
			['slot', { ...slot('10:00'), desk: 'library' }],
			['state', 'no such state!'],
			['language', ''],
			['note', 'x'.repeat(121)],
			['reference', 'OOPS']
		];
		for (const [field, value] of bad) expect(appointmentFault({ ...good, [field]: value })).toBe(field);
	});

	it('has a code that can be said, and every letter about as often as the others', () => {
		const counts = new Map<string, number>();
		for (let times = 0; times < 4000; times += 1)
			for (const letter of newReference((bytes) => randomFillSync(bytes)))
				counts.set(letter, (counts.get(letter) ?? 0) + 1);
		expect([...counts.keys()].sort().join('')).toBe('23456789ACDEFHJKMPRTWXY');
		// 696 each on average; six times the spread to either side.
		for (const count of counts.values()) expect(count).toSatisfy((n: number) => n > 540 && n < 850);
	});
});
