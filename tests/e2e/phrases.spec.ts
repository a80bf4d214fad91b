import { baseLanguages, direction, packLanguages } from '#lib/domain/languages.ts';
import { demoPhone, expect, test } from './fixtures.ts';

test.setTimeout(120_000);

test('without a network the phone has the phrases of every language', async ({ page, context, server }) => {
	await demoPhone(page, server);
	await context.setOffline(true);
	for (const language of [...baseLanguages, ...packLanguages]) {
		await page.goto(`${server.url}/languages?lang=${language}`);
		const first = page
			.getByRole('button')
			.filter({ has: page.locator('svg.pictogram') })
			.first();
		const words = first.locator(`[lang="${language}"]`);
		await expect(words, language).toHaveAttribute('dir', direction(language));
		await expect(words, language).not.toBeEmpty();
	}
});

test('without a network a card opens in every language, and in one that nobody has heard of, and says which texts are missing', async ({
	page,
	context,
	server
}) => {
	await demoPhone(page, server);
	const faults: string[] = [];
	page.on('pageerror', (error) => faults.push(error.message));
	await page.goto(`${server.url}/services`);
	await page.getByRole('searchbox').fill('kela');
	const kela = await page.getByRole('listitem').getByRole('link', { name: /^Kela/ }).getAttribute('href');
	await context.setOffline(true);
	for (const language of [...baseLanguages, ...packLanguages, 'sv-FI', 'ckb', 'xx']) {
		await page.goto(`${server.url}${kela?.replace('/services/', '/show/')}?lang=${language}`);
		const card = page.getByRole('region', { name: 'Asiakkaan puoli' });
		await expect(card, language).toHaveAttribute('lang', language);
		await expect(card, language).toHaveAttribute('dir', direction(language));
		const heading = card.getByRole('heading', { level: 1 });
		await expect(heading, language).not.toBeEmpty();
		if (!baseLanguages.some((one) => one === language.split('-')[0]))
			await expect(page.getByText(/ei ole käännetty|ei ole tekstiä/), language).toBeVisible();
	}
	expect(faults).toEqual([]);
});

test('a client in whose hands the phone is does not get past the lock, and the adviser does', async ({
	page,
	server
}) => {
	await demoPhone(page, server);
	await page.goto(`${server.url}/services`);
	await page.getByRole('searchbox').fill('kela');
	await page.getByRole('listitem').getByRole('link', { name: /^Kela/ }).click();
	await page.getByRole('link', { name: /Näytä asiakkaalle/ }).click();
	await page.getByRole('button', { name: /العربية/ }).click();
	await page.getByRole('button', { name: 'Anna puhelin' }).click();
	const lock = page.getByRole('button', { name: /Näkymä on lukittu/ });
	const shown = page.url();
	for (let times = 0; times < 3; times += 1) {
		await page.goBack();
		await expect(lock).toBeVisible();
	}
	// A step back is undone a moment later.
	await expect(page).toHaveURL(shown);
	await lock.focus();
	await page.keyboard.down('Enter');
	await page.waitForTimeout(1100); // as long as it has to be held
	await page.keyboard.up('Enter');
	await page.getByRole('button', { name: 'Kyllä, avaa lukitus' }).click();
	await page.getByRole('link', { name: 'Sulje' }).click();
	await expect(page.getByRole('link', { name: /Näytä asiakkaalle/ })).toBeVisible();
});
