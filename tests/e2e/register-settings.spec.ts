import { randomFillSync } from 'node:crypto';
import { newClientCard } from '../../src/lib/domain/client-card.ts';
import {
	chip,
	chooseLanguage,
	demoPhone,
	expect,
	newestFields,
	openOffice,
	plus,
	save,
	todayHeading,
	switchNetwork,
	test,
	waiting,
	toOfficePage,
	type Page
} from './fixtures.ts';

/** The form with what has to be said, and more details open. */
async function beginVisit(phone: Page): Promise<void> {
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await phone.locator('summary', { hasText: 'Lisää tietoja' }).click();
}

test('what a coordinator sets is what phones ask: a topic of their own, a question less, and cards that clients may have', async ({
	page: office,
	server,
	browser
}) => {
	await openOffice(office, server);
	await toOfficePage(office, 'Kirjaaminen');
	await office.getByRole('checkbox', { name: 'Asiakkaat voivat saada kortin' }).check();
	await office.getByRole('checkbox', { name: 'Ikäryhmä' }).uncheck();
	await office.locator('summary', { hasText: 'Asuminen' }).click();
	await office.getByRole('button', { name: 'Lisää oma asia' }).click();
	const form = office.getByRole('form', { name: /^Uusi asia ryhmään/ });
	await form.getByRole('button', { name: 'Tallenna' }).click();
	await expect(form.getByText('Kirjoita nimi ainakin yhdellä kielellä.')).toBeVisible();
	await form.getByLabel('Nimi suomeksi').fill('Varaston avain');
	await form.getByRole('button', { name: 'Tallenna' }).click();
	const made = office.getByRole('listitem').filter({ hasText: 'Varaston avain' });
	await expect(made).toBeVisible();
	const sensitive = made.getByRole('checkbox', { name: 'Varaston avain on arkaluonteinen' });
	await expect(sensitive).not.toBeChecked();
	await sensitive.check();
	await expect(sensitive).toBeChecked();
	await expect.poll(() => waiting(office)).toBe(0);

	const context = await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' });
	const phone = await context.newPage();
	await demoPhone(phone, server);
	await switchNetwork(phone, true);
	await expect.poll(() => waiting(phone)).toBe(0);
	await beginVisit(phone);
	await phone.locator('summary', { hasText: 'Asiakkaan tausta' }).click();
	await expect(phone.getByRole('group', { name: 'Suomessa asumisen kesto' })).toBeVisible();
	await expect(phone.getByRole('group', { name: 'Ikäryhmä' })).toHaveCount(0);

	// Without a network from here on: the card is made on the phone.
	await context.setOffline(true);
	const card = phone.getByRole('group', { name: 'Asiakaskortti' });
	await card.getByRole('button', { name: 'Anna uusi kortti' }).click();
	const dialog = phone.getByRole('dialog', { name: 'Haluaako asiakas kortin?' });
	await expect(dialog.getByText('Tätä tekstiä ei ole asiakkaan kielellä.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Ei halua' }).click();
	await expect(card.getByRole('button', { name: 'Anna uusi kortti' })).toBeVisible();
	await card.getByRole('button', { name: 'Anna uusi kortti' }).click();
	for (let sentence = 1; sentence < 4; sentence += 1)
		await dialog.getByRole('button', { name: 'Seuraava' }).click();
	await dialog.getByRole('button', { name: 'Asiakas haluaa kortin' }).click();
	await phone
		.getByRole('dialog', { name: 'Miten asiakas sai tiedon?' })
		.getByRole('button', { name: 'tulkattiin' })
		.click();
	const ready = phone.getByRole('dialog', { name: 'Kortti on valmis' });
	const code = await ready.locator('.shown').innerText();
	await expect(ready.getByRole('img', { name: 'Kortin koodi' })).toBeVisible();
	await ready.getByRole('button', { name: 'Valmis' }).click();
	await save(phone).click();
	await todayHeading(phone).waitFor();
	expect(await newestFields(phone)).toMatchObject({
		clientCard: code.replaceAll(/[^0-9A-Z]/g, ''),
		// Said in Arabic, after the Finnish words of the day.
		cardConsent: {
			language: 'ar',
			text: expect.stringMatching(/^fi-[0-9a-f]{12}$/) as unknown,
			how: 'interpreted'
		}
	});

	// The next time the client reads the code out: what was talked about is there, and a slip of the tongue is noticed.
	await beginVisit(phone);
	const field = card.getByLabel('Asiakkaan kortin koodi');
	const last = code.at(-1) === 'A' ? 'C' : 'A';
	await field.fill(`${code.slice(0, -1)}${last}`);
	await card.getByRole('button', { name: 'Avaa kortti' }).click();
	await expect(card.getByRole('alert')).toContainText('Koodissa on virhe.');
	await field.fill(code.toLowerCase());
	await card.getByRole('button', { name: 'Avaa kortti' }).click();
	await expect(card.getByRole('listitem')).toHaveText(/Asuminen/);
	await expect(card).toContainText('vain tässä puhelimessa kirjatut käynnit');
	// What was agreed to is known: nobody asks again.
	await expect(card).toContainText(/Suostumus korttiin: \d+\.\d+\.\d+, arabia, tulkattiin/);
	await card.getByRole('button', { name: 'Kirjaa ilman korttia' }).click();
	// A card of a colleague's, and no network to ask for its consent: it is asked before it can be saved.
	await field.fill(newClientCard((bytes) => randomFillSync(bytes)));
	await card.getByRole('button', { name: 'Avaa kortti' }).click();
	await expect(card).toContainText('Suostumus korttiin: ei ole kirjattu');
	const before = await waiting(phone);
	await save(phone).click();
	await expect(phone.getByRole('alert')).toContainText('Asiakaskortista puuttuu suostumus.');
	expect(await waiting(phone)).toBe(before);
	await card.getByRole('button', { name: 'Kirjaa ilman korttia' }).click();
	await chip(phone, 'Varaston avain').click();
	await save(phone).click();
	await todayHeading(phone).waitFor();
	const fields = await newestFields(phone);
	expect(fields).not.toHaveProperty('clientCard');
	expect(fields['topics']).toEqual([expect.stringMatching(/^housing\.own-/)]);
	await context.close();
});

test('a time that cannot be is said before the visit is saved, and costs nothing of it', async ({
	page,
	server
}) => {
	await demoPhone(page, server);
	await beginVisit(page);
	const date = page.getByRole('dialog').getByLabel('Päivä', { exact: true });
	const before = await waiting(page);
	for (const [day, words] of [
		['1930-01-01', /yli vuoden takaa: 1\.1\.1930/],
		['2096-06-01', /vasta tulossa: 1\.6\.2096/]
	] as const) {
		await page.locator('#when').click();
		await date.fill(day);
		await page.getByRole('dialog').getByRole('button', { name: 'Valmis' }).click();
		await save(page).click();
		await expect(page.getByRole('alert')).toContainText(words);
		expect(await waiting(page)).toBe(before);
	}
	// All that was said before is still there.
	await page.locator('#when').click();
	await chip(page, 'Tänään').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Valmis' }).click();
	await save(page).click();
	await todayHeading(page).waitFor();
	expect(await newestFields(page)).toMatchObject({ language: 'ar', topics: ['housing'] });
});
