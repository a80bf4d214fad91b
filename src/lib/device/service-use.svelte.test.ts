import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { serviceUse } from './service-use.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import { addVisit, readStamp, removeVisit } from './visits.ts';

let device: TestDevice;

beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

it('counts visits that sent a client on to an entry, each once, of the time that is asked for', async () => {
	const stamp = await readStamp(device);
	const [kela, library] = [newId(), newId()];
	const visit = (at: string, ...services: (string | undefined)[]) =>
		addVisit(device, stamp, {
			at,
			referrals: services.map((service) => ({ to: 'office', ...(service ? { service } : {}) }))
		});
	await visit('2026-03-06T09:32:00Z', kela, kela, library);
	await visit('2026-03-05T09:32:00Z', kela, undefined);
	await visit('2025-02-01T09:32:00Z', library);
	const gone = await visit('2026-03-04T09:32:00Z', kela);
	await removeVisit(device, stamp, gone);
	expect(await serviceUse(device, '2025-03-06T00:00:00.000Z')).toEqual(
		new Map([
			[kela, 2],
			[library, 1]
		])
	);
});
