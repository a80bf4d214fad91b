import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openDoor, test } from './fixtures.ts';
import { openScreens } from './screens.ts';

test.setTimeout(300_000);

const MESSAGES = join(import.meta.dirname, '..', '..', 'src/i18n/messages');
const PARTS = readdirSync(MESSAGES);

/** Whole messages of a language, long enough to be told from chance; those with numbers or names in them are left out. */
function messages(locale: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const part of PARTS) {
		const file = join(MESSAGES, part, `${locale}.json`);
		for (const [key, text] of Object.entries(
			JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
		)) {
			if (typeof text === 'string' && !key.startsWith('$') && !text.includes('{')) found.set(key, text);
		}
	}
	return found;
}

const finnish = messages('fi');

/** Finnish messages that say something else in the other language. */
function foreign(locale: string): string[] {
	const own = messages(locale);
	const words = new Set(own.values());
	return [...finnish]
		.filter(([key, text]) => text.length > 8 && own.get(key) !== text && !words.has(text))
		.map(([, text]) => text);
}

test('every page in Finnish, Swedish and English, without a network: a title and a heading of its own, no missing text', async ({
	page,
	context,
	server
}) => {
	const screens = (await openScreens(page, server)).filter(({ state, path }) => !state && path !== '/demo');
	await context.setOffline(true);
	const faults: string[] = [];
	const noise: string[] = [];
	page.on('console', (message) => {
		// The office asks its server, and the phone says what the browser says of a dead line.
		if (message.type() === 'error' && !message.text().includes('ERR_INTERNET_DISCONNECTED'))
			noise.push(message.text());
	});
	page.on('pageerror', (error) => noise.push(error.message));
	/** What the search for Finnish finds on the Finnish pages: it must be able to find something. */
	const finnishSeen = new Set<string>();
	for (const locale of ['fi', 'sv', 'en']) {
		await page.evaluate((code) => localStorage.setItem('PARAGLIDE_LOCALE', code), locale);
		const titles = new Map<string, string>();
		for (const { name, path } of screens) {
			const where = `${name}, ${locale}`;
			await page.goto(`${server.url}${path}`);
			await page.locator('h1').first().waitFor();
			if (path.startsWith('/office')) await page.getByRole('status').first().waitFor({ state: 'attached' });
			const seen = await page.evaluate(() => ({
				lang: document.documentElement.lang,
				title: document.title,
				h1: [...document.querySelectorAll('h1')].map((heading) => heading.innerText.trim()),
				text: document.body.innerText,
				empty: [...document.querySelectorAll('h1, h2, h3, button, label, legend, summary, a[href]')].filter(
					(e) => e.checkVisibility() && !e.textContent?.trim() && !e.getAttribute('aria-label')
				).length
			}));
			if (seen.lang !== locale) faults.push(`${where}: lang is ${seen.lang}`);
			if (seen.h1.length !== 1 || !seen.h1[0]) faults.push(`${where}: headings ${JSON.stringify(seen.h1)}`);
			if (seen.empty > 0) faults.push(`${where}: ${seen.empty} parts without words`);
			const twin = titles.get(seen.title);
			if (twin) faults.push(`${where}: the same title as ${twin}, "${seen.title}"`);
			titles.set(seen.title, name);
			const key =
				/\b(?:app|nav|pill|today|form|sync|visits?|settings|start|more|services?|show|tour|handover|office|demo|error|crash)_[a-z_]+\b/.exec(
					seen.text
				);
			if (key) faults.push(`${where}: a key instead of a text, ${key[0]}`);
			if (/undefined|\[object|NaN|\{\w+\}/.test(seen.text))
				faults.push(`${where}: ${/.{0,20}(undefined|\[object|NaN|\{\w+\}).{0,20}/.exec(seen.text)?.[0]}`);
			for (const text of foreign(locale === 'fi' ? 'sv' : locale)) {
				if (!seen.text.includes(text)) continue;
				if (locale === 'fi') finnishSeen.add(text);
				else faults.push(`${where}: Finnish text "${text}"`);
			}
		}
	}
	expect(faults).toEqual([]);
	expect(noise).toEqual([]);
	expect(finnishSeen.size).toBeGreaterThan(80);
});

test('the language is changed in the settings, and what was being typed stays', async ({ page, server }) => {
	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await page.goto(`${server.url}/settings`);
	await page.getByText('svenska', { exact: true }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
	await expect(page.getByRole('heading', { level: 1, name: 'Inställningar' })).toBeVisible();
	await expect(page.locator('link[rel="manifest"]')).toHaveAttribute('href', '/manifest.sv.webmanifest');
	await page.getByText('English', { exact: true }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

for (const [locale, heading] of [
	['sv-FI', 'sv'],
	['en-GB', 'en'],
	['ar', 'fi']
] as const) {
	test(`the demo greets a browser in ${locale} in ${heading}`, async ({ browser, server }) => {
		const context = await browser.newContext({ locale });
		const page = await context.newPage();
		await page.goto(`${server.url}/demo`);
		await expect(page.locator('html')).toHaveAttribute('lang', heading);
		await page.locator('.doors[aria-busy="false"]').waitFor();
		await expect(page.locator('html')).toHaveAttribute('lang', heading);
		await context.close();
	});
}
