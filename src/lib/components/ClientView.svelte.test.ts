import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { sampleService } from '#lib/directory/sample-service.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import ClientView from './ClientView.svelte';
import { ClipPlayer } from './clip-player.svelte.ts';

const source = { title: 'HUS', date: '2026-02-01' };
const service = sampleService({
	name: {
		fi: { text: 'Myrkytystietokeskus', origin: 'written' },
		ar: { text: 'مركز السموم', origin: 'machine' }
	},
	summary: { fi: { text: 'Soita heti.', origin: 'written' }, ar: { text: 'اتصل فوراً', origin: 'machine' } },
	critical: ['summary'],
	phones: [{ number: '+358800147111', source }],
	links: [{ url: 'https://www.hus.fi/', language: 'fi' }]
});

const show = (more: Partial<Parameters<typeof render<typeof ClientView>>[1]> = {}) =>
	render(ClientView, {
		service,
		language: 'ar',
		onlanguage: vi.fn(),
		onpick: vi.fn(),
		closeHref: '/services/1',
		onclose: vi.fn((event: MouseEvent) => event.preventDefault()),
		...more
	});

overwriteGetLocale(() => 'fi');
afterEach(() => vi.restoreAllMocks());

describe('the client’s view', () => {
	it('shows a critical text that nobody checked in the adviser’s language, and never in the client’s', async () => {
		await show();
		await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('مركز السموم');
		await expect.element(page.getByText('Soita heti.')).toHaveAttribute('lang', 'fi');
		await expect.element(page.getByText('Soita heti.')).toHaveAttribute('dir', 'ltr');
		expect(document.body.textContent).not.toContain('اتصل');
		await expect
			.element(page.getByRole('region', { name: 'Neuvojan työkalut' }))
			.toMatchTextContent('Tarkistamatonta käännöstä ei näytetä.');
	});

	it('carries the client’s language and direction, keeps numbers from left to right and stays light', async () => {
		await show();
		const stage = document.querySelector('.stage');
		expect([stage?.getAttribute('lang'), stage?.getAttribute('dir')]).toEqual(['ar', 'rtl']);
		expect(page.getByText('0800 147 111').element().closest('bdi')?.getAttribute('dir')).toBe('ltr');
		expect(document.querySelector('.view')?.getAttribute('data-theme')).toBe('light');
	});

	it('turns the client’s words and leaves the adviser’s tools where they are', async () => {
		await show();
		const turn = page.getByRole('button', { name: 'Käännä näkymä asiakkaaseen päin' });
		await turn.click();
		await expect.element(turn).toHaveAttribute('aria-pressed', 'true');
		const rotated = [...document.querySelectorAll('*')].filter(
			(element) => getComputedStyle(element).rotate !== 'none'
		);
		expect(rotated.map((element) => element.className.includes('stage'))).toEqual([true]);
	});

	it('shows two languages row by row, and turns only the client’s half', async () => {
		await show();
		await page.getByRole('button', { name: 'Kaksi kieltä' }).click();
		await expect.element(page.getByText('Myrkytystietokeskus').last()).toBeVisible();
		await page.getByRole('button', { name: 'Käännä näkymä asiakkaaseen päin' }).click();
		expect(document.querySelectorAll('.stage')).toHaveLength(2);
		expect(document.querySelectorAll('.stage.turned')).toHaveLength(1);
		expect(document.querySelector('.stage.turned')?.getAttribute('lang')).toBe('ar');
	});

	it('goes from the screen at once, by a button, laid on its face or out of sight, and comes back only when asked for', async () => {
		const back = page.getByRole('button', { name: 'Näytä taas' });
		const heading = page.getByRole('heading', { level: 1 });
		await show();
		const ways = [
			() => page.getByRole('button', { name: 'Piilota' }).click(),
			() => dispatchEvent(new DeviceOrientationEvent('deviceorientation', { beta: 178, gamma: 3 })),
			() => dispatchEvent(new PageTransitionEvent('pagehide'))
		];
		for (const hide of ways) {
			await expect.element(heading).toBeVisible();
			await hide();
			await expect.element(back).toBeVisible();
			expect(document.body.textContent).not.toContain('مركز');
			expect(document.body.textContent).not.toContain('Myrkytys');
			await back.click();
		}
		// In the hand it stays.
		dispatchEvent(new DeviceOrientationEvent('deviceorientation', { beta: 50, gamma: 3 }));
		await expect.element(heading).toBeVisible();
	});

	it('is heard where somebody has spoken it, whatever voices the phone has', async () => {
		const play = vi.spyOn(ClipPlayer.prototype, 'play').mockResolvedValue();
		await show({ language: 'so' });
		await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
		expect(page.getByRole('button', { name: 'Dhageyso' }).elements()).toHaveLength(0);
		await show({ language: 'so', clip: 'GkXfow==' });
		await page.getByRole('button', { name: 'Dhageyso' }).click();
		expect(play).toHaveBeenCalledWith('GkXfow==');
	});

	it('points at the same row on both sides', async () => {
		await show();
		await page.getByRole('button', { name: 'Kaksi kieltä' }).click();
		await page.getByRole('button', { name: 'Käännä näkymä asiakkaaseen päin' }).click();
		await page.getByRole('button', { name: 'hus.fi' }).click();
		expect([...document.querySelectorAll('.pointed')].map((row) => row.textContent.trim())).toEqual([
			'hus.fi',
			'hus.fi'
		]);
	});

	it('has no button to listen where the phone has no voice of its own for the language', async () => {
		vi.spyOn(speechSynthesis, 'getVoices').mockReturnValue([
			{ lang: 'ar-SA', localService: false, name: 'remote' } as SpeechSynthesisVoice
		]);
		await show();
		await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
		expect(page.getByRole('button', { name: 'استمع' }).query()).toBeNull();
	});

	it('reads aloud with a voice of the phone', async () => {
		vi.spyOn(speechSynthesis, 'getVoices').mockReturnValue([
			{ lang: 'ar-SA', localService: true, name: 'own' } as SpeechSynthesisVoice
		]);
		await show();
		await expect.element(page.getByRole('button', { name: 'استمع' })).toBeVisible();
	});

	it('offers languages that the client may read where the card has none of theirs', async () => {
		const onlanguage = vi.fn();
		await show({ language: 'so', onlanguage });
		await page.getByRole('button', { name: 'العربية' }).click();
		expect(onlanguage).toHaveBeenCalledWith('ar');
	});

	it('says today’s hours in the client’s words, the digits from left to right', async () => {
		const rule = { from: '2026-01-01', rule: 'FREQ=DAILY', opens: '00:00', closes: '23:59' };
		await show({ service: { ...service, hours: { rules: [rule], exceptions: [] } } });
		await expect.element(page.getByText('مفتوح الآن')).toHaveAttribute('dir', 'rtl');
		expect(page.getByText('00:00–23:59').element().closest('bdi')?.getAttribute('dir')).toBe('ltr');
		await page.getByRole('button', { name: 'Kaksi kieltä' }).click();
		await expect.element(page.getByText('Avoinna nyt')).toHaveAttribute('lang', 'fi');
	});

	it('lets the client have no time of a service that has paused', async () => {
		const rule = { from: '2026-01-01', rule: 'FREQ=DAILY', opens: '00:00', closes: '23:59' };
		await show({ service: { ...service, status: 'paused', hours: { rules: [rule], exceptions: [] } } });
		await expect.element(page.getByText('0800 147 111')).toBeVisible();
		expect(document.body.textContent).not.toContain('23:59');
	});

	describe('in the client’s hands', () => {
		const lock = () =>
			page.getByRole('button', { name: 'Näkymä on lukittu. Avaa painamalla sekunnin ajan.' });
		const ask = () => page.getByRole('dialog', { name: 'Onko puhelin taas sinulla?' });
		const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
		const key = (type: 'keydown' | 'keyup', name: string) =>
			lock()
				.element()
				.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true }));

		async function give() {
			await show();
			await page.getByRole('button', { name: 'Kaksi kieltä' }).click();
			await page.getByRole('button', { name: 'Anna puhelin' }).click();
		}

		it('has no tools but the lock, and says whom to give the phone back to', async () => {
			await give();
			await expect.element(lock()).toBeVisible();
			await expect.element(page.getByText('أعد الهاتف إلى المستشار.')).toHaveAttribute('lang', 'ar');
			expect(page.getByRole('link').elements()).toEqual([]);
			expect(document.body.textContent).not.toContain('Myrkytystietokeskus');
		});

		it('opens after a second and a second step, not by a tap', async () => {
			await give();
			await lock().click();
			await expect.element(page.getByRole('status')).toMatchTextContent('Avaa painamalla');
			await wait(1100);
			expect(ask().query()).toBeNull();
			key('keydown', 'Enter');
			await wait(600);
			key('keydown', 'Enter');
			await wait(600);
			expect(ask().query()).toBeNull();
			key('keyup', 'Enter');
			await expect.element(ask()).toBeVisible();
			await page.getByRole('button', { name: 'Pidä lukittuna' }).last().click();
			await expect.element(lock()).toBeVisible();
			key('keydown', ' ');
			await wait(1100);
			key('keyup', ' ');
			await page.getByRole('button', { name: 'Kyllä, avaa lukitus' }).click();
			await expect.element(page.getByRole('button', { name: 'Anna puhelin' })).toBeVisible();
		});

		it('does not open when the finger leaves the lock', async () => {
			await give();
			lock()
				.element()
				.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
			await wait(300);
			lock().element().dispatchEvent(new PointerEvent('pointerleave'));
			await wait(1000);
			expect(ask().query()).toBeNull();
		});
	});
});
