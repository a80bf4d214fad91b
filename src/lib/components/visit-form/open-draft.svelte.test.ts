import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { closeKeys, forgetKeys } from '#lib/device/vault/keyring.ts';
import { makeVault, openVault } from '#lib/device/vault/vault.ts';
import type { Opener } from '#lib/device/vault/wraps.ts';
import { takeDraft } from './open-draft.ts';
import { VisitForm } from './visit-form.svelte.ts';

const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1]),
	secret: new Uint8Array(32).fill(1)
};

let made: TestDevice;
let device: Device;

beforeEach(async () => {
	made = await testDevice();
	await makeVault(made.open, made.membership, passkey);
	device = await openDevice(made.open, made.membership);
});

afterEach(async () => {
	device.db.close();
	forgetKeys(made.membership.id);
	await made.remove();
});

/** A form in which somebody has chosen a language, and its draft. */
async function begin(language: string): Promise<void> {
	const form = new VisitForm(device.db, () => ({ now: Date.now(), desk: null }));
	form.change((values) => {
		values.language = language;
	});
	await form.keep();
}

/** What the form would go on with, and lets it go again. */
async function offered(): Promise<string | undefined> {
	const taken = await takeDraft(device.db);
	taken?.release();
	return taken?.draft.values.language;
}

it('a draft of before the lock is offered again after it was opened, and not before; so is one of meanwhile', async () => {
	await begin('so');
	expect(await offered()).toBe('so');
	closeKeys(device.membership.id);
	expect(await offered()).toBeUndefined();
	await begin('ku');
	expect(await offered()).toBeUndefined();
	expect(await device.db.drafts.count()).toBe(2);
	await openVault(device.open, device.membership, passkey);
	expect(await offered()).toBe('ku');
	await device.db.drafts
		.where('id')
		.above('')
		.last()
		.then((row) => device.db.drafts.delete(row!.id));
	expect(await offered()).toBe('so');
});
