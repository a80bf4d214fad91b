import { readFileSync } from 'node:fs';
import {
	chooseLanguage,
	demoPhone,
	expect,
	logVisit,
	openOffice,
	ready,
	switchNetwork,
	test,
	visitIds,
	waiting,
	toOfficePage,
	type BrowserContext,
	type Page,
	type Server
} from './fixtures.ts';

const SECRET = 'tuntomerkki';

/** A browser of the coordinator's own. */
async function office(context: BrowserContext, server: Server): Promise<Page> {
	const page = await context.newPage();
	await openOffice(page, server);
	return page;
}

const newest = async (page: Page, before: readonly string[]) =>
	(await visitIds(page)).find((id) => !before.includes(id))!;

test('a phone that gets no connection saves a locked file, the coordinator brings it in, and nothing is doubled', async ({
	page,
	server,
	browser
}) => {
	await demoPhone(page, server);
	const before = await visitIds(page);
	await logVisit(page);
	const id = await newest(page, before);
	await page.goto(`${server.url}/sync`);
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Varmuuskopio' }).click();
	const file = await saving;
	expect(file.suggestedFilename()).toMatch(/^reppu-\d{4}-\d\d-\d\d\.reppu$/);
	const path = (await file.path())!;
	expect(readFileSync(path, 'utf8')).not.toContain(id);
	const code = await page.locator('.told .code').innerText();
	expect(code).toMatch(/^([0-9A-Z]{4} ){3}[0-9A-Z]{4}$/);
	expect(server.counts([id])).toEqual({ journal: [0], records: [0], facts: [0] });

	const context = await browser.newContext();
	const coordinator = await office(context, server);
	await toOfficePage(coordinator, 'Varmuuskopio');
	await coordinator.getByLabel('Tiedosto', { exact: true }).setInputFiles(path);
	await coordinator.getByLabel('Avauskoodi').fill('0000 0000 0000 0000');
	await coordinator.getByRole('button', { name: 'Tuo', exact: true }).click();
	await expect(coordinator.getByRole('alert')).toContainText('Koodi ei avaa tiedostoa');
	await coordinator.getByLabel('Avauskoodi').fill(code.toLowerCase());
	await coordinator.getByRole('button', { name: 'Tuo', exact: true }).click();
	await expect(coordinator.getByText(/muutosta on perillä/)).toBeVisible();
	expect(server.counts([id])).toEqual({ journal: [1], records: [1], facts: [1] });

	await switchNetwork(page, true);
	await page.getByRole('button', { name: 'Yritä nyt' }).click();
	await expect.poll(() => waiting(page)).toBe(0);
	expect(server.counts([id])).toEqual({ journal: [1], records: [1], facts: [1] });
	await context.close();
});

test('a coordinator reads a colleague’s visit, changes it, and erases it for good on every phone', async ({
	page,
	server,
	browser
}) => {
	await demoPhone(page, server);
	const before = await visitIds(page);
	await page.getByRole('link', { name: 'Kirjaa', exact: true }).click();
	await chooseLanguage(page, 'arabia');
	await page.getByRole('checkbox', { name: 'Muu asia' }).click();
	await page.getByRole('textbox').first().fill(SECRET);
	await page.getByRole('button', { name: 'Tallenna' }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	const id = await newest(page, before);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const said = () =>
		server.rows<{ n: number }>(`SELECT count(*) n FROM journal_bodies WHERE body LIKE '%${SECRET}%'`)[0]!.n;
	expect(said()).toBe(1);

	const context = await browser.newContext();
	const coordinator = await office(context, server);
	await coordinator.goto(`${server.url}/visits`);
	await ready(coordinator);
	await coordinator.getByRole('link', { name: 'Muiden käynnit' }).click();
	await expect(coordinator.getByText('Helmi Esimerkki').first()).toBeVisible();
	await expect.poll(() => visitIds(coordinator)).toContain(id);
	await coordinator.goto(`${server.url}/visits/${id}`);
	await expect(coordinator.getByText('Kirjannut Helmi Esimerkki')).toBeVisible();
	await coordinator.getByRole('button', { name: /^Muuta.*Kieli/ }).click();
	await coordinator.getByRole('dialog').locator('label.chip').first().click();
	await coordinator.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
	await expect.poll(() => server.counts([id]).journal[0]).toBe(2);
	expect(server.counts([id])).toEqual({ journal: [2], records: [1], facts: [1] });

	await coordinator.getByRole('button', { name: 'Poista pysyvästi' }).click();
	await coordinator.getByRole('button', { name: 'Poista pysyvästi' }).click();
	await expect(coordinator.getByRole('heading', { level: 1, name: 'Käyntiä ei löydy' })).toBeVisible();
	expect(said()).toBe(0);
	expect(server.counts([id]).facts).toEqual([0]);
	await page.goto(`${server.url}/sync`);
	await page.getByRole('button', { name: 'Yritä nyt' }).click();
	await expect.poll(() => visitIds(page)).not.toContain(id);
	await expect(page.getByText('Koordinaattori on poistanut yhden käynnin')).toBeVisible();
	await context.close();
});
