import { expect, it } from 'vitest';
import { bookedFields, readAppointment, type Appointment } from '#lib/domain/appointment.ts';
import { instantOf } from '#lib/domain/dates.ts';
import { emptyRecord, join, opState } from '#lib/domain/record.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { freeStops } from './free-stops.ts';

const NEAR = '01980000-0000-7000-8000-000000000001';
const FAR = '01980000-0000-7000-8000-000000000002';
const desk = (id: string): Desk => ({ id, name: id.slice(-1), municipality: '925', placeType: 'library' });
const reception = (id: string, at: string, start: string): Reception => ({
	id,
	desk: at,
	start: `${start}T10:00`,
	end: `${start}T11:00`,
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: [],
	slots: { length: 30, from: null, until: null, atOnce: 1 }
});
const near = reception('01980000-0000-7000-8000-00000000000a', NEAR, '2026-03-04');
const far = reception('01980000-0000-7000-8000-00000000000b', FAR, '2026-03-03');
const desks = new Map([desk(NEAR), desk(FAR)].map((one) => [one.id, one]));
const now = instantOf('2026-03-02', '12:00');

function booked(start: string): Appointment {
	const slot = { desk: NEAR, reception: near.id, date: '2026-03-04', start, length: 30 };
	const fields = bookedFields({
		slot,
		language: 'ar',
		channel: 'desk',
		asked: 'phone',
		note: null,
		reference: 'K7MP'
	});
	const op = {
		opId: start,
		collection: 'appointment',
		recordId: start,
		clock: '1',
		base: {},
		schema: 1,
		fields
	};
	const read = readAppointment(start, join(emptyRecord, opState(op, 'a')));
	if (!read) throw new Error('It has a time.');
	return read;
}

it('offers the same desk first, then others by time, at most six of each and none that is full, cancelled or closed', () => {
	const found = (receptions: Reception[], appointments: Appointment[] = [], known = desks) =>
		freeStops({ desks: known, receptions, appointments }, NEAR, now).map(
			({ desk: at, stop, times }) => `${at.name} ${stop.date} ${times.length}`
		);
	const all = found([far, near]);
	expect(all).toHaveLength(12);
	expect(all[0]).toBe('1 2026-03-04 2');
	expect(all[6]).toBe('2 2026-03-03 2');
	expect(found([near], [booked('10:00')])[0]).toBe('1 2026-03-04 1');
	expect(found([near], [booked('10:00'), booked('10:30')])[0]).toBe('1 2026-03-11 2');
	expect(found([{ ...near, 'cancelled_2026-03-04': 'x' }])[0]).toBe('1 2026-03-11 2');
	const closing = new Map([[NEAR, { ...desk(NEAR), closedFrom: '2026-03-10' }]]);
	expect(found([near], [], closing)).toEqual(['1 2026-03-04 2']);
	expect(found([{ ...near, slots: null }])).toEqual([]);
});
