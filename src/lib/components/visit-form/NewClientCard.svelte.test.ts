import { afterEach, beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { checkPhrase, languagesApproved, uncheckPhrase } from '#lib/device/phrase-checks.ts';
import { readStamp, type Stamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { consentPhrases } from '#lib/directory/phrases/phrase-keys.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import NewClientCard from './NewClientCard.svelte';

overwriteGetLocale(() => 'fi');

let device: TestDevice;
let stamp: Stamp;

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
});
afterEach(() => device.remove());

const approve = (phrase: string) =>
	checkPhrase(device, stamp, { language: 'ar', phrase, text: `نص ${phrase}`, on: '2026-11-28', by: 'Aino' });

it('asks for consent in the client’s language once a person has approved every sentence, and in the adviser’s until then', async () => {
	const made: string[] = [];
	const onmade = (card: string) => made.push(card);
	const dialog = await render(NewClientCard, { language: 'ar', device, onmade, onclose: () => {} });
	const hint = dialog.getByText(/^Tätä tekstiä ei ole/);
	await expect.element(dialog.getByText('Haluatko kortin?')).toBeVisible();
	await expect.element(hint).toBeVisible();

	const ids = [];
	for (const key of consentPhrases) {
		await expect.element(hint).toBeVisible();
		ids.push(await approve(key));
	}
	const question = dialog.getByText('نص cardQuestion');
	await expect.element(question).toBeVisible();
	await expect.element(hint).not.toBeInTheDocument();
	expect(question.element().closest('[dir]')).toHaveAttribute('lang', 'ar');
	expect(question.element().closest('[dir]')).toHaveAttribute('dir', 'rtl');
	expect(await languagesApproved(device, ['ar', 'so'], consentPhrases)).toEqual(['ar']);

	await uncheckPhrase(device, stamp, ids[0] ?? '');
	await expect.element(hint).toBeVisible();
	expect(await languagesApproved(device, ['ar', 'so'], consentPhrases)).toEqual([]);
	await dialog.getByRole('button', { name: 'Asiakas haluaa kortin' }).click();
	expect(made).toHaveLength(1);
});

it('has the written words for clients who read Swedish, without a hint', async () => {
	const dialog = await render(NewClientCard, {
		language: 'sv',
		device,
		onmade: () => {},
		onclose: () => {}
	});
	await expect.element(dialog.getByText('Vill du ha kortet?')).toBeVisible();
	await expect.element(dialog.getByText(/^Tätä tekstiä ei ole/)).not.toBeInTheDocument();
});
