import { expect, openOffice, test, toOfficePage } from './fixtures.ts';

/** The last quarter that has been over for two weeks. */
function quarter(now: number): string {
	const at = new Date(now - 14 * 86_400_000);
	const first = Math.floor(at.getUTCMonth() / 3) * 3;
	const day = (month: number, date: number) =>
		new Date(Date.UTC(at.getUTCFullYear(), month, date)).toISOString().slice(0, 10);
	return `from=${day(first - 3, 1)}&to=${day(first, 0)}`;
}

test('a municipality’s program: a coordinator makes its permission, it reads the public figures, and it is taken back', async ({
	page,
	server,
	playwright
}) => {
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await toOfficePage(page, 'Ohjelmien luvat');
	await expect(page.getByText('Yksikään ohjelma ei lue lukuja.')).toBeVisible();
	await page.getByRole('button', { name: 'Uusi lupa' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Tee lupa' }).click();
	await expect(dialog.getByText('Kirjoita, kuka lukuja lukee.')).toBeVisible();
	await dialog.getByLabel('Kuka lukuja lukee').fill('Iisalmi, raportointi');
	await dialog.getByRole('radio', { name: '3 kuukautta' }).check();
	await dialog.getByRole('button', { name: 'Tee lupa' }).click();
	await expect(dialog.getByText('Sitä ei näytetä uudelleen', { exact: false })).toBeVisible();
	const token = await dialog.locator('.token').innerText();
	expect(token).toMatch(/^reppu_api_[\w-]{43}$/);
	await dialog.getByRole('button', { name: 'Valmis' }).click();

	const program = await playwright.request.newContext();
	const read = async () =>
		(
			await program.get(
				`${server.url}/api/v1/figures/published?${quarter(Date.now())}&format=json&locale=fi`,
				{ headers: { authorization: `Bearer ${token}` } }
			)
		).status();
	expect(await read()).toBe(200);
	await page.reload();
	const row = page.getByRole('listitem').filter({ hasText: 'Iisalmi, raportointi' });
	await expect(row).toContainText('Käytetty viimeksi');
	// Shown once.
	expect(await page.content()).not.toContain(token);

	await row.getByRole('button', { name: 'Peru lupa: Iisalmi, raportointi' }).click();
	await dialog.getByRole('button', { name: 'Peru lupa' }).click();
	await expect(row).toContainText('Peruttu');
	await expect(row.getByRole('button')).toHaveCount(0);
	expect(await read()).toBe(401);
	await program.dispose();
});
