import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import type { OpenApp } from '#lib/components/app.svelte.ts';
import { readTemplates } from '#lib/components/own-templates.ts';
import { keepTemplate } from '#lib/components/template-changes.ts';
import { choosePlace, readPlaceChoice, type PlaceChoice } from '#lib/components/place.ts';
import { live } from '#lib/device/live.svelte.ts';
import { unseal, type OpBody } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { Register } from '#lib/device/register.svelte.ts';
import { addVisit } from '#lib/device/visits.ts';
import { helsinki } from '#lib/domain/dates.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import TodayStage from './TodayStage.svelte';

overwriteGetLocale(() => 'fi');

const KIURUVESI = '0190f000-0000-7000-8000-000000000001';
const VIEREMA = '0190f000-0000-7000-8000-000000000002';
const desks: Desk[] = [
	{ id: KIURUVESI, name: 'Kiuruvesi, kirjasto', municipality: '263', placeType: 'library', room: '2. krs' },
	{ id: VIEREMA, name: 'Vieremä, kirjasto', municipality: '925', placeType: 'library' }
];
const today = () => helsinki(Date.now()).date;
/** A reception that is open all day, so that the test does not depend on the hour. */
const allDay = (desk: string): Reception => ({
	id: desk,
	desk,
	start: `${today()}T00:00`,
	end: `${today()}T23:59`,
	rule: null,
	except: [],
	languages: ['fi']
});

let device: TestDevice;
let register: Register;
let receptions: Reception[];

beforeEach(async () => {
	device = await testDevice();
	register = new Register(device.db);
	await register.start();
	receptions = [allDay(KIURUVESI)];
});

afterEach(async () => {
	await cleanup();
	register.stop();
	await device.remove();
});

async function show(): Promise<void> {
	const { db } = device;
	/** The rest of the app: the screen asks it to send and nothing else. */
	const rest = { sync: { now: vi.fn(async () => ({ ok: true })) } } as unknown as Pick<
		OpenApp,
		'sync' | 'stopStamp' | 'contact' | 'lastReceipt'
	>;
	const open: OpenApp = {
		...rest,
		pill: { current: undefined },
		barred: false,
		revoked: false,
		device,
		stamp: await readStamp(device),
		register,
		visits: register.visits,
		outbox: register.outbox,
		desks: live(async () => desks, desks),
		receptions: live(async () => receptions, receptions),
		place: live<PlaceChoice | null | undefined>(async () => (await readPlaceChoice(db)) ?? null, undefined),
		templates: live(() => readTemplates(db), undefined)
	};
	await render(TodayStage, { open });
}

const log = async (fields: Record<string, string | string[] | null>, secondsAgo = 0) => {
	const at = new Date(Date.now() - secondsAgo * 1000).toISOString();
	return addVisit(device, await readStamp(device), {
		at,
		desk: KIURUVESI,
		deskMunicipality: '263',
		...fields
	});
};
const rows = () => page.getByRole('listitem');
const lastOp = async () => {
	const row = await device.db.outbox.orderBy('seq').last();
	return row && unseal<OpBody>(row).fields;
};

describe('the first screen', () => {
	it('says where the adviser is and, with no visit yet, how to begin', async () => {
		await show();
		await expect.element(page.getByRole('heading', { level: 1, name: 'Kiuruvesi, kirjasto' })).toBeVisible();
		await expect.element(page.getByText('Ei vielä käyntejä tänään.', { exact: false })).toBeVisible();
		expect(document.body.textContent).not.toContain('Toista yhdellä');
	});

	it('repeats the last visit with one tap and undoes it with one', async () => {
		await log({ language: 'ar', topics: ['permits'], channel: 'appointment' });
		await show();
		await page.getByRole('button', { name: 'Sama kuin äsken' }).click();
		await expect.poll(() => rows().elements().length).toBe(2);
		expect(await lastOp()).toMatchObject({
			language: 'ar',
			topics: ['permits'],
			desk: KIURUVESI,
			channel: 'appointment'
		});
		await page.getByRole('button', { name: 'Kumoa', exact: true }).click();
		await expect.poll(() => rows().elements().length).toBe(1);
		await page.getByRole('button', { name: 'Palauta' }).click();
		await expect.poll(() => rows().elements().length).toBe(2);
	});

	it('undoes the visit saved last from its row, with no notice on the screen', async () => {
		await log({ language: 'ar', topics: ['work'] }, 1);
		await log({ language: 'ru', topics: ['housing'] });
		await show();
		await page.getByRole('button', { name: /^Kumoa .* Asuminen$/ }).click();
		await expect.poll(() => rows().elements().length).toBe(1);
		await expect.element(rows()).toMatchTextContent('Työ ja yrittäjyys');
	});

	it('offers what is logged again and again, at the desk of now', async () => {
		for (const seconds of [1, 2, 3])
			await log({ language: 'so', topics: ['health'], desk: VIEREMA }, seconds);
		await show();
		await page.getByRole('button', { name: 'Terveys ja hyvinvointi · somali' }).click();
		await expect.poll(() => rows().elements().length).toBe(4);
		expect(await lastOp()).toMatchObject({
			language: 'so',
			desk: KIURUVESI,
			deskMunicipality: '263',
			channel: 'roaming'
		});
	});

	it("offers the adviser's own templates before what was learned, and logs them whole", async () => {
		for (const seconds of [1, 2, 3]) await log({ language: 'so', topics: ['health'] }, seconds);
		await keepTemplate(
			device.db,
			{ language: 'ar', topics: ['permits'], channel: 'phone', actions: ['phone-call'] },
			KIURUVESI
		);
		await show();
		const offered = page.getByRole('button', { name: / · / });
		await expect.poll(() => offered.elements().length).toBe(2);
		expect(offered.elements()[0]?.textContent).toContain('arabia');
		await offered.nth(0).click();
		await expect.poll(() => rows().elements().length).toBe(4);
		expect(await lastOp()).toMatchObject({
			language: 'ar',
			topics: ['permits'],
			desk: KIURUVESI,
			channel: 'phone',
			actions: ['phone-call']
		});
	});

	it('asks where the adviser is when two receptions fit, and keeps the answer', async () => {
		receptions = [allDay(KIURUVESI), allDay(VIEREMA)];
		await show();
		await expect.element(page.getByRole('heading', { name: 'Missä olet nyt?' })).toBeVisible();
		await page.getByRole('button', { name: /Vieremä/ }).click();
		await expect.element(page.getByRole('heading', { level: 1, name: 'Vieremä, kirjasto' })).toBeVisible();
	});

	it('changes the place with two taps, back to none as well', async () => {
		await show();
		await page.getByRole('button', { name: 'Vaihda paikka' }).click();
		await page.getByRole('button', { name: 'Ilman paikkaa' }).click();
		await expect.element(page.getByRole('heading', { level: 1, name: 'Ilman paikkaa' })).toBeVisible();
		await choosePlace(device.db, VIEREMA, Date.now());
		await expect.element(page.getByRole('heading', { level: 1, name: 'Vieremä, kirjasto' })).toBeVisible();
	});
});
