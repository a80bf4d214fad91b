import { addDays, helsinki, instantOf } from '../../src/lib/domain/dates.ts';
import { demoPhone, expect, openOffice, switchNetwork, test } from './fixtures.ts';

const WORDS = 'Neuvonta on kiinni perjantaina.';
const ARABIC = 'الإرشاد مغلق يوم الجمعة.';

test('a notice: a coordinator writes an urgent one in Finnish and Arabic, a phone has it without a network, and it leaves by itself', async ({
	page,
	context,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await page.goto(`${server.url}/office/notices`);
	await page.getByRole('button', { name: 'Kirjoita tiedote' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Kirjoita teksti suomeksi.')).toBeVisible();
	await dialog.getByLabel('Kenelle').selectOption('Neuvojille ja asiakkaille');
	await dialog.getByLabel('Laji').selectOption('Kiireellinen');
	await dialog.getByLabel('Viimeinen päivä').fill('2020-01-01');
	await dialog.getByLabel('Teksti: suomi').fill(WORDS);
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Viimeinen päivä on ensimmäisen jälkeen', { exact: false })).toBeVisible();
	const { date } = helsinki(Date.now());
	const until = addDays(date, 6);
	await dialog.getByLabel('Viimeinen päivä').fill(until);
	await dialog.getByLabel('Lisää kieli').selectOption('arabia');
	await dialog.getByLabel('Teksti: arabia').fill(ARABIC);
	await dialog.getByLabel('Konekäännös').check();
	await context.setOffline(true);
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog).toHaveCount(0);
	const row = page.getByRole('listitem').filter({ hasText: WORDS });
	await expect(row).toContainText('Ei näytetä asiakkaalle ennen tarkistusta: arabia');
	await expect(page.locator('p.notice')).toContainText('odottaa');
	await context.setOffline(false);
	await expect(page.locator('p.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	// An adviser's phone: the urgent one stands first; the client reads Finnish until somebody has checked the Arabic.
	const phone = await (await context.browser()!.newContext()).newPage();
	await demoPhone(phone, server);
	await switchNetwork(phone, true);
	const notices = phone.getByRole('region', { name: 'Tiedotteet' });
	const card = phone.getByRole('region', { name: 'Kiireellinen' }).getByRole('article');
	await expect(card).toContainText(WORDS, { timeout: 40_000 });
	// Above the day's visits, and the others below.
	await expect(phone.locator('.desk + section')).toContainText(WORDS);
	await expect(notices).toContainText('kirjaston tulostin');
	await expect(notices).not.toContainText(WORDS);
	const shown = await card.getByRole('link', { name: /^Näytä asiakkaalle/ }).getAttribute('href');
	await phone.goto(`${server.url}${shown}&lang=ar`);
	await expect(phone.getByRole('heading', { level: 1, name: WORDS })).toBeVisible();
	await expect(phone.getByText('Tarkistamatonta käännöstä ei näytetä.')).toBeVisible();

	await row.getByRole('button', { name: /^Muokkaa/ }).click();
	await dialog.getByLabel('Olen tarkistanut tämän tekstin').check();
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(row).toContainText('Asiakas voi lukea: suomi, arabia');
	const arabic = phone.getByRole('heading', { level: 1, name: ARABIC });
	await expect(async () => {
		await phone.reload();
		await expect(arabic).toBeVisible({ timeout: 5000 });
	}).toPass({ timeout: 40_000 });
	await expect(arabic).toHaveAttribute('dir', 'rtl');
	await phone.getByRole('button', { name: 'Kaksi kieltä' }).click();
	await expect(phone.getByText(WORDS)).toBeVisible();

	// Read: folded away on this phone, and still there to look up, without a network too.
	await phone.context().setOffline(true);
	await phone.goto(`${server.url}/`);
	await card.getByRole('button', { name: /^Luettu/ }).click();
	await expect(card).toHaveCount(0);
	await phone.reload();
	await notices.getByRole('link', { name: /^Kaikki tiedotteet/ }).click();
	await expect(phone.getByRole('heading', { level: 1, name: 'Tiedotteet' })).toBeVisible();
	const kept = phone.getByRole('article').filter({ hasText: WORDS });
	await expect(kept).toBeVisible();

	// It holds to the end of its last day in Helsinki.
	for (const [day, time, count] of [
		[until, '23:57', 1],
		[addDays(until, 1), '00:01', 0]
	] as const) {
		await phone.context().clock.setSystemTime(instantOf(day, time));
		await phone.reload();
		await expect(phone.getByRole('article').filter({ hasText: 'Esimerkki' })).toHaveCount(2);
		await expect(kept).toHaveCount(count);
	}
	await phone.context().close();

	// Ended at once.
	await row.getByRole('button', { name: /^Päätä nyt/ }).click();
	await expect(row).toHaveCount(0);
	await page.getByText(/^Päättyneet/).click();
	await expect(row).toContainText('Päätetty');
	await row.getByRole('button', { name: /^Ota takaisin/ }).click();
	await expect(page.getByRole('region', { name: 'Voimassa nyt' })).toContainText(WORDS);
});
