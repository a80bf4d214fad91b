import { readFileSync } from 'node:fs';
import {
	deviceRows,
	expect,
	openDoor,
	openOffice,
	ready,
	test,
	toOfficePage,
	type Page,
	type Server
} from './fixtures.ts';

async function office(page: Page, server: Server): Promise<void> {
	await openOffice(page, server);
	await ready(page);
}

test('what people asked for and the directory lacks: as many contacts as in the report, in words and as a file', async ({
	page,
	server
}) => {
	await office(page, server);
	const reported = (await page.getByTestId('visits').innerText()).replace(/\D/g, '');
	await toOfficePage(page, 'Katvealueet');
	await expect(page.getByTestId('asked')).toContainText('palvelua');
	const said = await page.getByTestId('asked').innerText();
	expect(said.replace(/\s/g, '')).toContain(`:${reported}yhteydenottoa`);
	await expect(page.getByText('Hakemistossa ei ole palvelua tähän aiheeseen.').first()).toBeVisible();

	await page.getByRole('combobox', { name: 'Kunta' }).selectOption({ label: 'Vieremä' });
	await page.getByRole('combobox', { name: 'Kieli' }).selectOption({ label: 'vietnam' });
	// The languages of most services are not known, so nothing certain can be said.
	await page.getByText(/^Ei tiedossa \(/).click();
	await expect(page.getByText('Vieremä · vietnam')).toBeVisible();
	await expect(page.getByText('Iisalmi')).toHaveCount(1);

	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Tallenna CSV-tiedosto' }).click();
	const file = await saving;
	expect(file.suggestedFilename()).toMatch(/^katvealueet-.*-sisainen\.csv$/);
	const [mark, , ...lines] = readFileSync((await file.path())!, 'utf8').split('\r\n');
	expect(mark).toContain('Sisäinen – ei julkaistavaksi');
	const whole = lines
		.map((line) => line.split(';'))
		.filter(([, , topic, language]) => `${topic}${language}` === 'kaikkikaikki');
	expect(whole.reduce((sum, [, , , , contacts]) => sum + Number(contacts), 0)).toBe(Number(reported));
});

test('a critical translation is checked without a network, survives a reload, arrives, and reaches the client', async ({
	page,
	server,
	context
}) => {
	await office(page, server);
	await toOfficePage(page, 'Käännökset');
	await page.getByRole('link', { name: /^arabia/ }).click();
	const entry = page.getByRole('article').filter({ hasText: 'Hätänumero 112' });
	const held = entry.locator('section').filter({ hasText: 'Lyhyesti' });
	await expect(held).toContainText('Kriittinen: ei näytetä asiakkaille');
	const arabic = await held.locator('[lang=ar]').innerText();
	await expect(held.locator('[lang=ar]')).toHaveAttribute('dir', 'rtl');

	await context.setOffline(true);
	await held.getByRole('button', { name: /Olen tarkistanut/ }).focus();
	await page.keyboard.press('Enter');
	await expect(held).toHaveCount(0);
	await expect(
		page.getByRole('button', { name: /Olen tarkistanut/ }).and(page.locator(':focus'))
	).toHaveCount(1);
	await page.getByRole('button', { name: 'Kumoa' }).click();
	await expect(held).toHaveCount(1);
	await held.getByRole('button', { name: /Olen tarkistanut/ }).click();
	await expect(held).toHaveCount(0);
	await page.reload();
	await expect(page.getByText(/muutosta odottaa tällä laitteella/)).toBeVisible();
	await expect(entry).toBeVisible();
	await expect(held).toHaveCount(0);

	await context.setOffline(false);
	await expect(page.getByText(/odottaa tällä laitteella/)).toHaveCount(0, { timeout: 60_000 });
	// Another phone, of an adviser, who shows it to a client.
	const phone = await context.newPage();
	await openDoor(phone, server, 'Avaa neuvojan puhelin');
	await ready(phone);
	const found = (await deviceRows(phone, 'services')).find(({ body }) =>
		String(body).includes('Hätänumero 112')
	);
	await phone.goto(`${server.url}/show/${String(found?.['id'])}?lang=ar`);
	await expect(phone.getByText(arabic)).toBeVisible();
});
