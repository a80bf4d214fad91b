import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { noteService, readServiceMarks, starService } from './service-marks.ts';

let device: TestDevice;
beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

it('remembers the last eight services of each desk, the last one first', async () => {
	for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'c'])
		await noteService(device.db, 'one', id);
	await noteService(device.db, null, 'z');
	const { recent } = await readServiceMarks(device.db);
	expect(recent).toEqual({ one: ['c', 'i', 'h', 'g', 'f', 'e', 'd', 'b'], '': ['z'] });
});

it('keeps favourites in the order in which they were chosen, beside what was noted meanwhile', async () => {
	await Promise.all([
		starService(device.db, 'a', true),
		noteService(device.db, 'one', 'x'),
		starService(device.db, 'b', true)
	]);
	await starService(device.db, 'a', true);
	expect(await readServiceMarks(device.db)).toEqual({ starred: ['b', 'a'], recent: { one: ['x'] } });
	await starService(device.db, 'b', false);
	expect((await readServiceMarks(device.db)).starred).toEqual(['a']);
});

it('takes a row of another form for an empty one', async () => {
	for (const value of ['x', { starred: [1], recent: { one: 'x' } }, { recent: null }]) {
		await device.db.meta.put({ key: 'services', value });
		const { starred, recent } = await readServiceMarks(device.db);
		expect(starred).toEqual([]);
		expect(Object.values(recent).flat()).toEqual([]);
	}
});
