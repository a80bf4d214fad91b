import { readFileSync } from 'node:fs';
import { chip, expect, openOffice, test, toOfficePage, type Page, type Server } from './fixtures.ts';

const HEAD = 'Pvm;Kunta;Asia;Kieli;Lkm';
const rows = ['3/7/2019;Iisalmi;Asuminen;venäjä;1', '13/7/2019;Iisalmi;kotoperä;venäjä;5', '14/7/2019;Iisalmi;Koulutus;arabia;-2']; // prettier-ignore
const file = (...lines: string[]) => ({
	name: 'vanha-rekisteri.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from([HEAD, ...lines, ''].join('\r\n'))
});

const contactsOf2019 = async (page: Page, server: Server): Promise<number> => {
	await page.goto(`${server.url}/office/reports?from=2019-01-01&to=2019-12-31`);
	return Number((await page.getByTestId('visits').innerText()).replace(/\D/g, ''));
};

test('an old register: its file is read, explained, checked, brought in, counted, changes nothing again, and is taken back', async ({
	page,
	server
}) => {
	await openOffice(page, server);
	await toOfficePage(page, 'Vanha rekisteri');
	await page.getByLabel('Tiedosto', { exact: true }).setInputFiles(file(...rows));
	await page.getByRole('button', { name: 'Lue tiedosto' }).click();

	// What the columns mean was proposed; what could be read in two ways is asked.
	await expect(page.getByRole('combobox', { name: 'Sarake Lkm tarkoittaa' })).toHaveValue('count');
	await page.getByRole('button', { name: 'Tarkista rivit' }).click();
	await expect(page.getByRole('alert')).toContainText('Vastaa tähän');
	await chip(page, 'Päivä, kuukausi, vuosi').check({ force: true });
	await page.getByRole('combobox', { name: 'Arvo kotoperä tarkoittaa' }).selectOption('housing');
	await page.getByRole('button', { name: 'Tarkista rivit' }).click();
	await expect(page.getByText('Lukumäärä on negatiivinen').first()).toBeVisible();
	await expect(page.getByText('Rivi 4', { exact: true })).toBeVisible();
	const [lines] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Lataa rivit (CSV)' }).click()
	]);
	expect(readFileSync((await lines.path())!, 'utf8').split('\r\n')).toEqual([
		'\ufeffRivi;Sarake;Mitä huomattiin;Arvo;Mitä tehdään',
		"4;Lkm;Lukumäärä on negatiivinen;'-2;Rivi jäi pois",
		''
	]);
	await page.getByRole('button', { name: 'Tuo rekisteri' }).click();
	await expect(page.getByText('Vanha rekisteri on tuotu')).toBeVisible();
	expect(await contactsOf2019(page, server)).toBe(6);

	// The same file again, and then with the row mended.
	for (const [last, more] of [
		[rows[2]!, 0],
		['14/7/2019;Iisalmi;Koulutus;arabia;2', 2]
	] as const) {
		await page.goto(`${server.url}/office/register-import`);
		await page.getByLabel('Tiedosto', { exact: true }).setInputFiles(file(rows[0]!, rows[1]!, last));
		await page.getByRole('button', { name: 'Lue tiedosto' }).click();
		await chip(page, 'Päivä, kuukausi, vuosi').check({ force: true });
		await page.getByRole('button', { name: 'Tarkista rivit' }).click();
		await expect(page.getByText(/^Rivi on tuotu jo aiemmin \(2\)$/)).toBeVisible();
		if (more > 0) {
			await page.getByRole('button', { name: 'Tuo rekisteri' }).click();
			await expect(page.getByText('Vanha rekisteri on tuotu')).toBeVisible();
		} else {
			await expect(page.getByText(/^Mitään uutta ei ole/)).toBeVisible();
			await page.getByRole('button', { name: 'Sulje' }).click();
		}
	}
	expect(await contactsOf2019(page, server)).toBe(8);

	await page.goto(`${server.url}/office/register-import`);
	await page
		.getByRole('button', { name: /^Peru tuonti/ })
		.last()
		.click();
	await page.getByRole('dialog').getByRole('button', { name: 'Peru tuonti' }).click();
	await expect(page.getByText('Peruttu:')).toHaveCount(1);
	expect(await contactsOf2019(page, server)).toBe(2);
});
