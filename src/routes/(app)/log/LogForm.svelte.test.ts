import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import type { OpenApp } from '#lib/components/app.svelte.ts';
import { takeDraft } from '#lib/components/visit-form/open-draft.ts';
import { live } from '#lib/device/live.svelte.ts';
import type { OpenedDraft } from '#lib/components/visit-form/open-draft.ts';
import { unseal, type OpBody } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { Register } from '#lib/device/register.svelte.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import LogFormStage from './LogFormStage.svelte';

overwriteGetLocale(() => 'fi');

const now = Date.parse('2026-03-06T09:32:00Z');
let device: TestDevice;
let open: OpenApp;
let register: Register;
const sendNow = vi.fn(async () => ({ ok: true }) as const);

beforeEach(async () => {
	device = await testDevice();
	register = new Register(device.db);
	await register.start();
	const rest = { sync: { now: sendNow }, pill: { current: undefined } } as unknown as OpenApp;
	open = {
		...rest,
		device,
		stamp: await readStamp(device),
		visits: register.visits,
		desks: live(async () => [], []),
		receptions: live(async () => [], [])
	};
});

afterEach(async () => {
	await cleanup();
	register.stop();
	await device.remove();
});

const show = async (more: { onsaved?: () => void; draft?: OpenedDraft | undefined } = {}) =>
	render(LogFormStage, { open, now, onsaved: more.onsaved ?? vi.fn(), draft: more.draft });
const topic = (name: string) => page.getByRole('checkbox', { name });
const save = () => page.getByRole('button', { name: 'Tallenna' });
const ops = async () => (await device.db.outbox.toArray()).map((row) => unseal<OpBody>(row).fields);

