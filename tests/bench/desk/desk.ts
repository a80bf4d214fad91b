import type { Page } from '@playwright/test';
import { demoPhone, openOffice, Server } from '../../e2e/fixtures.ts';
import { languages } from '../../../src/lib/domain/languages.ts';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { median, printTable, quantile, round } from '../support/numbers.ts';
import { pageHost } from '../support/page-host.ts';
import { quiet } from '../support/quiet.ts';
import type { LookupPage } from './page.ts';
import { publicPageSizes } from './public-page.ts';
import { tourRows, type TourRow } from './tour.ts';

const TOUR = { desks: 400, advisers: 50, help: 40 };
const LOOKUP = { desks: 200, advisers: 25, help: 40 };
const TRIES = 15;
const WARM_UP = 3;
const SLOWDOWN = 4;
const SEED = 7;

declare const page: LookupPage;

/** Puts records into the database of the membership that this browser works as, beside what the app knows already; the app is opened anew after it. */
const putRows = (tab: Page, rows: readonly TourRow[], role: string): Promise<number> =>
	tab.evaluate(
		async ([given, wanted]) => {
			const open = (name: string) =>
				new Promise<IDBDatabase>((resolve, reject) => {
					const request = indexedDB.open(name);
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const settled = <T>(request: IDBRequest<T>) =>
				new Promise<T>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const shared = await open('reppu-public');
			const members = await settled(shared.transaction('memberships').objectStore('memberships').getAll());
			shared.close();
			const member = (members as { role: string; database: string }[]).find((one) => one.role === wanted);
			if (!member) throw new Error(`Nobody here is ${wanted}.`);
			const db = await open(member.database);
			const store = db.transaction('records', 'readwrite').objectStore('records');
			for (const row of given) store.put(row);
			const count = await settled(store.count());
			db.close();
			return count;
		},
		[rows, role] as const
	);

/** From a click until what it brings is painted, ms. `done` is looked for in each frame. */
const timeClick = (tab: Page, link: string, done: string): Promise<number> =>
	tab.evaluate(
		([target, awaited]) =>
			new Promise<number>((resolve, reject) => {
				const element = document.querySelector<HTMLElement>(target);
				if (!element) return reject(new Error(`There is no ${target}.`));
				const start = performance.now();
				element.click();
				const look = () => {
					// The frame in which it stands is painted once a task after it runs.
					if (document.querySelector(awaited)) setTimeout(() => resolve(performance.now() - start));
					else if (performance.now() - start > 30_000) reject(new Error(`${awaited} never came.`));
					else requestAnimationFrame(look);
				};
				requestAnimationFrame(look);
			}),
		[link, done] as const
	);

/** The coordinator's month, opened from the week, on a desktop. */
async function month(server: Server, rows: readonly TourRow[]): Promise<number[]> {
	const profile = new Profile();
	try {
		const context = await profile.open({ viewport: { width: 1280, height: 900 }, locale: 'fi-FI' });
		const tab = context.pages()[0] ?? (await context.newPage());
		await openOffice(tab, server);
		await tab.goto(`${server.url}/office/tour?view=week`);
		await tab.locator('ol.week .stop').first().waitFor();
		await putRows(tab, rows, 'coordinator');
		const times: number[] = [];
		for (let attempt = -WARM_UP; attempt < TRIES; attempt += 1) {
			await tab.goto(`${server.url}/office/tour?view=week`);
			await tab.locator('ol.week .stop').nth(100).waitFor();
			await quiet();
			const time = await timeClick(tab, 'a.chip[href*="view=month"]', 'ol.month .stop');
			if (attempt >= 0) times.push(time);
		}
		return times;
	} finally {
		await profile.remove();
	}
}

/** The phone's agenda, opened from Today in an app that has been open for a while, offline and four times slower. */
async function agenda(server: Server, rows: readonly TourRow[]): Promise<number[]> {
	const profile = new Profile();
	try {
		const context = await profile.open({
			viewport: { width: 390, height: 844 },
			hasTouch: true,
			locale: 'fi-FI'
		});
		const tab = context.pages()[0] ?? (await context.newPage());
		await demoPhone(tab, server);
		await tab.goto(`${server.url}/tour`);
		await tab.locator('.place').first().waitFor();
		await putRows(tab, rows, 'adviser');
		await context.setOffline(true);
		const cdp = await context.newCDPSession(tab);
		await tab.goto(`${server.url}/`);
		const times: number[] = [];
		for (let attempt = -WARM_UP; attempt < TRIES; attempt += 1) {
			await tab.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
			await quiet();
			await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
			const time = await timeClick(tab, 'nav a[href="/tour"]', '.place');
			if (attempt >= 0) times.push(time);
			await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
			await tab.locator('nav a[href="/"]').click();
		}
		return times;
	} finally {
		await profile.remove();
	}
}

/** Who serves in each language of the table, in a page with the app's own code. */
async function lookup(rows: readonly TourRow[], now: number) {
	const script = await bundle('desk/page.ts', { peers: false });
	const { url, host } = await pageHost();
	const profile = new Profile();
	try {
		const context = await profile.open();
		const tab = context.pages()[0] ?? (await context.newPage());
		await tab.goto(url);
		await tab.addScriptTag({ content: script });
		await tab.evaluate((given) => page.fill(given), rows);
		const wanted = languages()
			.map(({ code }) => code)
			.filter((code) => code !== 'other');
		await tab.evaluate(([asked, at]) => page.ask(asked, at), [wanted, now] as const);
		await quiet();
		return await tab.evaluate(([asked, at]) => page.ask(asked, at), [wanted, now] as const);
	} finally {
		await profile.remove();
		host.close();
	}
}

/** What a large tour costs: the coordinator's month, the phone's agenda, and who serves in a language. */
export async function bench(): Promise<Record<string, number>> {
	const now = Date.now();
	const rows = tourRows(TOUR, SEED, now);
	const server = new Server(true);
	try {
		await server.start();
		const months = await month(server, rows);
		const agendas = await agenda(server, rows);
		const asked = await lookup(tourRows(LOOKUP, SEED, now), now);
		const line = (name: string, times: readonly number[]) => [
			name,
			median(times).toFixed(1),
			quantile(times, 0.95).toFixed(1)
		];
		console.log(`A year of ${TOUR.desks} desks and ${TOUR.advisers} advisers, ms`);
		printTable(
			['', 'p50', 'p95'],
			[
				line('month, from the click to the paint', months),
				line(`agenda, the same, CPU ${SLOWDOWN} times slower`, agendas)
			]
		);
		console.log(
			`\nWho serves in each of ${asked.memory.length} languages next, ${LOOKUP.desks} desks, ms; ${asked.offers} lines in all`
		);
		printTable(
			['', 'p50', 'p95'],
			[
				line('from memory, as the open app', asked.memory),
				line('read from the database first', asked.database),
				line(`ical.js, the ${asked.found} receptions only`, asked.library)
			]
		);
		const sizes = await publicPageSizes();
		return {
			month_ms: round(median(months)),
			agenda_ms: round(median(agendas)),
			language_lookup_ms: round(quantile(asked.memory, 0.95)),
			language_lookup_database_ms: round(quantile(asked.database, 0.95)),
			language_lookup_ical_ms: round(quantile(asked.library, 0.95)),
			public_page_kb: Math.max(sizes.fi.gzip_kb, sizes.ar.gzip_kb),
			public_page_plain_kb: Math.max(sizes.fi.plain_kb, sizes.ar.plain_kb)
		};
	} finally {
		await server.remove();
	}
}
