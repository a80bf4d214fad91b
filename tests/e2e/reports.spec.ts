import { readFileSync } from 'node:fs';
import { expect, openOffice, test, toOfficePage } from './fixtures.ts';

test('a coordinator builds a report, prints sheets for the councils, and divides the cost', async ({
	page,
	server
}) => {
	await openOffice(page, server);
	await expect(page).toHaveURL(/\/office\/reports/);
	await expect(page.getByText('Sisäinen – ei julkaistavaksi')).toBeVisible();

	// By keyboard: other rows. Then another table, and one municipality.
	const rows = page.getByRole('combobox', { name: 'Rivit' });
	await rows.focus();
	await page.keyboard.press('ArrowDown');
	await expect(page).toHaveURL(/rows=desk/);
	await expect(rows).toBeFocused();
	await rows.selectOption('topicGroup');
	await page.getByRole('combobox', { name: 'Sarakkeet' }).selectOption('language');
	const crossed = page.getByRole('region', { name: 'Aiheryhmä ja Asiointikieli' }).last();
	await expect(crossed.getByRole('columnheader', { name: 'venäjä' })).toBeVisible();
	await page.getByText('Rajaus', { exact: true }).click();
	await page.getByRole('combobox', { name: 'Neuvontapisteen kunta' }).selectOption({ label: 'Sonkajärvi' });
	await expect(page).toHaveURL(/municipality=762/);
	await expect(page.getByRole('status').filter({ hasText: /Edelli(seen|sellä) jakso/ })).toBeVisible();
	await expect(page.getByText(/n = .*Tieto puuttuu/).first()).toBeVisible();

	// Referrals are drawn, and a table at a press; and they can be what everything counts.
	const matrix = page.getByRole('region', { name: 'Aiheryhmä ja Minne ohjattiin' });
	await expect(matrix.getByRole('columnheader', { name: 'Kela' })).toBeVisible();
	await expect(matrix.locator('.square').first()).toBeVisible();
	await page.getByRole('button', { name: 'Taulukko Aiheryhmä ja Minne ohjattiin' }).click();
	await expect(matrix.locator('.square')).toHaveCount(0);
	await expect(page.getByText(/Yhteydenottoja, joihin ohjauksesta ei ole merkitty mitään: \d/)).toBeVisible();
	await expect(page.getByText('Tässä valinnassa ei ole seurattavia yhteydenottoja.')).toBeVisible();
	await page.getByRole('combobox', { name: 'Mitä lasketaan' }).selectOption('Ohjauksia');
	await expect(page).toHaveURL(/count=referrals/);
	await expect(page.getByText(/^\d+\s*ohjausta$/)).toBeVisible();

	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'CSV' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/^internal-/);
	const text = readFileSync((await file.path())!, 'utf8');
	expect(text).toMatch(/^\ufeffSisäinen – ei julkaistavaksi;/);
	expect(text.split('\r\n')[1]).toBe(
		'Aiheryhmä;Aiheryhmä (koodi);Asiointikieli;Asiointikieli (koodi);Yhteydenottoja;Ohjauksia'
	);

	await toOfficePage(page, 'Kuntaraportti');
	await expect(page.getByRole('article')).toHaveCount(7);
	await page.getByRole('combobox', { name: 'Arkin kieli' }).selectOption('sv');
	const sheet = page.getByRole('article', { name: /Sonkajärvi/ });
	await expect(sheet).toContainText('Mest frågade man om');
	await expect(sheet).toContainText('De andra klassernas tal är dolda.');
	await expect(page.getByText('Sisäinen')).toHaveCount(0);
	// One sheet of paper each, and none before the server remembers what they say. A page of a PDF is an object of that type.
	const pages = async () =>
		(await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length;
	expect(await pages()).toBe(1);
	await page.evaluate(() => (globalThis.print = () => void (document.title = 'printed')));
	await page.getByRole('button', { name: 'Tulosta tai tallenna PDF' }).click();
	await expect(page).toHaveTitle('printed');
	expect(await pages()).toBe(7);
	expect(server.rows('SELECT place FROM printed_reports')).toHaveLength(7);
	// What one has printed, the other's sheets know of.
	await page.getByRole('combobox', { name: 'Kunta' }).selectOption({ label: 'Sonkajärvi' });
	const [sheetFile] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: /CSV/ }).click()
	]);
	expect(readFileSync((await sheetFile.path())!, 'utf8')).toContain('Sonkajärvi');
	const [forExcel] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: /XLSX/ }).click()
	]);
	expect(forExcel.suggestedFilename()).toMatch(/^kuntaraportti-.*\.xlsx$/);
	expect(
		readFileSync((await forExcel.path())!)
			.subarray(0, 2)
			.toString()
	).toBe('PK');
	const [forPrograms] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: /JSON/ }).click()
	]);
	expect(forPrograms.suggestedFilename()).toMatch(/^kuntaraportti-.*\.json$/);
	const { reports, invented } = JSON.parse(readFileSync((await forPrograms.path())!, 'utf8'));
	expect(invented).toBe(true);
	expect(reports).toHaveLength(1);
	expect(reports[0].municipality).toBe('762');

	await toOfficePage(page, 'Kustannusten jako');
	await page.getByLabel('Vuoden kustannus, euroa').fill('52 340,5');
	await page.keyboard.press('Tab');
	await expect(page.getByTestId('cost-sum')).toContainText(/52\s340,50/);
	await page.getByLabel('Vuoden kustannus, euroa').fill('paljon');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('alert')).toContainText('Kirjoita summa euroina');
});
