import { expect, openOffice, test } from './fixtures.ts';
import { invite } from './members.ts';

test('a viewer comes to what may leave the organisation, and to nothing else', async ({
	page: office,
	server,
	browser
}) => {
	await openOffice(office, server);
	const code = await invite(office, 'Kaisa Katsoja', 'Lukija');

	const context = await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' });
	const page = await context.newPage();
	await page.goto(`${server.url}/start`);
	await page.getByLabel('Kutsukoodi').fill(code);
	await page.getByRole('button', { name: 'Jatka' }).click();
	await expect(page).toHaveURL(/\/office\/network$/);
	await expect(page.getByRole('heading', { level: 1, name: 'Verkoston luvut' })).toBeVisible();
	await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Verkoston luvut']);

	// A year of the demo in four quarters, to five; one organisation has no sum.
	const figures = page.getByRole('table', { name: 'Yhteydenotot neljänneksittäin' });
	await expect(figures.getByRole('cell')).toHaveCount(4);
	await expect(figures.getByRole('cell').last()).toHaveText(/\d[05]\s*$/);
	await expect(page.getByText('Näkyvien lukujen summa')).toHaveCount(0);
	await expect(page.getByText('Sisäinen')).toHaveCount(0);
	await page.getByRole('button', { name: 'Taulukko Asiointikieli' }).click();
	const languages = page.getByRole('region', { name: 'Asiointikieli' });
	await expect(languages.getByRole('row', { name: /peitetty –$/ }).first()).toBeVisible();
	await expect(languages.getByRole('row', { name: /[05] [\d,]+\s%$/ }).first()).toBeVisible();

	// Another quarter, by keyboard; it stands in the address.
	await page.getByRole('button', { name: 'Edellinen jakso' }).press('Enter');
	await expect(page).toHaveURL(/\/office\/network\?quarter=\d{4}-Q[1-4]$/);
	await expect(page.getByText(/^Päivitetty/)).toBeVisible();

	// Neither the phone's first screen nor the coordinator's pages are a viewer's.
	await page.goto(server.url);
	await expect(page).toHaveURL(/\/office\/network$/);
	await expect(figures).toBeVisible();
	await page.goto(`${server.url}/office/reports`);
	await expect(page.getByText('Roolisi ei riitä tähän')).toBeVisible();
	await page.goto(`${server.url}/office/network`);
	await expect(figures).toBeVisible();

	// What was fetched stays on the screen when nobody answers.
	await server.stop();
	await page.getByRole('combobox', { name: 'Vuosineljännes' }).selectOption({ index: 8 });
	await expect(page.getByRole('button', { name: 'Yritä uudelleen' })).toBeVisible();
	await expect(page.getByText(/: noin .* yhteydenottoa\.$/)).toBeVisible();
	await context.close();
});
