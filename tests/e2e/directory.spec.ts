import { countHands, deviceRows, expect, hands, openDoor, ready, switchNetwork, test } from './fixtures.ts';

test.use({ demo: true });

test('a mistake is reported in two taps without a network, and the coordinator sees it, answers and edits', async ({
	page,
	server
}) => {
	await openDoor(page, server, 'Avaa toimisto');
	await page.getByTestId('visits').waitFor();
	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await ready(page);
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
	const row = page.getByRole('listitem').filter({ hasText: 'Ilmoitettu virheestä' }).first();
	await row.getByRole('button', { name: 'Korjattu' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: 'Ilmoitettu virheestä' })).toHaveCount(0);

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
	await expect(page.getByRole('listitem').filter({ hasText: 'FPA betalar stöd.' })).toBeVisible();

	await page.goto(`${server.url}/services/${kela}`);
	await expect(page.getByText(/Ilmoitit .*Korjattu/)).toBeVisible({ timeout: 60_000 });
});
