/**
 * The README's short film, from the real build with the demo organisation: `npm run film [-- FILE]`. A visit is logged without a network, a card is
 * shown in Arabic, and the network returns. One picture for each step, with a sentence under it, as a GIF.
 */
import { chromium } from '@playwright/test';
import gifenc from 'gifenc';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { PNG } from 'pngjs';
import { launchOptions } from './chromium.js';
import { phoneContext, startDemo } from './demo-server.js';

const OUT = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'reppu.gif');
/** Of the phone, in CSS pixels, and of the strip for the sentence under it. */
const WIDTH = 360;
const HEIGHT = 640;
const STRIP = 56;
/** How long a step is shown, ms. */
const STEP = 1600;

const { url, stop } = await startDemo();
const browser = await chromium.launch(launchOptions);
const gif = gifenc.GIFEncoder();

/** @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

try {
	const phone = await browser.newContext({
		...phoneContext,
		viewport: { width: WIDTH, height: HEIGHT }
	});
	const page = await phone.newPage();
	const sheet = await (
		await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT + STRIP } })
	).newPage();

	/** @param {string} sentence @param {number} [ms] */
	async function shoot(sentence, ms = STEP) {
		await page.evaluate(() => document.fonts.ready);
		await page.waitForTimeout(300);
		const picture = (await page.screenshot()).toString('base64');
		await sheet.setContent(`<body style="margin:0;background:#16302f;color:#fff;font:500 16px/1.25 sans-serif">
			<img src="data:image/png;base64,${picture}" width="${WIDTH}" height="${HEIGHT}" style="display:block">
			<p style="margin:0;height:${STRIP}px;padding:0 14px;display:grid;align-items:center">${escape(sentence)}</p>`);
		const { data, width, height } = PNG.sync.read(await sheet.screenshot());
		const palette = gifenc.quantize(data, 256);
		gif.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay: ms });
	}

	/** Where the day's visits stand. */
	const toTheDay = () =>
		page
			.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' })
			.evaluate((heading) => heading.scrollIntoView());

	await page.goto(`${url}/demo`);
	await page.locator('.doors[aria-busy="false"]').waitFor();
	await page.getByRole('button', { name: 'Avaa neuvojan puhelin' }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await shoot('A library, no network. Three visits wait on the phone.', 2200);
	await page.getByRole('link', { name: 'Kirjaa', exact: true }).click();
	await page.getByRole('radio', { name: 'arabia' }).waitFor();
	await shoot('Place, time and channel are filled in.');
	await page.getByRole('radio', { name: 'arabia' }).check({ force: true });
	await shoot('Language …');
	await page.getByRole('checkbox', { name: 'Asuminen' }).check({ force: true });
	await shoot('… and topic. That is a visit.');
	await page.getByRole('button', { name: 'Tallenna', exact: true }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await shoot('Saved on the phone. It says so, and it can be undone.', 2000);
	await toTheDay();
	await shoot('The visit is on the day’s slip, and waits.', 2000);
	await page.goto(`${url}/services`);
	await page.getByRole('searchbox').fill('kel');
	await page.getByRole('link', { name: /Kela/ }).first().waitFor();
	await shoot('Three letters find a service, still offline.');
	await page.getByRole('link', { name: /Kela/ }).first().click();
	await page.waitForURL(/\/services\/./);
	const card = page.url().split('/').at(-1);
	await page.goto(`${url}/show/${card}?lang=ar`);
	await page.locator('[lang="ar"]').first().waitFor();
	await shoot('The client reads it in Arabic, or hears it.', 2600);
	await page.goto(`${url}/`);
	await page.getByRole('switch', { name: 'Puhelimen verkko' }).click();
	await page.locator('a.pill', { hasNotText: 'odottaa' }).waitFor();
	await toTheDay();
	await shoot('The network is back: delivered, each visit once.', 3200);
	gif.finish();
	writeFileSync(OUT, gif.bytes());
} finally {
	await browser.close();
	stop();
}
