import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveQuery } from 'dexie';
import { newId } from '#lib/domain/ids.ts';
import { WORK_HOURS } from '#lib/domain/work-hours.ts';
import { readStamp } from './stamp.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import { ownWorkHours, tellWorkHours } from './work-hours.ts';

let device: TestDevice;
beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

const told = {
	desk: newId(),
	reception: newId(),
	date: '2026-11-27',
	held: true,
	from: '10:00',
	to: '15:00'
};

describe('hours that are told on a device', () => {
	it('are one record however often they are told, and followed by whoever shows them', async () => {
		const stamp = await readStamp(device);
		const seen: number[] = [];
		const following = liveQuery(() => ownWorkHours(device)).subscribe({
			next: (hours) => void seen.push(hours.length),
			error: (reason: unknown) => expect.unreachable(String(reason))
		});
		await tellWorkHours(device, stamp, told);
		await tellWorkHours(device, stamp, { ...told, to: '14:00' });
		expect(await ownWorkHours(device)).toEqual([{ ...told, to: '14:00' }]);
		await tellWorkHours(device, stamp, { ...told, reception: null });
		await expect.poll(() => seen.at(-1)).toBe(2);
		following.unsubscribe();
		expect((await device.db.outbox.toArray()).map(({ collection }) => collection)).toEqual([
			WORK_HOURS,
			WORK_HOURS,
			WORK_HOURS
		]);
	});
});