describe('the quick log', () => {
	it('saves a plain visit with three taps, and asks for nothing else', async () => {
		const onsaved = vi.fn();
		await show({ onsaved });
		await page.getByRole('radio', { name: 'arabia' }).click();
		await topic('Luvat ja kansalaisuus').click();
		await save().click();
		await expect.poll(() => onsaved.mock.calls.length).toBe(1);
		expect(await ops()).toEqual([
			{
				at: '2026-03-06T09:32:00.000Z',
				desk: null,
				deskMunicipality: null,
				channel: 'phone',
				language: 'ar',
				topics: ['permits']
			}
		]);
		expect(await device.db.drafts.count()).toBe(0);
		expect(sendNow).toHaveBeenCalled();
	});

	it('saves once when the button is pressed twice', async () => {
		const onsaved = vi.fn();
		await show({ onsaved });
		await page.getByRole('radio', { name: 'venäjä' }).click();
		await topic('Asuminen').click();
		const button = save().element() as HTMLButtonElement;
		button.click();
		button.click();
		await expect.poll(() => onsaved.mock.calls.length).toBeGreaterThan(0);
		button.click();
		await expect.poll(() => onsaved.mock.calls.length).toBeGreaterThan(1);
		expect(await device.db.visits.count()).toBe(1);
		expect(await ops()).toHaveLength(1);
	});

	it('asks for a topic with words that say what to do, and once for the language', async () => {
		const onsaved = vi.fn();
		await show({ onsaved });
		await save().click();
		const summary = page.getByRole('alert', { name: 'Tarkista nämä kohdat' });
		await expect.element(summary).toHaveFocus();
		expect(document.title).toContain('Virhe: ');
		await page.getByRole('link', { name: 'Valitse ainakin yksi asia' }).click();
		await expect.element(topic('Luvat ja kansalaisuus')).toHaveFocus();
		await topic('Koulutus').click();
		await expect.element(summary).not.toBeInTheDocument();
		await expect.element(page.getByRole('radio', { name: 'Kieli ei tiedossa' })).toBeVisible();
		await save().click();
		await expect.poll(() => onsaved.mock.calls.length).toBe(1);
		expect(await ops()).toMatchObject([{ language: 'unknown', topics: ['education'] }]);
	});

	it('lets an answer be taken back: what is untouched in the end was not asked', async () => {
		await show();
		const language = page.getByRole('radio', { name: 'arabia' });
		await language.click();
		await expect.element(language).toBeChecked();
		await language.click();
		await expect.element(language).not.toBeChecked();
	});

	it('keeps a draft after 300 ms, and goes on with it after a reload', async () => {
		const first = await show();
		await page.getByRole('radio', { name: 'ukraina' }).click();
		await topic('Työ ja yrittäjyys').click();
		await expect.poll(() => device.db.drafts.count()).toBe(1);
		await first.unmount();
		const taken = await takeDraft(device.db);
		expect(taken?.draft.values).toMatchObject({ language: 'uk', topics: ['work'] });
		const onsaved = vi.fn();
		await show({ draft: taken?.draft, onsaved });
		await expect.element(page.getByText('Jatkat 11.32 aloitettua kirjausta')).toBeVisible();
		await save().click();
		await expect.poll(() => onsaved.mock.calls.length).toBe(1);
		expect(await device.db.drafts.count()).toBe(0);
		taken?.release();
	});

	it('empties the form on request, and brings it back', async () => {
		const first = await show();
		await topic('Työ ja yrittäjyys').click();
		await expect.poll(() => device.db.drafts.count()).toBe(1);
		await first.unmount();
		const taken = await takeDraft(device.db);
		await show({ draft: taken?.draft });
		await page.getByRole('button', { name: 'Aloita alusta' }).click();
		await expect.element(topic('Työ ja yrittäjyys')).not.toBeChecked();
		await expect.poll(() => device.db.drafts.count()).toBe(0);
		await page.getByRole('button', { name: 'Kumoa' }).click();
		await expect.element(topic('Työ ja yrittäjyys')).toBeChecked();
		await expect.poll(() => device.db.drafts.count()).toBe(1);
		taken?.release();
	});

	it('leaves a draft that another tab has open alone', async () => {
		await show();
		await topic('Asuminen').click();
		await expect.poll(() => device.db.drafts.count()).toBe(1);
		expect(await takeDraft(device.db)).toBeUndefined();
	});

	it('can be filled in and saved from the keyboard', async () => {
		const onsaved = vi.fn();
		await show({ onsaved });
		await userEvent.keyboard('1');
		await expect.element(topic('Luvat ja kansalaisuus')).toBeChecked();
		await userEvent.keyboard('t');
		await expect.element(topic('Muu asia')).toBeChecked();
		await userEvent.keyboard('1');
		await expect.element(topic('Luvat ja kansalaisuus')).not.toBeChecked();
		await userEvent.keyboard('l');
		await userEvent.keyboard(' ');
		await userEvent.keyboard('{Control>}{Enter}{/Control}');
		await expect.poll(() => onsaved.mock.calls.length).toBe(1);
		expect(await ops()).toMatchObject([{ language: 'fi', topics: ['other'] }]);
	});

	it('does not take letters in a text field for shortcuts', async () => {
		await show();
		await page.getByText('Lisää tietoja (vapaaehtoinen)').click();
		await page.getByRole('textbox', { name: 'Muistiinpano' }).fill('');
		await userEvent.keyboard('q1');
		await expect.element(page.getByRole('textbox', { name: 'Muistiinpano' })).toHaveValue('q1');
		await expect.element(topic('Luvat ja kansalaisuus')).not.toBeChecked();
	});

	it('stays with everything in it where the device cannot store it, and says what to do', async () => {
		const onsaved = vi.fn();
		await show({ onsaved });
		await page.getByRole('radio', { name: 'arabia' }).click();
		await topic('Asuminen').click();
		const full = new DOMException('The disk is full.', 'QuotaExceededError');
		const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
			throw full;
		});
		await save().click();
		await expect.element(page.getByRole('alert')).toMatchTextContent('Vapauta tilaa puhelimesta');
		add.mockRestore();
		await expect.element(topic('Asuminen')).toBeChecked();
		expect(onsaved).not.toHaveBeenCalled();
		expect(await device.db.visits.count()).toBe(0);
		await save().click();
		await expect.poll(() => onsaved.mock.calls.length).toBe(1);
		expect(await device.db.visits.count()).toBe(1);
	});

	it('stays with everything in it where the browser has lost the database and does not give it back', async () => {
		const onsaved = vi.fn();
		await show({ onsaved });
		await page.getByRole('radio', { name: 'arabia' }).click();
		await topic('Asuminen').click();
		// Nothing can be read, either.
		const lost = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
		});
		device.db.backendDB().close();
		await save().click();
		await expect.element(page.getByRole('alert')).toMatchTextContent('avaa sovellus uudelleen');
		lost.mockRestore();
		await expect.element(topic('Asuminen')).toBeChecked();
		expect(onsaved).not.toHaveBeenCalled();
		await save().click();
		await expect.poll(() => onsaved.mock.calls.length).toBe(1);
		expect(await device.db.visits.count()).toBe(1);
		expect(await device.db.outbox.count()).toBe(1);
	});
});
