import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import jsQR from 'jsqr';
import { calendarPath, tourPath } from '../../src/lib/directory/take-away/public-address.ts';
import { DEMO_DESKS } from '../../src/lib/server/demo/organisation.ts';
import { demoPhone, deviceRows, expect, openOffice, ready, test, type Page } from './fixtures.ts';

test.setTimeout(120_000);

const desk = DEMO_DESKS.find(({ municipality }) => municipality === '925')!;

/** The organisation of whoever is signed in on this device. */
const organisationOf = async (page: Page) =>
	String((await deviceRows(page, 'memberships'))[0]?.['organisation']);

const eventsIn = (text: string) =>
	new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');

/** Reads the code on the poster as a camera does: by its pixels. */
async function scan(page: Page): Promise<string> {
	const png = await page.locator('svg.qr').screenshot();
	const pixels = await page.evaluate(async (base64) => {
		const image = new Image();
		image.src = `data:image/png;base64,${base64}`;
		await image.decode();
		const canvas = new OffscreenCanvas(image.width, image.height);
		const context = canvas.getContext('2d')!;
		context.drawImage(image, 0, 0);
		const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
		return { data: [...data], width, height };
	}, png.toString('base64'));
	return jsQR(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height)?.data ?? '';
}

test('a day that the coordinator cancels is cancelled on the public page and in the calendar at once, without a script, in Arabic', async ({
	page,
	browser,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await page.goto(`${server.url}/office/tour`);
	const organisation = await organisationOf(page);
	const subject = { kind: 'desk', id: desk.id } as const;
	const paths = (['fi', 'ar'] as const).map(
		(language) => `${server.url}${tourPath(organisation, subject, language)}`
	);
	const text = async (url: string) => (await fetch(url)).text();
	expect(await text(paths[0]!)).not.toContain('peruttu');

	const region = page.getByRole('region', { name: desk.name });
	await region.getByRole('button', { name: 'Peru päivä' }).first().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Miksi').fill('Neuvojan lapsi on sairaana');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(dialog).toHaveCount(0);
	await expect.poll(() => text(paths[0]!), { timeout: 20_000 }).toContain('peruttu');
	const calendar = await text(`${server.url}${calendarPath(organisation, subject, 'fi')}`);
	const cancelled = eventsIn(calendar).filter(
		(event) => event.getFirstPropertyValue('status') === 'CANCELLED'
	);
	expect(cancelled).toHaveLength(1);
	expect(calendar).not.toContain('sairaana');

	const first = await fetch(paths[1]!);
	const again = await fetch(paths[1]!, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
	expect([first.status, again.status, first.headers.get('cache-control')]).toEqual([
		200,
		304,
		'public, no-cache'
	]);

	const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await still.setViewportSize({ width: 320, height: 700 });
	await still.goto(paths[1]!);
	await expect(still.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(still.locator('s')).toHaveCount(1);
	await expect(still.getByText('أُلغي')).toBeVisible();
	await expect(still.locator('main')).not.toContainText('sairaana');
	// Nothing stands beside the narrow screen, and every range of hours reads from left to right.
	expect(await still.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
	const turned = await still.evaluate(() => {
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const found: string[] = [];
		for (let node = texts.nextNode(); node; node = texts.nextNode())
			if (/\d[–-]\d/.test(node.textContent ?? '') && !node.parentElement?.closest('bdi[dir="ltr"]'))
				found.push(node.textContent ?? '');
		return found;
	});
	expect(turned).toEqual([]);
	await still.locator('summary').click();
	await still.getByRole('link', { name: 'suomi' }).first().click();
	await expect(still.getByRole('heading', { level: 1 })).toContainText('Neuvonta');
	await still.close();
});

test('a poster on one sheet and a calendar file are made on the phone without a network', async ({
	page,
	context,
	server
}) => {
	await page.addInitScript(() => (window.print = () => undefined));
	await demoPhone(page, server);
	await ready(page);
	const organisation = await organisationOf(page);
	await context.setOffline(true);
	await page.goto(`${server.url}/tour?desk=${desk.id}`);

	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Lisää kalenteriin' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('Vieremä-kirjasto.ics');
	const events = eventsIn(readFileSync(await file.path(), 'utf8'));
	expect(events.length).toBeGreaterThan(10);
	expect(String(events[0]?.getFirstPropertyValue('summary'))).toBe('Neuvonta: Vieremä, kirjasto');

	await page.getByRole('link', { name: 'Julkinen juliste' }).click();
	await page.getByLabel('Julisteen kieli').selectOption('ar');
	const poster = page.locator('article');
	await expect(poster).toHaveAttribute('dir', 'rtl');
	await expect(poster).toContainText('الاثنين');
	await expect(page.getByText('konekäännöksiä')).toBeVisible();
	await expect
		.poll(() => scan(page))
		.toBe(`${server.url}${tourPath(organisation, { kind: 'desk', id: desk.id }, 'ar')}`);
	for (const [paper, box] of [
		['A4', /\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/],
		['A3', /\/MediaBox \[0 0 84[12]\.?\d* 119[01]\.?\d*\]/]
	] as const) {
		await page.locator('label.chip', { hasText: paper }).click();
		await expect(page).toHaveURL(new RegExp(`poster=${paper.toLowerCase()}`));
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		expect(pdf.match(/\/Type\s*\/Page\b/g), paper).toHaveLength(1);
		expect(pdf, paper).toMatch(box);
	}
});
