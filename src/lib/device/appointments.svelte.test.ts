import { afterEach, beforeEach, expect, it } from 'vitest';
import { isExpected, type Booking } from '#lib/domain/appointment.ts';
import { newId } from '#lib/domain/ids.ts';
import { appointments, book, move, settle } from './appointments.ts';
import { pendingNotes } from './directory-pending.ts';
import { readStamp } from './stamp.ts';
import { testDevice, type TestDevice } from './test-device.ts';

let device: TestDevice;

beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

const slot = (start: string) => ({
	desk: newId(),
	reception: newId(),
	date: '2026-03-02',
	start,
	length: 30
});
const booking = (at: Booking['slot']): Booking => ({
	slot: at,
	language: 'ar',
	channel: 'desk',
	asked: 'phone',
	note: null,
	reference: 'K7MP'
});

it('a time is booked twice, moved and cancelled on this device first; each waits under its own words', async () => {
	const stamp = await readStamp(device);
	const at = slot('10:00');
	const [a, b] = [await book(device, stamp, booking(at)), await book(device, stamp, booking(at))];
	const read = async () => new Map((await appointments(device.db)).map((one) => [one.id, one]));
	const [first, second] = [(await read()).get(a)!, (await read()).get(b)!];
	await move(device, stamp, first, { ...at, start: '10:30' });
	await settle(device, stamp, second, 'cancelled-by-client');
	const after = await read();
	expect(after.get(a)?.slots.map(({ value }) => value.start)).toEqual(['10:30']);
	expect(after.get(b)?.states).toEqual([{ value: 'cancelled-by-client', author: device.membership.id }]);
	expect((await pendingNotes(device.db)).map(({ collection, id }) => [collection, id]).sort()).toEqual(
		[
			['appointment', a],
			['appointment', b]
		].sort()
	);
});

it('whoever had an older word on the screen writes over nothing that came meanwhile', async () => {
	const stamp = await readStamp(device);
	const at = slot('10:00');
	const id = await book(device, stamp, booking(at));
	const [shown] = await appointments(device.db);
	await move(device, stamp, shown!, { ...at, start: '11:00' });
	await settle(device, stamp, shown!, 'cancelled-by-us');
	const [found] = await appointments(device.db);
	expect(found?.id).toBe(id);
	expect(found && isExpected(found)).toBe(true);
	expect(found?.states.map(({ value }) => value)).toEqual(['cancelled-by-us', 'booked']);
});
