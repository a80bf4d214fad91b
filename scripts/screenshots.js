/**
 * Takes the pictures of the README and of the web app manifest from the real build with the demo organisation:
 * `npm run screenshots`. Phone pictures are 1080 × 2340 (360 × 780 at three times), the office 1280 × 800.
 */
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { launchOptions } from './chromium.js';
import { phoneContext, startDemo } from './demo-server.js';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, process.argv[2] ?? 'static/screenshots');
mkdirSync(OUT, { recursive: true });

const { url, stop } = await startDemo();
const browser = await chromium.launch(launchOptions);
try {
	const phone = await browser.newContext({
		...phoneContext,
		viewport: { width: 360, height: 780 },
		deviceScaleFactor: 3
	});
	const page = await phone.newPage();
	/** @param {string} name */
	const shot = async (name) => {
		await page.evaluate(() => document.fonts.ready);
		await page.waitForTimeout(400);
		await page.screenshot({ path: join(OUT, `${name}.png`) });
	};
	await page.goto(`${url}/demo`);
	await page.locator('.doors[aria-busy="false"]').waitFor();
	await page.getByRole('button', { name: /Neuvoja/ }).click();
	await page.getByRole('heading', { level: 1, name: /kirjasto/ }).waitFor();
	await shot('today');
	await page.getByRole('link', { name: 'Kirjaa' }).click();
	await page.getByRole('radio', { name: 'arabia' }).check({ force: true });
	await page.getByRole('checkbox', { name: 'Luvat ja kansalaisuus' }).check({ force: true });
	await shot('log');
	await page.goto(`${url}/services`);
	await page.getByRole('searchbox').fill('kel');
	await page.getByRole('link', { name: /Kela/ }).first().click();
	await page.waitForURL(/\/services\/./);
	await shot('service');
	const card = page.url().split('/').at(-1);
	await page.goto(`${url}/show/${card}?lang=ar`);
	await shot('client-arabic');
	await page.goto(`${url}/sync`);
	await shot('sync');
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.goto(`${url}/`);
	await shot('today-dark');
	await phone.close();

	const desk = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		locale: 'fi-FI',
		timezoneId: 'Europe/Helsinki'
	});
	const office = await desk.newPage();
	await office.goto(`${url}/demo`);
	await office.locator('.doors[aria-busy="false"]').waitFor();
	await office.getByRole('button', { name: /Koordinaattori/ }).click();
	await office.waitForURL(/office/);
	await office
		.getByText(/yhteydenotto/)
		.first()
		.waitFor();
	await office.waitForTimeout(800);
	await office.screenshot({ path: join(OUT, 'office.png') });
	await office.goto(`${url}/demo?side`);
	await office.waitForTimeout(6000);
	await office.screenshot({ path: join(OUT, 'demo.png') });
	await desk.close();
} finally {
	await browser.close();
	stop();
}
