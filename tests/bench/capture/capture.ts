import type { Page } from '@playwright/test';
import { chip, countHands, demoPhone, hands, plus, Server, todayRows } from '../../e2e/fixtures.ts';
import { Profile } from '../support/browser.ts';
import { median, printTable, quantile, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';

const SAVES = 30;
/** Saves in a row before it is looked whether the machine is still quiet. */
const TURN = 10;
const WARM_UP = 3;

const save = (page: Page) => page.getByRole('button', { name: 'Tallenna', exact: true });
const today = (page: Page) => page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' });
const language = (page: Page) =>
	page.locator('label.chip', { has: page.locator('input[name="language"]') }).first();
const answer = (page: Page, group: string, text: string) =>
	page.getByRole('group', { name: group }).locator('label.chip').filter({ hasText: text }).first().click();

/** Ways to log a visit, each from where somebody stands who wants to log one, and the most taps it may cost. */
const ways: readonly {
	name: string;
	most: number;
	ready: (page: Page) => Promise<unknown>;
	log: (page: Page) => Promise<unknown>;
}[] = [
	{
		name: 'repeat',
		most: 1,
		ready: home,
		log: (page) => page.getByRole('button', { name: 'Sama kuin äsken' }).click()
	},
	{
		name: 'template',
		most: 1,
		ready: async (page) => {
			await todayRows(page).getByRole('link').first().click();
			await page.getByRole('button', { name: 'Tee malli' }).click();
			await page.getByText('Malli on tallessa').waitFor();
			await home(page);
		},
		log: (page) => page.locator('section[aria-labelledby="repeat"] button').nth(1).click()
	},
	{
		name: 'tally',
		most: 1,
		ready: async (page) => {
			await plus(page).click();
			await page.getByRole('button', { name: 'Mallit', exact: true }).click();
			await page.getByRole('link', { name: 'Laskuri' }).click();
		},
		log: (page) => page.getByRole('table').getByRole('button').first().click()
	},
	{
		name: 'plain',
		most: 4,
		ready: home,
		log: async (page) => {
			await plus(page).click();
			await language(page).click();
			await chip(page, 'Asuminen').click();
			await save(page).click();
		}
	},
	{
		name: 'two topics, referral',
		most: 7,
		ready: home,
		log: async (page) => {
			await plus(page).click();
			await language(page).click();
			await chip(page, 'Asuminen').click();
			await chip(page, 'Perhe ja lapset').click();
			await refer(page);
		}
	},
	{
		name: 'full background',
		most: 14,
		ready: home,
		log: async (page) => {
			await plus(page).click();
			await language(page).click();
			await chip(page, 'Asuminen').click();
			await chip(page, 'Perhe ja lapset').click();
			await page.locator('summary', { hasText: 'Asiakkaan tausta' }).click();
			await answer(page, 'Suomessa asumisen kesto', '1–3 vuotta');
			await answer(page, 'Maahantulon syy', 'Työ');
			await answer(page, 'Ikäryhmä', '25–44');
			await answer(page, 'Kansalaisuusryhmä', 'Kolmas maa');
			await answer(page, 'Koulutustausta', 'Lukio');
			await answer(page, 'Pääasiallinen toiminta', 'Työssä');
			await refer(page);
		}
	}
];

async function home(page: Page): Promise<void> {
	await page.goto(new URL('/', page.url()).href);
	await today(page).waitFor();
}

async function refer(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Ohjaus' }).click();
	await chip(page, 'Kela').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
}

/** Visits on this phone that wait: what was saved is counted where it lies. */
const saved = (page: Page): Promise<number> =>
	page.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
		let count = 0;
		for (const name of names.filter((one) => one.startsWith('reppu'))) {
			const db = await new Promise<IDBDatabase>((resolve, reject) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
			if (db.objectStoreNames.contains('outbox'))
				count += await new Promise<number>((resolve, reject) => {
					const request = db.transaction('outbox').objectStore('outbox').count();
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			db.close();
		}
		return count;
	});

/** From the press on the button until the visit's row is painted on Today; everything lies on the medium by then. */
async function timeSave(page: Page): Promise<number> {
	await plus(page).click();
	await language(page).click();
	await chip(page, 'Asuminen').click();
	return page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const button = [...document.querySelectorAll<HTMLButtonElement>('.dock button.primary')].at(-1);
				const start = performance.now();
				button?.click();
				const look = () => {
					if (document.querySelector('ul.slip li.stamped')) resolve(performance.now() - start);
					else requestAnimationFrame(look);
				};
				requestAnimationFrame(look);
			})
	);
}

/** What logging costs an adviser: taps on the built app, offline, and how long a save takes as it is seen. */
export async function bench(): Promise<Record<string, number>> {
	const server = new Server(true);
	const profile = new Profile();
	try {
		await server.start();
		const context = await profile.open({
			viewport: { width: 390, height: 844 },
			hasTouch: true,
			locale: 'fi-FI'
		});
		const page = context.pages()[0] ?? (await context.newPage());
		await countHands(context);
		await demoPhone(page, server);
		await context.setOffline(true);
		const rows: string[][] = [];
		const taps: Record<string, number> = {};
		for (const { name, most, ready, log } of ways) {
			await ready(page);
			const before = await saved(page);
			await hands(page);
			await log(page);
			while ((await saved(page)) === before) await page.waitForTimeout(20);
			const cost = await hands(page);
			if (cost.keys > 0) throw new Error(`${name}: ${cost.keys} keys were typed.`);
			taps[`taps_${name.replace(/\W+/g, '_')}`] = cost.taps;
			rows.push([name, String(cost.taps), String(most), cost.taps <= most ? 'yes' : 'NO']);
		}
		await home(page);
		for (let index = 0; index < WARM_UP; index += 1) await timeSave(page);
		const times: number[] = [];
		while (times.length < SAVES) {
			await quiet();
			for (let index = 0; index < TURN; index += 1) times.push(await timeSave(page));
		}
		printTable(['', 'taps', 'at most', 'kept'], rows);
		console.log(`\nA save, from the press to its row on Today, ms; ${SAVES} visits, offline`);
		printTable(['', 'p50', 'p95'], [['Reppu', median(times).toFixed(1), quantile(times, 0.95).toFixed(1)]]);
		return { p50_ms: round(median(times)), ...taps };
	} finally {
		await profile.remove();
		await server.remove();
	}
}
