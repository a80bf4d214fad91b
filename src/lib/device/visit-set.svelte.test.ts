import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStamp, type Stamp } from './stamp.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import { Register } from './register.svelte.ts';
import { addVisit, changeVisit, removeVisit } from './visits.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 6, 9, minute)).toISOString();
let device: TestDevice;
let stamp: Stamp;
let register: Register;
let visits: Register['visits'];

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
	register = new Register(device.db);
	({ visits } = register);
});

afterEach(async () => {
	register.stop();
	await device.remove();
});

const topics = () => visits.all.map(({ glance }) => glance.topics[0]);

describe('the visits in memory', () => {
	it('hold what is there, the latest contact first', async () => {
		await addVisit(device, stamp, { at: at(5), topics: ['work'] });
		await addVisit(device, stamp, { at: at(32), topics: ['money'] });
		await addVisit(device, stamp, { at: at(20), topics: ['health'] });
		expect(visits.ready).toBe(false);
		await register.start();
		expect(visits.ready).toBe(true);
		expect(topics()).toEqual(['money', 'health', 'work']);
	});

	it('follow what this tab writes, changes and removes', async () => {
		await register.start();
		const id = await addVisit(device, stamp, { at: at(5), topics: ['work'] });
		await expect.poll(topics).toEqual(['work']);
		await changeVisit(device, stamp, id, { topics: ['money'] });
		await expect.poll(topics).toEqual(['money']);
		await removeVisit(device, stamp, id);
		await expect.poll(topics).toEqual([]);
		expect(visits.get(id)?.stands).toBe(false);
		await removeVisit(device, stamp, id, false);
		await expect.poll(topics).toEqual(['money']);
	});

	it('follow another tab, and whole ranges that are deleted', async () => {
		await register.start();
		const other = await device.tab();
		await addVisit(other, stamp, { at: at(5), topics: ['work'] });
		await expect.poll(topics).toEqual(['work']);
		await other.db.visits.clear();
		await expect.poll(topics).toEqual([]);
	});

	it('miss nothing that is written while they are first read', async () => {
		const starting = register.start();
		await Promise.all(
			Array.from({ length: 20 }, (_, minute) => addVisit(device, stamp, { at: at(minute), topics: ['work'] }))
		);
		await starting;
		await expect.poll(() => visits.all.length).toBe(20);
	});
});
