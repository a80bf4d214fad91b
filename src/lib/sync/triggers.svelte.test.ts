import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { readContact } from './contact-row.ts';
import { TICK, Triggers } from './triggers.ts';

let device: TestDevice;
let triggers: Triggers;

beforeEach(async () => {
	device = await testDevice();
	triggers = new Triggers(device);
});

afterEach(async () => {
	triggers.stop();
	vi.unstubAllGlobals();
	await device.remove();
});

it('tries again when the pause after a failure is over, long before its timer comes, and not once it is stopped', async () => {
	let tries = 0;
	const asked = () => {
		tries += 1;
		return Promise.reject(new TypeError('Failed to fetch'));
	};
	vi.stubGlobal('fetch', asked);
	const before = Date.now();
	triggers.start();
	await expect.poll(() => tries, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
	expect(Date.now() - before).toBeLessThan(TICK);
	await expect.poll(async () => (await readContact(device.db))?.failures).toBeGreaterThanOrEqual(3);

	triggers.stop();
	const then = tries;
	await new Promise((resolve) => setTimeout(resolve, 6000));
	expect(tries).toBe(then);
}, 30_000);
