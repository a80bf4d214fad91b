import { demoAppointments } from '../../src/lib/server/demo/appointments.ts';
import { DEMO_DESKS } from '../../src/lib/server/demo/organisation.ts';
import {
	chip,
	countHands,
	demoPhone,
	expect,
	hands,
	openOffice,
	switchNetwork,
	test,
	type Page
} from './fixtures.ts';

const times = (page: Page) =>
	page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) });

/** Books the first free time of the day that is open. */
async function bookFirst(page: Page, language: string): Promise<void> {
	await page
		.getByRole('button', { name: /^Varaa/ })
		.first()
		.click();
	await chip(page, language).click();
	await page.getByRole('button', { name: 'Varaa aika' }).click();
	await expect(page.getByText(/on varattu\. Tunnus [2-9A-Y]{4}/)).toBeVisible();
}

test('two phones book one time without a network: both stand on both, one is moved, and the slip says it in Arabic', async ({
	page,
	context,
	browser,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await countHands(context);
	const other = await (
		await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' })
	).newPage();
	other.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	await demoPhone(other, server);
	await page.goto(`${server.url}/tour`);
	const days = page.getByRole('link', { name: /^Ajat ja varaukset/ });
	// What a screen does not hold is drawn after it.
	await expect.poll(() => days.count()).toBeGreaterThan(8);
	const href = await days.last().getAttribute('href');
	await page.locator(`a[href="${href}"]`).click();
	await page
		.getByRole('button', { name: /^Varaa/ })
		.first()
		.waitFor();
	await hands(page);
	await bookFirst(page, 'arabia');
	expect((await hands(page)).taps).toBeLessThanOrEqual(4);
	await other.goto(`${server.url}${href}`);
	await bookFirst(other, 'ukraina');
	await expect(times(other).first()).not.toContainText('arabia');

	for (const phone of [page, other]) await switchNetwork(phone, true);
	for (const phone of [page, other])
		await expect(async () => {
			await phone.reload();
			await expect(times(phone).first().getByText('Kaksi samalla ajalla: siirrä toinen.')).toHaveCount(2, {
				timeout: 5000
			});
		}).toPass({ timeout: 60_000 });
	await expect(times(page).first()).toContainText('arabia');
	await expect(times(page).first()).toContainText('ukraina');

	// One adviser moves one of them.
	const card = other.locator('.appointment').filter({ hasText: 'ukraina' });
	await card.getByRole('button', { name: 'Siirrä' }).click();
	await other
		.getByRole('dialog')
		.getByRole('button', { name: /^\d+\.\d\d$/ })
		.first()
		.click();
	await expect(other.getByText(/^Aika on siirretty/)).toBeVisible();
	await expect(times(other).first()).not.toContainText('ukraina');
	await expect(other.getByText('Kaksi samalla ajalla')).toHaveCount(0);
	await expect(async () => {
		await page.reload();
		await expect(times(page).first()).toContainText('arabia', { timeout: 5000 });
		await expect(times(page).filter({ hasText: 'ukraina' })).toHaveCount(1, { timeout: 3000 });
		await expect(page.getByText('Kaksi samalla ajalla')).toHaveCount(0);
	}).toPass({ timeout: 60_000 });

	// What the client takes along.
	const hours = await times(page).first().getByRole('heading').innerText();
	await page
		.locator('.appointment')
		.filter({ hasText: 'arabia' })
		.getByRole('button', { name: 'Anna mukaan' })
		.click();
	const slip = page.getByRole('dialog').locator('section[lang="ar"]');
	await expect(slip).toHaveAttribute('dir', 'rtl');
	await expect(slip).toContainText('موعدك');
	await expect(slip.locator('.when')).toContainText(hours.replaceAll('.', ':').split('–')[1]!);
	expect(await slip.innerText()).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/);
	await expect(page.getByRole('dialog').getByRole('img', { name: /kalenteriin/ })).toBeVisible();
	await page.getByRole('dialog').getByRole('button', { name: 'Sulje' }).click();

	// The client cancels, and the time is free again.
	const mine = page.locator('.appointment').filter({ hasText: 'arabia' });
	await mine.getByRole('button', { name: 'Peru' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Asiakas perui' }).click();
	await expect(mine).toContainText('asiakas perui (sinä)');
	await expect(
		times(page)
			.first()
			.getByRole('button', { name: /^Varaa/ })
	).toBeVisible();
	await other.context().close();
});

test('a day that is cancelled leaves its appointments to be moved, for the coordinator and on the phone', async ({
	page,
	browser,
	server
}) => {
	page.setDefaultTimeout(10_000);
	const phone = await (
		await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' })
	).newPage();
	phone.setDefaultTimeout(10_000);
	await openOffice(page, server);
	const { slot } = demoAppointments(Date.now()).at(-1)!.fields as { slot: { desk: string; date: string } };
	const desk = DEMO_DESKS.find(({ id }) => id === slot.desk)!.name;
	await page.goto(`${server.url}/office/tour?view=week&date=${slot.date}`);
	await page.getByRole('button', { name: desk }).last().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Peru päivä' }).click();
	await dialog.getByLabel('Miksi').fill('Sairaus');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(page.getByRole('heading', { name: '3 aikaa on siirrettävä' })).toBeVisible();
	await expect(page.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	await demoPhone(phone, server);
	await phone.getByRole('link', { name: '3 aikaa on siirrettävä' }).click();
	const list = phone.getByRole('region', { name: /siirrettävä/ });
	await expect(list.locator('.appointment')).toHaveCount(3);
	await list.getByRole('button', { name: 'Siirrä' }).first().click();
	await phone
		.getByRole('dialog')
		.getByRole('button', { name: /^\d+\.\d\d$/ })
		.first()
		.click();
	await expect(phone.getByRole('region', { name: '2 aikaa on siirrettävä' })).toBeVisible();
	await phone.context().close();
});

test('a client who has come is logged with desk and language', async ({ page, server }) => {
	page.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	await page.getByRole('region', { name: 'Tämän päivän ajat' }).getByRole('link').first().click();
	// Who comes within half an hour can be logged; another is booked for now.
	await page
		.getByRole('button', { name: /^Varaa/ })
		.first()
		.click();
	await chip(page, 'venäjä').click();
	await page.getByLabel('Muistiinpano (vapaaehtoinen)').fill('hetu 131052-308T');
	await page.getByRole('button', { name: 'Varaa aika' }).click();
	await expect(
		page.getByText('Muistiinpanossa on jotakin henkilökohtaista.', { exact: false })
	).toBeVisible();
	await page.getByRole('button', { name: 'Jätä pois' }).click();
	await page.getByRole('button', { name: 'Varaa aika' }).click();
	const card = page.locator('.appointment').filter({ hasText: 'venäjä' });
	await expect(card).not.toContainText('131052');
	await card.getByRole('button', { name: 'Tuli: kirjaa käynti' }).click();
	await expect(page.getByRole('radio', { name: 'venäjä' })).toBeChecked();
	await chip(page, 'Asuminen').click();
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await expect(page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' })).toBeVisible();
});
