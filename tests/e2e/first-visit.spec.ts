import { demoPhone, expect, ready, test } from './fixtures.ts';

test('the first worker never reloads a page that is being used', async ({ browser, server }) => {
	for (let run = 0; run < 4; run += 1) {
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.addInitScript(() => {
			sessionStorage.setItem('loads', String(Number(sessionStorage.getItem('loads')) + 1));
		});
		await page.goto(`${server.url}/start`);
		await page.reload(); // while the worker installs: workbox-window then takes it for another tab's
		await ready(page);
		await page.waitForTimeout(700);
		expect(await page.evaluate(() => sessionStorage.getItem('loads'))).toBe('2');
		await context.close();
	}
});

test('a demo meets its visitors with its doors', async ({ page, server }) => {
	await page.goto(server.url);
	await expect(page).toHaveURL(/\/demo$/);
	await demoPhone(page, server);
	await page.goto(server.url);
	await expect(page).toHaveURL(`${server.url}/`);
});

test('a phone that is not enrolled is led to the start, and public data open without it', async ({
	page,
	server
}) => {
	await page.goto(`${server.url}/visits`);
	await expect(page).toHaveURL(/\/start$/);
	await expect(page.getByRole('heading', { level: 1, name: 'Ota Reppu käyttöön' })).toBeVisible();
	for (const [path, heading] of [
		['/services', 'Palvelut'],
		['/tour', 'Kierros'],
		['/languages', 'Mitä kieltä puhut?'],
		['/settings', 'Asetukset'],
		['/office', 'Toimisto ei ole käytössä tällä laitteella']
	] as const) {
		await page.goto(`${server.url}${path}`);
		await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
	}
});
