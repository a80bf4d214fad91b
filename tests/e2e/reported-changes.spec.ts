import { tourPath } from '../../src/lib/directory/take-away/public-address.ts';
import { addDays, helsinki } from '../../src/lib/domain/dates.ts';
import type { Locator } from '@playwright/test';
import { chip, demoPhone, deviceRows, expect, openOffice, switchNetwork, test } from './fixtures.ts';

/** Two taps before anything can come of the first. */
const tapTwice = (button: Locator) =>
	button.evaluate((element: HTMLElement) => {
		element.click();
		element.click();
	});

test('a reported change: an adviser without a network cannot hold a day, the coordinator accepts, phone and public page say that it is cancelled', async ({
	page,
	context,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	await switchNetwork(page, false);
	await page.goto(`${server.url}/tour`);
	// A day to come, not the one that is open now.
	const report = page.getByRole('link', { name: /^Ilmoita muutos/ }).nth(2);
	const href = new URL((await report.getAttribute('href')) ?? '', server.url).searchParams;
	const [reception, date] = [href.get('change') ?? '', href.get('date') ?? ''];
	await report.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Ilmoita muutos' })).toBeVisible();
	const send = page.getByRole('button', { name: 'Ilmoita', exact: true });
	await send.click();
	await expect(page.getByRole('alert')).toContainText('Valitse, mikä muuttuu.');
	await chip(page, 'En voi pitää tätä päivää').click();
	await send.click();
	await expect(page.getByRole('alert')).toContainText('Valitse, miksi et voi pitää päivää.');
	await chip(page, 'Matka ei onnistu').click();
	await page.getByLabel('Viesti koordinaattorille').fill('Soita 040 123 4567');
	await send.click();
	await expect(page.getByRole('alert')).toContainText('Tässä näyttää olevan henkilötieto.');
	await page.getByLabel('Viesti koordinaattorille').fill('Tie on poikki');
	await tapTwice(send);
	await expect(page.getByText('Ilmoitus on tallessa puhelimessa.')).toBeFocused();
	const own = page.getByRole('region', { name: 'Ilmoittamasi muutokset' });
	await expect(own.getByRole('listitem')).toHaveCount(1);
	await expect(own).toContainText('Odottaa koordinaattoria');

	// It is there after the app was closed, and the plan has not changed.
	await page.goto(`${server.url}/tour`);
	await expect(own).toContainText('Tie on poikki');
	await expect(page.getByText(/^Peruttu:/)).toHaveCount(0);
	await switchNetwork(page, true);

	const office = await (await context.browser()!.newContext()).newPage();
	office.setDefaultTimeout(10_000);
	await openOffice(office, server);
	await office.goto(`${server.url}/office/tour`);
	const waiting = office.getByRole('region', { name: 'Ilmoitetut muutokset (1)' });
	await expect(async () => {
		await office.reload();
		await expect(waiting).toContainText('Tie on poikki', { timeout: 5000 });
	}).toPass({ timeout: 40_000 });
	await waiting.getByRole('button', { name: /^Älä hyväksy/ }).click();
	const dialog = office.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Älä hyväksy' }).click();
	await expect(dialog.getByRole('alert')).toContainText('Kirjoita neuvojalle');
	await office.keyboard.press('Escape');
	await waiting.getByRole('button', { name: /^Hyväksy/ }).click();
	await expect(dialog.getByLabel('Mitä tehdään?')).toHaveValue('cancel');
	await expect(dialog.getByLabel('Miksi')).toHaveValue('Matka ei onnistu');
	await dialog.getByLabel('Viesti neuvojalle').fill('Kiitos, laitan tiedon kirjastoon');
	await tapTwice(dialog.getByRole('button', { name: 'Tallenna' }));
	await expect(waiting).toHaveCount(0);
	await expect(office.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	await expect(async () => {
		await page.reload();
		await expect(own).toContainText('Hyväksytty', { timeout: 5000 });
	}).toPass({ timeout: 40_000 });
	await expect(own).toContainText('Koordinaattori: Kiitos, laitan tiedon kirjastoon');
	await expect(page.getByText('Peruttu: Matka ei onnistu')).toHaveCount(1);
	// Whoever comes back to the address is told so, and reports nothing twice.
	await page.goto(`${server.url}/tour?change=${reception}&date=${date}`);
	await expect(page.getByText('Peruttu: Matka ei onnistu')).toBeVisible();
	await expect(send).toHaveCount(0);

	const rows = await deviceRows(page, 'records');
	const row = String(rows.find(({ id }) => id === reception)?.['body']);
	const desk = /"desk":\[\{[^[\]]*?"value":"([^"]+)"/.exec(row)?.[1] ?? '';
	const organisation = String((await deviceRows(page, 'memberships'))[0]?.['organisation']);
	const clients = await page.request.get(
		server.url + tourPath(organisation, { kind: 'desk', id: desk }, 'fi')
	);
	const days =
		/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(await clients.text())?.[1] ?? '{}';
	const events = (JSON.parse(days) as { '@graph': { startDate?: string; eventStatus?: string }[] })['@graph'];
	expect(events.find(({ startDate }) => startDate?.startsWith(date))?.eventStatus).toMatch(/EventCancelled$/);
	await office.context().close();
});

test('a day of the tour is moved by dragging it, which Escape lets go, and by the keyboard', async ({
	page,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await page.setViewportSize({ width: 1280, height: 900 });
	await openOffice(page, server);
	const week = addDays(helsinki(Date.now()).date, 7);
	await page.goto(`${server.url}/office/tour?view=week&date=${week}`);
	const days = page.locator('li[data-day]');
	const stop = page.locator('button.stop').first();
	await stop.waitFor();
	const from = await stop.locator('xpath=ancestor::li[@data-day]').getAttribute('data-day');
	const name = await stop.locator('strong').innerText();
	const sunday = days.last();
	const to = (await sunday.getAttribute('data-day')) ?? '';
	const dialog = page.getByRole('dialog');

	async function dragged() {
		const [a, b] = [await stop.boundingBox(), await sunday.boundingBox()];
		if (!a || !b) throw new Error('Nothing to drag.');
		await page.mouse.move(a.x + 20, a.y + 20);
		await page.mouse.down();
		await page.mouse.move(a.x + 60, a.y + 30);
		await page.mouse.move(b.x + b.width / 2, b.y + 30, { steps: 4 });
		await expect(sunday).toHaveClass(/over/);
	}

	await dragged();
	await page.keyboard.press('Escape');
	await page.mouse.up();
	await expect(sunday).not.toHaveClass(/over/);
	await expect(dialog).toHaveCount(0);

	// Dropped, and thought better of.
	await dragged();
	await page.mouse.up();
	await expect(dialog.getByLabel('Uusi päivä')).toHaveValue(to);
	await expect(dialog.getByLabel('Miksi')).toHaveValue(/^Siirretty: sunnuntai/);
	await page.keyboard.press('Escape');
	await expect(sunday.locator('button.stop')).toHaveCount(0);

	// By the keyboard: the same form, and nothing is saved that is no change.
	await stop.focus();
	await page.keyboard.press('Enter');
	await dialog.getByRole('button', { name: 'Siirrä toiseen päivään' }).press('Enter');
	await expect(dialog.getByLabel('Uusi päivä')).toHaveValue(from ?? '');
	await dialog.getByRole('button', { name: 'Tallenna' }).press('Enter');
	await expect(dialog.getByRole('alert')).toContainText('Muuta päivää, aikaa tai pistettä.');
	await dialog.getByLabel('Uusi päivä').fill(to);
	await dialog.getByLabel('Päättyy').fill('23:30');
	await dialog.getByRole('button', { name: 'Tallenna' }).press('Enter');
	await expect(dialog).toHaveCount(0);
	await expect(sunday.getByRole('button', { name })).toContainText('23.30');
	await expect(stop).toContainText('Peruttu: Siirretty: sunnuntai');
});
