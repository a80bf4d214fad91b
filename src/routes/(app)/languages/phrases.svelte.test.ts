import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Speech } from '#lib/components/client-speech.svelte.ts';
import { ClipPlayer } from '#lib/components/clip-player.svelte.ts';
import { firstPhrases } from '#lib/components/phrase-board.ts';
import { loadPhrases } from '#lib/directory/phrases/phrases.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import PhraseScreen from './PhraseScreen.svelte';
import PhraseTile from './PhraseTile.svelte';

overwriteGetLocale(() => 'fi');
const tileOf = (key: string) => firstPhrases.find((tile) => tile.key === key)!;

async function books(language: string) {
	return { client: await loadPhrases(language), adviser: await loadPhrases('fi') };
}
const screen = async (key: string, language: string, speech = new Speech()) =>
	render(PhraseScreen, {
		tile: tileOf(key),
		language,
		speech,
		player: new ClipPlayer(),
		clips: undefined,
		onclose: vi.fn(),
		...(await books(language))
	});

describe('a tile of the phrase board', () => {
	it('says it in both languages, each with its own tag and direction', async () => {
		await render(PhraseTile, { tile: tileOf('pleaseWait'), onclick: vi.fn(), ...(await books('fa')) });
		await expect.element(page.getByText('لطفاً کمی صبر کنید.')).toHaveAttribute('dir', 'rtl');
		await expect.element(page.getByText('Odota hetki.')).toHaveAttribute('lang', 'fi');
	});

	it('of an emergency out of a machine is the picture, the number and the adviser’s words', async () => {
		const { client, adviser } = await books('uk');
		await render(PhraseTile, { tile: tileOf('emergency'), onclick: vi.fn(), client, adviser });
		await expect.element(page.getByRole('button')).toHaveTextContent('112 Hätätilanteessa soita 112.');
		expect(document.body.textContent).not.toContain(client!.texts.emergency);
	});

	it('says it once where client and adviser read the same language', async () => {
		await render(PhraseTile, { tile: tileOf('pleaseWait'), onclick: vi.fn(), ...(await books('fi')) });
		await expect.element(page.getByRole('button')).toHaveTextContent('Odota hetki.');
	});
});

describe('a phrase on the whole screen', () => {
	it('takes an answer by pointing, and tells the adviser in their own words', async () => {
		await screen('needInterpreter', 'so');
		await page.getByRole('button', { name: 'Haa' }).click();
		await expect.element(page.getByRole('status')).toHaveTextContent('Asiakas vastasi: Kyllä');
		await expect.element(page.getByText('Turjumaad mashiin. Qofna ma hubin qoraalkan.')).toBeVisible();
	});

	it('consent out of a machine is not shown, and the adviser learns why', async () => {
		await screen('mayRecord', 'so');
		const { client } = await books('so');
		await expect
			.element(page.getByText('Tarkistamatonta käännöstä ei näytetä. Näytä kuvaa ja puhu.'))
			.toBeVisible();
		expect(document.body.textContent).not.toContain(client!.texts.mayRecord);
	});

	it('turns the client’s part only', async () => {
		await screen('pleaseWait', 'ar');
		await page.getByRole('button', { name: /Käännä/ }).click();
		const turned = [...document.querySelectorAll('*')].filter(
			(one) => getComputedStyle(one).rotate !== 'none'
		);
		expect(turned.map((one) => one.getAttribute('lang'))).toEqual(['ar']);
	});
});
