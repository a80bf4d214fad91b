import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
	chip,
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	NEXT_BUILD,
	plus,
	ready,
	switchNetwork,
	test,
	todayRows,
	visitIds,
	waiting,
	type Page
} from './fixtures.ts';

/** What a build calls itself. */
function versionOf(build: string): string {
	const file = resolve(import.meta.dirname, '..', '..', build, 'client/_app/version.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const lookForUpdate = (page: Page) =>
	page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

for (const offline of [false, true]) {
	test(`an update accepted in one tab reloads the other and keeps its draft, ${offline ? 'offline' : 'online'}`, async ({
		page,
		context,
		server
	}) => {
		await demoPhone(page, server);
		const other = await context.newPage();
		await other.goto(`${server.url}/log`);
		await ready(other);
		await chip(other, 'venäjä').click();
		await chip(other, 'Koulutus').click();

		await server.stop();
		await server.start(NEXT_BUILD);
		await lookForUpdate(page);
		await expect(page.getByTestId('update')).toBeVisible();
		// Nothing is offered over a form that somebody fills in.
		await expect(other.getByTestId('update')).toHaveCount(0);
		if (offline) {
			await server.stop('SIGKILL');
			await context.setOffline(true);
		}
		// The last answer is not a draft yet when the reload comes.
		await other.evaluate(() => Object.assign(globalThis, { stale: true }));
		await chip(other, 'Asuminen').click();
		await page.getByTestId('update').getByRole('button', { name: 'Päivitä' }).click();
		await other.waitForFunction(() => !('stale' in globalThis));
		for (const topic of ['Koulutus', 'Asuminen']) {
			await expect(chip(other, topic).getByRole('checkbox')).toBeChecked();
		}
		await other.getByRole('button', { name: 'Tallenna' }).click();
		await expect(todayRows(other)).toHaveCount(5);
		expect(await deviceRows(other, 'drafts')).toEqual([]);

		for (const tab of [page, other]) {
			await expect(tab.getByTestId('update')).toHaveCount(0);
			await tab.goto(`${server.url}/sync`);
			await expect(tab.getByText(versionOf(NEXT_BUILD))).toBeVisible();
		}
	});
}

test('what waits goes out whichever of app and server is the newer one', async ({ page, server }) => {
	await demoPhone(page, server);
	const refused = new Set((await deviceRows(page, 'rejected')).map((row) => row['recordId']));
	const ids = async () => (await visitIds(page)).filter((id) => !refused.has(id));
	const delivered = async () => {
		await switchNetwork(page, true);
		await expect.poll(() => waiting(page)).toBe(0);
		await switchNetwork(page, false);
	};
	const old = (await deviceRows(page, 'outbox')).map((row) => String(row['recordId']));
	expect(old).toHaveLength(3);

	// The server is newer.
	await server.stop();
	await server.start(NEXT_BUILD);
	await delivered();
	const before = new Set(await ids());
	await logVisit(page);

	// The app changes with a visit waiting, and then the server goes back to what it was.
	await lookForUpdate(page);
	await page.evaluate(() => Object.assign(globalThis, { stale: true }));
	await page.getByTestId('update').getByRole('button', { name: 'Päivitä' }).click();
	await page.waitForFunction(() => !('stale' in globalThis));
	await server.stop();
	await server.start();
	await expect(todayRows(page)).toHaveCount(5);
	await expect(todayRows(page).first()).toContainText('Tallessa puhelimessa');
	expect(await waiting(page)).toBe(1);
	await logVisit(page);
	await delivered();
	const added = (await ids()).filter((id) => !before.has(id));
	expect(added).toHaveLength(2);
	const all = [...old, ...added];
	const once = all.map(() => 1);
	expect(server.counts(all)).toEqual({ journal: once, records: once, facts: once });
	await page.goto(`${server.url}/sync`);
	await expect(page.getByText(versionOf(NEXT_BUILD))).toBeVisible();
});

test('an update that is put off stays in "more" and is taken from there', async ({ page, server }) => {
	await demoPhone(page, server);
	await server.stop();
	await server.start(NEXT_BUILD);
	await lookForUpdate(page);
	await page.getByTestId('update').getByRole('button', { name: 'Myöhemmin' }).click();
	await expect(page.getByTestId('update')).toHaveCount(0);
	await page.getByRole('link', { name: 'Lisää' }).click();
	await expect(page.getByText('Uusi versio valmis')).toBeVisible();
	await page.evaluate(() => Object.assign(globalThis, { stale: true }));
	await page.getByRole('button', { name: 'Päivitä' }).click();
	await page.waitForFunction(() => !('stale' in globalThis));
	await expect(page.getByText('Uusi versio valmis')).toHaveCount(0);
	await plus(page).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Kirjaa käynti' })).toBeVisible();
});
