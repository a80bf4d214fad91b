import { afterEach, beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { checkPhrase, languagesApproved, uncheckPhrase } from '#lib/device/phrase-checks.ts';
import { readStamp, type Stamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { consentPhrases } from '#lib/directory/phrases/phrase-keys.ts';
import { book as fi } from '#lib/directory/phrases/fi.ts';
import { readClientCard } from '#lib/domain/client-card.ts';
import { helsinki } from '#lib/domain/dates.ts';
import type { CardConsent } from '#lib/domain/visit.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { wordingOf } from './consent-words.ts';
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

/** From the first sentence to the last, which is the question. */
async function toQuestion(dialog: {
	getByRole: (role: 'button', name: object) => { click: () => Promise<void> };
}) {
	for (let step = 1; step < consentPhrases.length; step += 1)
		await dialog.getByRole('button', { name: 'Seuraava' }).click();
}

it('asks one thing a screen, in the client’s language once a person has approved every sentence, and in the adviser’s until then', async () => {
	const agreed: [string, CardConsent][] = [];
	let closed = 0;
	const onclose = () => (closed += 1);
	// As the field of the form does it: what was agreed to is the card from then on.
	const onagreed = (card: string, consent: CardConsent) => {
		agreed.push([card, consent]);
		void dialog.rerender({ card });
	};
	const dialog = await render(NewClientCard, { language: 'ar', device, onagreed, onclose });
	const hint = dialog.getByText(/^Tätä tekstiä ei ole/);
	await expect.element(hint).toBeVisible();
	await toQuestion(dialog);
	await expect.element(dialog.getByText('Haluatko kortin?')).toBeVisible();
	await dialog.getByRole('button', { name: 'Takaisin' }).click();
	await expect.element(dialog.getByText('Haluatko kortin?')).not.toBeInTheDocument();
	await dialog.getByRole('button', { name: 'Seuraava' }).click();

	const ids = [];
	for (const key of consentPhrases) {
		await expect.element(hint).toBeVisible();
		ids.push(await approve(key));
	}
	const question = dialog.getByText('نص cardQuestion');
	await expect.element(question).toBeVisible();
	await expect.element(hint).not.toBeInTheDocument();
	expect(question.element()).toHaveAttribute('lang', 'ar');
	expect(question.element()).toHaveAttribute('dir', 'rtl');
	expect(await languagesApproved(device, ['ar', 'so'], consentPhrases)).toEqual(['ar']);

	await uncheckPhrase(device, stamp, ids[0] ?? '');
	await expect.element(hint).toBeVisible();
	expect(await languagesApproved(device, ['ar', 'so'], consentPhrases)).toEqual([]);
	await dialog.getByRole('button', { name: 'Asiakas haluaa kortin' }).click();
	// The wish alone makes nothing: how the client was told is asked, never guessed.
	expect(agreed).toEqual([]);
	await dialog.getByRole('button', { name: 'tulkattiin' }).click();
	await expect.element(dialog.getByText('Kortti on valmis')).toBeVisible();
	expect(closed).toBe(0);
	const [[card, consent]] = agreed as [[string, CardConsent]];
	expect(readClientCard(card)).toBe(card);
	// Said in Arabic, after the Finnish words.
	const text = await wordingOf(
		'fi',
		consentPhrases.map((key) => fi.texts[key])
	);
	expect(consent).toEqual({ language: 'ar', text, on: helsinki(Date.now()).date, how: 'interpreted' });
});

it('has the written words for clients who read Swedish, without a hint, and asks for a card that is there', async () => {
	const agreed: [string, CardConsent][] = [];
	let closed = 0;
	const dialog = await render(NewClientCard, {
		card: 'ACDEFHJKMPRT',
		language: 'sv',
		device,
		onagreed: (card: string, consent: CardConsent) => agreed.push([card, consent]),
		onclose: () => (closed += 1)
	});
	await toQuestion(dialog);
	await expect.element(dialog.getByText('Vill du ha kortet?')).toBeVisible();
	await expect.element(dialog.getByText(/^Tätä tekstiä ei ole/)).not.toBeInTheDocument();
	await dialog.getByRole('button', { name: 'Asiakas haluaa kortin' }).click();
	await dialog.getByRole('button', { name: 'asiakas luki itse' }).click();
	await expect.poll(() => closed).toBe(1);
	expect(agreed).toMatchObject([['ACDEFHJKMPRT', { language: 'sv', how: 'read' }]]);
});
