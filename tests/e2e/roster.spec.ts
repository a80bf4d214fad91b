import { chip, demoPhone, expect, openOffice, plus, switchNetwork, test } from './fixtures.ts';

test('who serves in which language: a coordinator adds Somali by telephone, and the adviser’s phone finds it offline, from the language card and over the visit form', async ({
	page,
	context,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await page.goto(`${server.url}/office/roster`);
	const dialog = page.getByRole('dialog');
	const somali = page.getByRole('region', { name: 'somali' });
	await expect(somali).toContainText('Savon etätulkkaus (keksitty)');

	// Without a network.
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Lisää kieliapu' }).first().click();
	const save = () => dialog.getByRole('button', { name: 'Tallenna' }).click();
	await save();
	await expect(dialog.getByText('Valitse ainakin yksi kieli.')).toBeVisible();
	await dialog.getByLabel('somali', { exact: true }).check();
	await dialog.getByLabel('Puhelimessa', { exact: true }).check();
	await dialog.getByLabel('Kuka auttaa').fill('Oulun kokeilupuhelin');
	await dialog.getByLabel('Palvelu ostetaan heiltä').check();
	await dialog.getByLabel('Milloin').selectOption('Aina, ympäri vuorokauden');
	await dialog.getByLabel('Puhelin', { exact: true }).fill('040 123 4567');
	await save();
	await expect(dialog.getByText('Kirjoita, mistä numero on.')).toBeVisible();
	await dialog.getByLabel('Mistä numero on').fill('ouka.fi');
	await dialog.getByLabel('Minä päivänä numero oli siellä').fill('2026-03-02');
	await dialog.getByLabel('Varauslinkki').fill('https://varaus.example/so');
	await save();
	await expect(dialog).toHaveCount(0);
	await expect(somali).toContainText('Ostopalvelu: Oulun kokeilupuhelin');
	await context.setOffline(false);
	await expect(page.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	// The adviser, on another phone, which then loses its network.
	const phone = await (await context.browser()!.newContext()).newPage();
	await demoPhone(phone, server);
	await switchNetwork(phone, true);
	const added = phone.getByRole('listitem').filter({ hasText: 'Oulun kokeilupuhelin' });
	await expect(async () => {
		await phone.goto(`${server.url}/languages?who=so`);
		await expect(added).toBeVisible({ timeout: 5000 });
	}).toPass({ timeout: 40_000 });
	await switchNetwork(phone, false);
	await phone.context().setOffline(true);

	// From the language card: one search.
	await phone.goto(`${server.url}/languages`);
	await phone.getByRole('searchbox').fill('soma');
	await phone.getByRole('link', { name: 'Soomaali' }).click();
	await phone.getByRole('link', { name: 'Kuka palvelee tällä kielellä?' }).click();
	await expect(phone.getByRole('heading', { level: 1 })).toHaveText('somali: kuka palvelee?');
	await expect(phone.getByRole('region', { name: 'Nyt' })).toContainText('Oulun kokeilupuhelin');
	await expect(added.getByRole('link', { name: '040 123 4567' })).toHaveAttribute(
		'href',
		'tel:+358401234567'
	);
	await expect(added).toContainText('ouka.fi');
	await expect(added).toContainText('vaatii verkon');
	// What is invented calls nobody.
	const invented = phone.getByRole('listitem').filter({ hasText: 'Kuopion kohtaamispaikka' });
	await expect(invented).toContainText('tiistai');
	await expect(invented.locator('a[href^="tel:"]')).toHaveCount(0);

	// Over the visit form: what was chosen stays.
	await phone.goto(`${server.url}/`);
	await plus(phone).click();
	await chip(phone, 'Asuminen').click();
	await phone.getByRole('button', { name: 'Muu kieli' }).click();
	await phone.getByRole('searchbox').fill('somali');
	await phone.getByRole('dialog').getByText('somali', { exact: true }).click();
	await phone.getByRole('button', { name: 'Kuka palvelee tällä kielellä?' }).click();
	const sheet = phone.getByRole('dialog', { name: 'somali: kuka palvelee?' });
	await expect(sheet).toContainText('Oulun kokeilupuhelin');
	await sheet.getByRole('button', { name: 'Sulje' }).click();
	await expect(chip(phone, 'Asuminen').getByRole('checkbox')).toBeChecked();
	await expect(phone.getByRole('radio', { name: 'somali' })).toBeChecked();

	// It ends today: still there, and not to be ended once more.
	const end = somali.getByRole('button', { name: /^Päättyy tänään.*Oulun kokeilupuhelin/ });
	await end.click();
	await expect(end).toHaveCount(0);
	await expect(somali).toContainText('Oulun kokeilupuhelin');
	await phone.context().close();
});
