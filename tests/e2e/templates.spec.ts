import {
	chip,
	chooseLanguage,
	countHands,
	demoPhone,
	expect,
	hands,
	newestFields,
	plus,
	test,
	todayRows,
	type Page
} from './fixtures.ts';

test.beforeEach(async ({ page, context, server }) => {
	await countHands(context);
	await demoPhone(page, server);
	await context.setOffline(true);
});

/** How many visits the list says that it has. */
const total = async (page: Page): Promise<number> =>
	Number.parseInt(await page.getByText(/^\d+ käynti/).innerText(), 10);

test('a visit becomes a template: one tap on Today, the form filled from it, put in order and taken back', async ({
	page
}) => {
	await todayRows(page).filter({ hasText: 'Asuminen' }).getByRole('link').click();
	await page.getByRole('button', { name: 'Tee malli' }).click();
	await page.getByText('Malli on tallessa').waitFor();
	await page.getByRole('link', { name: 'Tänään' }).click();
	const own = page.getByRole('button', { name: 'Asuminen · ukraina' });
	await own.waitFor();
	await hands(page);
	await own.click();
	await expect(todayRows(page)).toHaveCount(5);
	expect(await hands(page)).toEqual({ taps: 1, keys: 0 });
	expect(await newestFields(page)).toMatchObject({ language: 'uk', topics: ['housing'] });
	expect(await newestFields(page)).not.toHaveProperty('residenceLength');

	await plus(page).click();
	await page.getByRole('button', { name: 'Mallit', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Asuminen · ukraina' }).click();
	await expect(chip(page, 'ukraina').getByRole('radio')).toBeChecked();
	await expect(chip(page, 'Asuminen').getByRole('checkbox')).toBeChecked();
	await chip(page, 'Koulutus').click();
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await expect(todayRows(page)).toHaveCount(6);
	expect(await newestFields(page)).toMatchObject({ language: 'uk', topics: ['housing', 'education'] });

	await page.locator('ul.slip a').first().click();
	await page.getByRole('button', { name: 'Tee malli' }).click();
	await page.getByText('Malli on tallessa').waitFor();
	await page.goto(new URL('/settings', page.url()).href);
	const list = page.getByRole('region', { name: 'Kirjaaminen' }).getByRole('listitem');
	await expect(list).toHaveText([/^Asuminen · ukraina/, /^Asuminen \+1 · ukraina/]);
	await page.getByRole('button', { name: 'Alemmas: Asuminen · ukraina' }).click();
	await expect(list).toHaveText([/^Asuminen \+1 · ukraina/, /^Asuminen · ukraina/]);
	await page.getByRole('button', { name: 'Muuta: Asuminen · ukraina' }).click();
	await page.getByRole('dialog').locator('label.chip').filter({ hasText: 'venäjä' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
	await expect(list).toHaveText([/^Asuminen \+1 · ukraina/, /^Asuminen · venäjä/]);
	await page.getByRole('button', { name: 'Poista: Asuminen +1 · ukraina' }).click();
	await expect(list).toHaveText([/^Asuminen · venäjä/]);
	await page.getByRole('status', { name: 'Ilmoitukset' }).getByRole('button', { name: 'Palauta' }).click();
	await expect(list).toHaveText([/^Asuminen \+1 · ukraina/, /^Asuminen · venäjä/]);

	await page.goto(new URL('/visits', page.url()).href);
	const all = await total(page);
	await chip(page, 'Oma malli').click();
	await expect.poll(() => total(page)).toBeLessThan(all);
	expect(await total(page)).toBeGreaterThan(0);
	for (const text of await todayRows(page).allTextContents()) expect(text).toContain('Asuminen');
	await expect(page).toHaveURL(/filter=template$/);
});

test('visits are found by topic, language, place and what the other matter was', async ({ page }) => {
	await plus(page).click();
	await chooseLanguage(page, 'viro');
	await chip(page, 'Muu asia').click();
	await page.getByLabel('Mikä muu asia?').fill('Polttopuut');
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await expect(todayRows(page)).toHaveCount(5);
	expect(await newestFields(page)).toMatchObject({ topics: ['other'], topicText: 'Polttopuut' });

	// The phone has the visits of the last months, too.
	await page.goto(new URL('/visits', page.url()).href);
	await expect.poll(() => total(page)).toBeGreaterThan(4);
	const all = await total(page);
	const search = page.getByRole('searchbox', { name: 'Hae käynneistä' });
	for (const [query, word] of [
		['venaja', 'venäjä'],
		['kirjasto viro', 'viro']
	] as const) {
		await search.fill(query);
		await expect(todayRows(page).first()).toContainText(word);
		for (const text of await todayRows(page).allTextContents()) expect(text).toContain(word);
		expect(await total(page)).toBeLessThan(all);
	}
	await search.fill('polttop');
	await expect(todayRows(page)).toHaveCount(1);
	await search.fill('xyzzy');
	await expect(todayRows(page)).toHaveCount(0);
	await expect(page.getByText('Tällä rajauksella ei ole käyntejä.')).toBeVisible();
	await page.getByRole('button', { name: 'Tyhjennä haku' }).click();
	await expect.poll(() => total(page)).toBe(all);
});

test('the directory offers what was looked at here, and favourites', async ({ page }) => {
	await page.goto(new URL('/services', page.url()).href);
	await page.getByRole('searchbox').fill('kela');
	await page.getByRole('link', { name: /^Kela/ }).first().click();
	await page.getByRole('heading', { level: 1, name: 'Kela' }).waitFor();
	const star = page.getByRole('button', { name: 'Lisää suosikkeihin' });
	await star.click();
	await expect(star).toHaveAttribute('aria-pressed', 'true');
	await page.goto(new URL('/services', page.url()).href);
	for (const list of ['Omat suosikit', 'Viimeksi käytetyt täällä'])
		await expect(page.getByRole('region', { name: list }).getByRole('link', { name: 'Kela' })).toBeVisible();
	await page.getByRole('region', { name: 'Omat suosikit' }).getByRole('link').click();
	await star.click();
	await expect(star).toHaveAttribute('aria-pressed', 'false');
});
