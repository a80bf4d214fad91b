import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { closeKeys, forgetKeys, onLocked, openKeys } from '#lib/device/vault/keyring.ts';
import { makeVault, setPin } from '#lib/device/vault/vault.ts';
import type { Opener } from '#lib/device/vault/wraps.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import LockScreen from './LockScreen.svelte';
import VaultGate from './VaultGate.svelte';

overwriteGetLocale(() => 'fi');

const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1]),
	secret: new Uint8Array(32).fill(1)
};

let device: TestDevice;
const onopened = vi.fn();

beforeEach(async () => {
	device = await testDevice();
	await makeVault(device.open, device.membership, passkey);
	await setPin(device.open, device.membership, passkey, '407319');
	closeKeys(device.membership.id);
	const { open, membership } = device;
	await render(LockScreen, { open, membership, office: false, onopened });
});

afterEach(async () => {
	await cleanup();
	forgetKeys(device.membership.id);
	await device.remove();
});

const pin = page.getByLabelText('PIN', { exact: true });
const passphrase = page.getByLabelText('Salalause', { exact: true });
const tryPin = async (text: string) => {
	await pin.fill(text);
	await page.getByRole('button', { name: 'Avaa lukko' }).click();
};

describe('the lock screen of a vault that has locked itself', () => {
	it('opens with the PIN', async () => {
		await tryPin('407319');
		await expect.poll(() => onopened.mock.calls.length).toBe(1);
		expect(openKeys(device.membership.id)).toBeDefined();
	});

	it('says how many tries are left, and asks for the passphrase after the fifth', async () => {
		for (let left = 4; left > 0; left -= 1) {
			await tryPin('111111');
			await expect.element(page.getByText(`PIN on väärä. Yrityksiä jäljellä: ${left}.`)).toBeVisible();
			await expect.element(pin).toHaveValue('');
		}
		await tryPin('111111');
		await expect.element(passphrase).toBeVisible();
		await expect.element(page.getByRole('alert')).toMatchTextContent('viisi kertaa väärä');
		await expect.element(pin).not.toBeInTheDocument();
		expect(onopened).not.toHaveBeenCalled();
	});

	it('asks for the passphrase where another tab has locked for good, or whoever is there likes that better', async () => {
		await page.getByRole('button', { name: 'Avaa salalauseella' }).click();
		await expect.element(passphrase).toBeVisible();
		await cleanup();
		const { open, membership } = device;
		await render(LockScreen, { open, membership, office: false, onopened });
		await expect.element(pin).toBeVisible();
		const channel = new BroadcastChannel(`reppu-lock:${membership.id}`);
		channel.postMessage('forget');
		channel.close();
		await expect.element(passphrase).toBeVisible();
	});

	it('stays locked where somebody has gone on while it opened: nobody would watch over it', async () => {
		await cleanup();
		const { open, membership } = device;
		await render(VaultGate, { open, membership, onopened });
		const told = vi.fn();
		const stop = onLocked(told);
		await pin.fill('407319');
		// The page goes in the same turn as the tap, for opening takes a few.
		const button = page.getByRole('button', { name: 'Avaa lukko' }).element() as HTMLButtonElement;
		button.click();
		await cleanup();
		// It was open, and is locked.
		await expect.poll(() => told.mock.calls).toEqual([[membership.id]]);
		expect(openKeys(membership.id)).toBeUndefined();
		expect(onopened).not.toHaveBeenCalled();
		stop();
	});
});
