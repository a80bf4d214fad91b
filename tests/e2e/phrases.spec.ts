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
	expect(page.url()).toBe(shown);
	await lock.focus();
	await page.keyboard.down('Enter');
	await page.waitForTimeout(1100); // as long as it has to be held
	await page.keyboard.up('Enter');
	await page.getByRole('button', { name: 'Kyllä, avaa lukitus' }).click();
	await page.getByRole('link', { name: 'Sulje' }).click();
	await expect(page.getByRole('link', { name: /Näytä asiakkaalle/ })).toBeVisible();
});
