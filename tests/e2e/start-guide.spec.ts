import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { firstCode } from './members.ts';
import { chip, chooseLanguage, expect, plus, ready, test, toOfficePage, type Page } from './fixtures.ts';

test.use({ demo: false });

/** The steps of docs/start.md, from 1 on. */
const guide = readFileSync(resolve(import.meta.dirname, '../../docs/start.md'), 'utf8');
const steps = new Map(
	[...guide.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, text]) => [Number(number), text!])
);
/** Words on the screen that the steps have followed so far named. */
const followed: number[] = [];

/** Follows a step: the words that it names must be in it, and no step may be left out. */
function step(number: number, ...words: string[]): void {
	followed.push(number);
	for (const word of words) expect(steps.get(number)).toContain(`**${word}**`);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function lock(page: Page): Promise<void> {
	await press(page, 'Käytä tätä');
	await press(page, 'Lukitse ja jatka');
	await page.locator('.words').waitFor({ state: 'detached' });
}

test('a newcomer follows the guide, step by step, from an empty server to the first visit', async ({
	page: computer,
	browser,
	server
}) => {
	test.setTimeout(120_000);
	computer.setDefaultTimeout(15_000);
	step(1);
	step(2, 'Jatka');
	await computer.goto(`${server.url}/start#${firstCode(server)}`);
	await press(computer, 'Jatka');
	step(3, 'Käytä tätä', 'Lukitse ja jatka');
	await lock(computer);
	step(4, 'Alkuun');
	await computer.getByRole('link', { name: 'Alkuun' }).first().click();
	await expect(computer.locator('[aria-current=step]')).toContainText('Kutsu koordinaattori');
	step(5, 'Ihmiset ja laitteet');
	await toOfficePage(computer, 'Ihmiset ja laitteet');
	step(6, 'Kutsu henkilö', 'Koordinaattori', 'Tee koodi');
	await press(computer, 'Kutsu henkilö');
	await computer.getByLabel('Nimi').fill('Kaisa Koordinaattori');
	await computer.getByRole('dialog').getByRole('radio', { name: 'Koordinaattori', exact: true }).check();
	await press(computer, 'Tee koodi');
	step(7, 'Sulje');
	const code = await computer.locator('.code bdi').innerText();
	await computer.getByRole('dialog').getByRole('button', { name: 'Sulje' }).click();
	step(8, 'Jatka');
	await computer.goto(`${server.url}/start`);
	await computer.getByLabel('Kutsukoodi').fill(code);
	await press(computer, 'Jatka');
	step(9, 'Käytä tätä', 'Lukitse ja jatka');
	await lock(computer);
	step(10, 'Kierros', 'Valikko', 'Lisää piste');
	await toOfficePage(computer, 'Kierros');
	await press(computer, 'Lisää piste');
	step(11, 'Tallenna');
	const dialog = computer.getByRole('dialog');
	await dialog.getByLabel('Nimi').fill('Vieremän kirjasto');
	await dialog.getByLabel('Kunta', { exact: true }).selectOption('Vieremä');
	await dialog.getByLabel('Paikka').selectOption('Kirjasto');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	step(12, 'Lisää vastaanotto', 'Alkaa', 'Päättyy', 'Tallenna');
	await computer.getByRole('button', { name: /^Lisää vastaanotto/ }).click();
	await dialog
		.getByLabel('Ensimmäinen päivä')
		.fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
	await dialog.getByLabel('Alkaa').fill('10:00');
	await dialog.getByLabel('Päättyy').fill('15:00');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(computer.getByRole('region', { name: 'Vieremän kirjasto' })).toContainText('10.00–15.00');
	step(13, 'Ihmiset ja laitteet', 'Kutsu henkilö', 'Tee koodi');
	await toOfficePage(computer, 'Ihmiset ja laitteet');
	await press(computer, 'Kutsu henkilö');
	await computer.getByLabel('Nimi').fill('Aino Neuvoja');
	await press(computer, 'Tee koodi');
	const adviserCode = await computer.locator('.code bdi').innerText();
	await computer.getByRole('dialog').getByRole('button', { name: 'Sulje' }).click();

	const context = await browser.newContext({
		locale: 'fi-FI',
		timezoneId: 'Europe/Helsinki',
		viewport: { width: 360, height: 640 },
		hasTouch: true
	});
	const phone = await context.newPage();
	phone.setDefaultTimeout(15_000);
	step(14, 'Jatka');
	await phone.goto(`${server.url}/start`);
	await phone.getByLabel('Kutsukoodi').fill(adviserCode);
	await press(phone, 'Jatka');
	step(15, 'Käytä tätä', 'Lukitse ja jatka');
	await lock(phone);
	step(16);
	await phone.getByRole('heading', { level: 1, name: 'Ei vastaanottoa nyt' }).waitFor();
	await ready(phone);
	await context.setOffline(true);
	step(17, 'Kirjaa');
	await plus(phone).click();
	step(18);
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	step(19, 'Tallenna');
	await press(phone, 'Tallenna');
	await phone.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await context.setOffline(false);

	await toOfficePage(computer, 'Alkuun');
	expect(guide).toContain('**Valmista. Organisaatio toimii.**');
	await expect(computer.getByText('Valmista. Organisaatio toimii.')).toBeVisible({ timeout: 40_000 });
	expect(followed).toEqual([...steps.keys()]);
	expect(steps.size).toBeLessThanOrEqual(25);
	await context.close();
});
