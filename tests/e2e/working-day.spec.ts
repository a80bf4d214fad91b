import { demoPhone, expect, openOffice, switchNetwork, test } from './fixtures.ts';

test('closing: an adviser tells the hours of a reception without a network, and they are in the cost share', async ({
	page,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	const told = () =>
		server.rows<{ n: number }>(`SELECT count(*) n FROM records WHERE collection = 'work-hours'`)[0]?.n ?? 0;
	const before = told();
	await switchNetwork(page, false);
	await page.goto(`${server.url}/tour`);
	await page.getByRole('link', { name: 'Työtunnit' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Työtunnit' })).toBeVisible();
	const untold = page.locator('.card', { has: page.getByLabel('Alkoi') }).first();
	const name = await untold.getByRole('heading').innerText();
	await untold.getByLabel('Päättyi').fill('');
	await untold.getByRole('button', { name: 'Tallenna tunnit' }).click();
	await expect(untold.getByRole('alert')).toContainText('Kirjoita alkamis- ja päättymisaika');
	await untold.getByLabel('Alkoi').fill('08:00');
	await untold.getByLabel('Päättyi').fill('08:45');
	await untold.getByRole('button', { name: 'Tallenna tunnit' }).click();
	const card = page.locator('.card', { hasText: name });
	await expect(card).toContainText('Tunnit tallennettu: 8.00–8.45');
	// Work where the tour had nothing.
	await page.getByText('Lisää tunnit muulle paikalle').click();
	const other = page.locator('details form');
	await other.getByRole('button').click();
	await expect(other.getByRole('alert')).toContainText('Valitse neuvontapiste ja päivä');
	await other.getByLabel('Neuvontapiste').selectOption('Sonkajärvi, kirjasto');
	await other.getByLabel('Alkoi').fill('20:00');
	await other.getByLabel('Päättyi').fill('20:20');
	await other.getByRole('button').click();
	await expect(page.getByText('Tunnit tallennettu: 20.00–20.20')).toBeVisible();
	await page.reload();
	await expect(card).toContainText('Tunnit tallennettu: 8.00–8.45');

	await switchNetwork(page, true);
	await expect.poll(told, { timeout: 20_000 }).toBe(before + 2);
	await openOffice(page, server);
	await page.goto(`${server.url}/office/cost-share?year=${new Date().getFullYear()}&cost=1000&by=hours`);
	await expect(page.getByTestId('cost-sum')).toContainText(/1\s000,00/);
	await expect(page.getByText('Neuvojien tunnit ovat vastaanotoilta')).toBeVisible();
	await expect(page.getByRole('row', { name: /Sonkajärvi/ })).toContainText('Neuvojan tunteja');
});

test('packing: the phone says what is missing for the next reception, and that nothing is once it was sent', async ({
	page,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	await switchNetwork(page, false);
	await page.goto(`${server.url}/tour`);
	await page.getByRole('link', { name: 'Tarkista reppu' }).click();
	await expect(page.getByRole('status').filter({ hasText: /asiaa? puuttuu/ })).toBeVisible();
	const list = page.getByRole('main').getByRole('list');
	await expect(list).toContainText('Lähettämättömiä muutoksia on');
	await expect(list).toContainText('Palvelutiedot ja kielet ovat tässä puhelimessa');
	await switchNetwork(page, true);
	await expect(list).toContainText('Kaikki on lähetetty', { timeout: 20_000 });
});
