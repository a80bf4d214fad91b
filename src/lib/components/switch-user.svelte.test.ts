import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { isReadable } from '#lib/device/rows.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { forgetKeys, heldKey, openKeys } from '#lib/device/vault/keyring.ts';
import { makeVault, setPin } from '#lib/device/vault/vault.ts';
import type { Opener } from '#lib/device/vault/wraps.ts';
import { addVisit } from '#lib/device/visits.ts';
import { App } from './app.svelte.ts';
import { switchUser } from './switch-user.ts';

const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1]),
	secret: new Uint8Array(32).fill(1)
};

let first: TestDevice;
let second: TestDevice;
let app: App;

beforeEach(async () => {
	[first, second] = [await testDevice(), await testDevice()];
	app = new App();
	app.publicDb = first.open;
	await first.open.memberships.put(second.membership);
	await makeVault(first.open, first.membership, passkey);
	await makeVault(first.open, second.membership, passkey);
	await app.use(first.membership);
});

afterEach(async () => {
	app.close();
	for (const device of [first, second]) {
		forgetKeys(device.membership.id);
		await device.remove();
	}
});

const now = () => app.open!;

describe('handing a device over', () => {
	it('locks whoever had it, and shows the other one nothing of them, nor of themselves before they open it', async () => {
		const { device, stamp } = now();
		const id = await addVisit(device, stamp, { at: '2026-11-26T10:00:00.000Z', topics: ['work'] });
		forgetKeys(second.membership.id);
		await switchUser(app, second.membership);
		expect(now().device.membership.id).toBe(second.membership.id);
		expect(now().barred).toBe(true);
		expect(now().visits.count).toBe(0);
		expect(openKeys(first.membership.id)).toBeUndefined();
		// And back: nobody but its owner opens it again.
		await switchUser(app, first.membership);
		expect(now().barred).toBe(true);
		expect(isReadable((await now().device.db.visits.get(id))!)).toBe(false);
		expect(await now().device.db.outbox.count()).toBe(1);
	});

	it('leaves to each their own PIN', async () => {
		await setPin(first.open, first.membership, passkey, '407319');
		await switchUser(app, second.membership);
		expect(heldKey(first.membership.id)).toBeDefined();
		expect(openKeys(first.membership.id)).toBeUndefined();
	});

	it('locks nobody where it is the same membership, as after a new code', async () => {
		const same: MembershipRow = (await first.open.memberships.get(first.membership.id))!;
		await switchUser(app, same);
		expect(now().barred).toBe(false);
	});

	it('keeps what each of them has to send apart, whoever comes and goes [fault 58]', async () => {
		for (const each of [first, second, first]) {
			await switchUser(app, each.membership);
			const { device, stamp } = now();
			await addVisit(device, stamp, { at: '2026-11-26T10:00:00.000Z', topics: ['work'] });
		}
		expect(await now().device.db.outbox.count()).toBe(2);
		await switchUser(app, second.membership);
		expect(await now().device.db.outbox.count()).toBe(1);
	});
});
