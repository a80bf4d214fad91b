import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	chip,
	chooseLanguage,
	demoPhone,
	deviceRows,
	expect,
	plus,
	test as base,
	todayRows,
	visitIds,
	type BrowserContext,
	type Page
} from './fixtures.ts';

/** A profile on the disk: quota counts there as on a phone. */
const test = base.extend({
	context: async ({ playwright, launchOptions, viewport, locale, timezoneId }, use) => {
		const folder = mkdtempSync(join(tmpdir(), 'reppu-profile-'));
		const context = await playwright.chromium.launchPersistentContext(folder, {
			...launchOptions,
			viewport,
			reducedMotion: 'reduce',
			...(locale ? { locale } : {}),
			...(timezoneId ? { timezoneId } : {})
		});
		await use(context);
		await context.close();
		rmSync(folder, { recursive: true, force: true });
	}
});

/** How long the browser goes on with the room it knew of after the last database was closed, ms. */
const FORGETS_ROOM = 3000;

/**
 * Fills the storage of this origin, or with `undefined` gives the room back, and opens a page then: the browser asks for the
 * room when a database is opened. The session must live as long as its word is to count.
 */
async function storageOf(context: BrowserContext, origin: string) {
	const cdp = await context.newCDPSession(await context.newPage());
	const quota = (quotaSize?: number) =>
		cdp.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize === undefined ? {} : { quotaSize }) });
	const openFull = async (old: Page, path: string) => {
		await old.close();
		await new Promise((forgotten) => setTimeout(forgotten, FORGETS_ROOM));
		await quota(1024);
		const page = await context.newPage();
		await page.goto(`${origin}${path}`);
		return page;
	};
	return { openFull, makeRoom: () => quota() };
}

const counts = async (page: Page) => ({
	visits: (await deviceRows(page, 'visits')).length,
	outbox: (await deviceRows(page, 'outbox')).length
});

test('the storage is full: the form stays, nothing is half written, and it works when there is room again', async ({
	page: first,
	context,
	server
}) => {
	await demoPhone(first, server);
	const before = await counts(first);
	const storage = await storageOf(context, server.url);
	await plus(first).click();
	await chooseLanguage(first, 'arabia');
	await chip(first, 'Asuminen').click();
	await expect.poll(async () => (await deviceRows(first, 'drafts')).length).toBe(1);
	const page = await storage.openFull(first, '/log');
	await page.getByRole('button', { name: 'Tallenna' }).click();

	const alert = page.getByRole('alert').filter({ hasText: 'Tallennus ei mahtunut muistiin' });
	await expect(alert).toBeFocused();
	await expect(alert).toContainText('Vapauta tilaa puhelimesta ja paina Tallenna uudelleen');
	await expect(chip(page, 'arabia').getByRole('radio')).toBeChecked();
	await expect(chip(page, 'Asuminen').getByRole('checkbox')).toBeChecked();
	expect(await counts(page)).toEqual(before);

	await storage.makeRoom();
	await page.getByRole('button', { name: 'Tallenna' }).click();
	await expect(todayRows(page)).toHaveCount(5);
	expect(await counts(page)).toEqual({ visits: before.visits + 1, outbox: before.outbox + 1 });
});

test('the button that saves with one tap has no form to stay on: it says what to do', async ({
	page: first,
	context,
	server
}) => {
	await demoPhone(first, server);
	const before = await counts(first);
	const storage = await storageOf(context, server.url);
	const page = await storage.openFull(first, '/');
	await page.getByRole('button', { name: 'Sama kuin äsken' }).click();
	await expect(
		page.getByText('Ei mahtunut muistiin. Vapauta tilaa puhelimesta ja yritä uudelleen.')
	).toBeVisible();
	expect(await counts(page)).toEqual(before);
	await storage.makeRoom();
	await page.getByRole('button', { name: 'Sama kuin äsken' }).click();
	await expect(todayRows(page)).toHaveCount(5);
});

test('a database of a newer version is left alone', async ({ page, server }) => {
	await demoPhone(page, server);
	const before = await visitIds(page);
	const databases = await page.evaluate(async () =>
		(await indexedDB.databases()).map(({ name = '' }) => name)
	);
	for (const database of databases) {
		// A file that runs nothing: no connection holds the database open.
		await page.goto(`${server.url}/manifest.webmanifest`);
		await page.evaluate(async (name) => {
			const current = (await indexedDB.databases()).find((one) => one.name === name)?.version ?? 0;
			await new Promise<void>((done, failed) => {
				const request = indexedDB.open(name, current + 10); // Dexie counts its versions in tens
				request.onsuccess = () => done(request.result.close());
				request.onerror = () => failed(request.error);
			});
		}, database);
		await page.goto(server.url);
		await expect(
			page.getByRole('heading', { level: 1, name: 'Tällä laitteella on uudempi Reppu' })
		).toBeVisible();
		expect(await visitIds(page)).toEqual(before);
		await page.goto(`${server.url}/log`);
		await expect(
			page.getByRole('heading', { level: 1, name: 'Tällä laitteella on uudempi Reppu' })
		).toBeVisible();
		await expect(page.getByRole('button', { name: 'Tallenna' })).toHaveCount(0);
	}
});
