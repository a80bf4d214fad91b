import {
	countHands,
	deviceRows,
	expect,
	hands,
	openDoor,
	openOffice,
	ready,
	switchNetwork,
	test
} from './fixtures.ts';

test.use({ demo: true });

/** The coordinator's office and the adviser's phone in one browser, the phone ready to do without a network. */
async function openBoth(...[page, server]: Parameters<typeof openOffice>) {
	await openOffice(page, server);
	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await ready(page);
}

test('a mistake is reported in two taps without a network, and the coordinator sees it, answers and edits', async ({
	page,
	server
}) => {
	await openBoth(page, server);
	const rows = await deviceRows(page, 'services');
	const kela = String(rows.find((row) => String(row['body']).includes('"Kela"'))?.['id']);
	const reportsWaiting = async () =>
		(await deviceRows(page, 'outbox')).filter((row) => row['collection'] === 'service-report').length;
	await switchNetwork(page, false);
	await countHands(page.context());
	await page.goto(`${server.url}/services/${kela}`);
	await page.getByRole('button', { name: 'Ilmoita virheestä' }).waitFor();
	await hands(page);
	await page.getByRole('button', { name: 'Ilmoita virheestä' }).click();
	await page.getByRole('button', { name: 'Puhelinnumero' }).click();
	await expect(page.getByText('Ilmoitus on tallessa puhelimessa.')).toBeVisible();
	expect(await hands(page)).toEqual({ taps: 2, keys: 0 });
	await expect(page.getByText(/Ilmoitettu .*Puhelinnumero/)).toBeVisible();
	expect(await reportsWaiting()).toBe(1);
	await page.reload();
	await expect(page.getByText(/Ilmoitettu .*Puhelinnumero/)).toBeVisible();
	await switchNetwork(page, true);
	await expect.poll(reportsWaiting, { timeout: 30_000 }).toBe(0);

	await page.goto(`${server.url}/office/services`);
	const reported = page.getByRole('listitem').filter({ hasText: 'Ilmoitettu virheestä' }).first();
	await reported.getByRole('button', { name: 'Korjattu' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: 'Ilmoitettu virheestä' })).toHaveCount(0);

	const first = page
		.getByRole('listitem')
		.filter({ has: page.getByRole('link', { name: 'Kela', exact: true }) });
	await first.getByRole('button', { name: 'Pitää yhä paikkansa' }).click();
	await expect(first.getByText('Ei koskaan tarkistettu')).toHaveCount(0);
	await first.getByRole('button', { name: 'Kumoa tarkistus' }).click();
	await expect(first.getByText('Ei koskaan tarkistettu')).toBeVisible();

	await page.goto(`${server.url}/office/services/${kela}`);
	const summary = page.getByRole('textbox', { name: /^Yksi lause, ruotsi/ });
	await summary.fill('FPA betalar stöd.');
	await page.waitForTimeout(500);
	await page.reload();
	await expect(summary).toHaveValue('FPA betalar stöd.');
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await page.waitForURL('**/office/services');
	await page.goto(`${server.url}/office/services/${kela}`);
	await expect(summary).toHaveValue('FPA betalar stöd.');
	await page.locator('summary', { hasText: 'Muutokset' }).click();
	const change = page.getByRole('listitem').filter({ hasText: 'FPA betalar stöd.' });
	await expect(change).toBeVisible();

	await page.context().setOffline(true);
	await change.getByRole('button', { name: /^Kumoa muutos/ }).click();
	await expect(summary).not.toHaveValue('FPA betalar stöd.');
	await page.getByRole('button', { name: 'Lisää aika', exact: true }).first().click();
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('Tarkista aukioloajat');
	const row = page.getByRole('group', { name: 'Aika 1' });
	await row.getByRole('checkbox', { name: 'ma' }).check({ force: true });
	await row.getByLabel('Avataan').fill('9');
	await row.getByLabel('Suljetaan').fill('15.30');
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await page.waitForURL('**/office/services');
	await page.reload();
	await page.context().setOffline(false);
	await expect.poll(async () => (await deviceRows(page, 'outbox')).length, { timeout: 30_000 }).toBe(0);

	await page.goto(`${server.url}/services/${kela}`);
	await expect(page.getByText(/Ilmoitit .*Korjattu/)).toBeVisible({ timeout: 60_000 });
	await page.getByText('Ajat 7 päivän aikana').click();
	await expect(page.getByText('9.00–15.30')).toBeVisible();
});

test('a service that is missing is suggested without a network, and the adviser learns what became of it', async ({
	page,
	server
}) => {
	await openBoth(page, server);
	await switchNetwork(page, false);
	await page.getByRole('link', { name: 'Palvelut' }).click();
	await page.getByRole('searchbox').fill('xyzzykerho');
	await page.getByRole('button', { name: 'Ehdota palvelua' }).click();
	const text = page.getByRole('textbox', { name: /Mikä palvelu puuttuu/ });
	await expect(text).toHaveValue('xyzzykerho');
	await text.fill('');
	await page.getByRole('button', { name: 'Tallenna ehdotus' }).click();
	await expect(page.getByRole('alert')).toHaveText('Kirjoita, mikä palvelu puuttuu.');
	await text.fill('Xyzzykerho, Kiuruvesi');
	await page.getByRole('button', { name: 'Tallenna ehdotus' }).click();
	await expect(page.getByText(/Ehdotus on tallessa puhelimessa/)).toBeVisible();
	await page.goto(`${server.url}/services`);
	await expect(page.getByText('”Xyzzykerho, Kiuruvesi”')).toBeVisible();
	await page.goto(`${server.url}/sync`);
	await expect(page.getByText('Ehdotus uudesta palvelusta')).toBeVisible();
	await switchNetwork(page, true);
	await expect.poll(async () => (await deviceRows(page, 'outbox')).length, { timeout: 30_000 }).toBe(0);

	await page.goto(`${server.url}/office/services`);
	const suggested = page.getByRole('region', { name: /^Ehdotetut palvelut/ });
	await expect(suggested).toContainText('Xyzzykerho, Kiuruvesi');
	await suggested.getByRole('textbox').fill('Kerho loppui viime vuonna.');
	await suggested.getByRole('button', { name: 'Ei lisätä' }).click();
	await expect(suggested).toHaveCount(0);
	await expect.poll(async () => (await deviceRows(page, 'outbox')).length, { timeout: 30_000 }).toBe(0);
	await page.goto(`${server.url}/services`);
	await expect(page.getByText(/Palvelua ei lisätty/)).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('Vastaus: Kerho loppui viime vuonna.')).toBeVisible();
});
