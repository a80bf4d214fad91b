import { demoPhone, deviceRows, expect, test, type Page } from './fixtures.ts';

/** How many pages "back" and "forward" of this tab lead to, with this one. */
const trail = (page: Page) =>
	page.evaluate(() => {
		const { navigation } = globalThis as unknown as { navigation: { entries: () => unknown[] } };
		return navigation.entries().length;
	});

/** What the tab keeps beside the page. */
const kept = (page: Page) =>
	page.evaluate(() => JSON.stringify([{ ...sessionStorage }, history.state, location.href, document.title]));

test('a shared device: when a client is done, or has gone, nothing of them is on the screen, in the tab or on the way back', async ({
	page,
	context,
	server
}) => {
	await context.clock.install();
	await demoPhone(page, server);
	await page.goto(`${server.url}/settings`);
	await page.getByLabel('Tätä laitetta käyttävät muutkin').check();
	const before = await trail(page);
	const id = String(
		(await deviceRows(page, 'services')).find((row) => String(row['body']).includes('"Kela"'))?.['id']
	);
	const traces = [id, 'kela', '"ar"', 'lang=ar'];

	/** What a client does: looks for a service, has it shown in Arabic, takes it along. */
	const asClient = async () => {
		await page.getByRole('link', { name: 'Palvelut', exact: true }).click();
		await page.getByRole('searchbox').fill('kela');
		await page.locator(`a[href$="/services/${id}"]`).first().click();
		await page.goto(`${server.url}/handover?service=${id}`);
		await page.goto(`${server.url}/show/${id}?lang=ar`);
		await page.locator('.client.view').waitFor();
		expect(await trail(page)).toBeGreaterThan(before + 2);
		expect(await kept(page)).toContain(id);
	};

	const nothingLeft = async () => {
		await expect(page).toHaveURL(`${server.url}/`);
		// The page with which the app began, and one step from there, to the same address.
		await expect.poll(() => trail(page)).toBe(before + 1);
		for (const trace of traces) expect(await kept(page)).not.toContain(trace);
		await expect(page.locator('.client.view')).toHaveCount(0);
		await page.goBack();
		await expect(page).toHaveURL(`${server.url}/`);
		await expect(page.locator('.client.view')).toHaveCount(0);
		await page.getByRole('link', { name: 'Palvelut', exact: true }).click();
		await expect(page.getByRole('searchbox')).toHaveValue('');
		for (const trace of traces) expect(await kept(page)).not.toContain(trace);
	};

	await asClient();
	await page.getByRole('button', { name: 'Valmis, pyyhi näkymä' }).click();
	await nothingLeft();

	await asClient();
	// The client had the phone in hand and has put it down.
	await page.getByRole('button', { name: 'Anna puhelin' }).click();
	// What watches the clock comes a moment after the page.
	await expect(async () => {
		await page.clock.fastForward('02:30');
		await expect(page).toHaveURL(`${server.url}/`, { timeout: 5000 });
	}).toPass();
	await nothingLeft();
});
