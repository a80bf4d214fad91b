import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { devices, type BrowserContext, type Page } from '@playwright/test';
import { firstScreenFiles, gzipKb } from '../../support/first-screen.ts';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { buildFolder, reppuServer, ServerProcess } from '../support/servers.ts';

const RUNS = 9;
const SLOWDOWN = 4;
const HISTORY = 300;
const TODAY = 8;
const PHONE = { ...devices['Pixel 5'], locale: 'fi-FI', timezoneId: 'Europe/Helsinki' };

/** What the page notes of itself, ms since its navigation began. */
interface Marks {
	usable?: number;
	/** Scripts that had come when it was usable. */
	scripts?: string[];
}

/** What the page tells when it is usable. To be asked for it would cost it time. */
const USABLE = 'usable';

/** Usable: the button to log is there, and Today shows its place and the visits of the day. Counted at the frame after. */
function watch(word: string): void {
	const marks: Marks = ((globalThis as { marks?: Marks }).marks = {});
	const visible = (selector: string) => (document.querySelector(selector)?.getClientRects().length ?? 0) > 0;
	const observer = new MutationObserver(() => {
		// The rows come last: until they are there, nothing is measured that would make the page compute its layout.
		if (!['main a[href^="/visits/"]', 'nav a[href="/log"]', 'main h1'].every(visible)) return;
		observer.disconnect();
		requestAnimationFrame(() =>
			setTimeout(() => {
				marks.usable = performance.now();
				marks.scripts = performance
					.getEntriesByType('resource')
					.map(({ name }) => new URL(name).pathname)
					.filter((path) => path.endsWith('.js'));
				console.debug(word);
			})
		);
	});
	observer.observe(document, { childList: true, subtree: true });
}

/** How long a phone takes to open the app with no server, no worker running and a slow processor; and what it loads. */
export async function bench(): Promise<Record<string, number>> {
	const [limit, reppu] = [new ServerProcess('tests/bench/start/limit-server.ts'), reppuServer()];
	const profile = new Profile();
	try {
		const [limitUrl, url] = await Promise.all(
			[limit, reppu].map(async (server) => `http://localhost:${await server.start()}/`)
		);
		await install(await profile.open(PHONE), limitUrl!, url!);
		await Promise.all([limit.kill(), reppu.kill()]);
		const starts = { limit: [] as Marks[], reppu: [] as Marks[] };
		let scripts: string[] = [];
		for (let run = 0; run < RUNS; run += 1) {
			starts.limit.push((await coldStart(profile, limitUrl!)).marks);
			const { marks, all } = await coldStart(profile, url!);
			starts.reppu.push(marks);
			scripts = all;
		}
		return await report(starts, scripts);
	} finally {
		await profile.remove();
		await Promise.all([limit.remove(), reppu.remove()]);
	}
}

/** First visits: both workers keep their files, and the app's phone gets its data. */
async function install(context: BrowserContext, limitUrl: string, url: string): Promise<void> {
	const page = context.pages()[0] ?? (await context.newPage());
	await page.goto(`${url}api/health`);
	await page.addScriptTag({ content: await bundle('start/page.ts') });
	const midnight = new Date().setHours(0, 0, 0, 0);
	await page.evaluate(
		([delivered, waiting]) =>
			(globalThis as unknown as { page: typeof import('./page.ts') }).page.prepare(delivered, waiting),
		[fixtureVisits(HISTORY, 1, midnight - 8 * 3_600_000), fixtureVisits(TODAY, 2)] as const
	);
	for (const address of [limitUrl, url]) {
		await page.goto(address);
		await page.waitForFunction(async () => {
			const { active } = await navigator.serviceWorker.ready;
			return active?.state === 'activated' && navigator.serviceWorker.controller !== null;
		});
	}
	await profileSettles(page);
}

/** The browser writes what it keeps to its profile some time after. */
const profileSettles = (page: Page) => page.waitForTimeout(3000);

async function coldStart(profile: Profile, url: string): Promise<{ marks: Marks; all: string[] }> {
	const context = await profile.open(PHONE);
	const page = context.pages()[0] ?? (await context.newPage());
	const session = await context.newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
	await quiet();
	await page.addInitScript(watch, USABLE);
	const usable = page.waitForEvent('console', (message) => message.text() === USABLE);
	await page.goto(url, { waitUntil: 'commit' });
	await usable;
	const marks = await page.evaluate(() => (globalThis as unknown as { marks: Marks }).marks);
	// What it fetches afterwards belongs to the first screen, too.
	await page.waitForTimeout(2000);
	const all = await page.evaluate(() =>
		performance
			.getEntriesByType('resource')
			.map(({ name }) => new URL(name).pathname)
			.filter((path) => path.endsWith('.js'))
	);
	await profile.close();
	return { marks, all };
}

/** Files of the build that the browser named. */
function filesOf(paths: readonly string[]): { path: string; gzip: number }[] {
	const client = join(buildFolder(), 'client');
	return [...new Set(paths)].map((path) => {
		const file = join(client, path);
		if (!existsSync(file)) throw new Error(`${path} is not in the build.`);
		return { path, gzip: gzipSync(readFileSync(file), { level: 9 }).length };
	});
}

async function report(
	starts: Record<'limit' | 'reppu', Marks[]>,
	all: readonly string[]
): Promise<Record<string, number>> {
	console.log(
		`Start with the server dead and the worker cold, processor ${SLOWDOWN} times slower, ${RUNS} runs, ms from navigation to usable; ` +
			`${HISTORY} visits on the phone, ${TODAY} of today waiting`
	);
	const times = (name: 'limit' | 'reppu') => starts[name].map(({ usable = NaN }) => usable);
	printTable(
		['', 'median', 'min–max'],
		(
			[
				['the limit: one line of HTML behind a bare service worker', times('limit')],
				['Reppu: Today', times('reppu')]
			] as const
		).map(([label, ms]) => [
			label,
			median(ms).toFixed(0),
			`${Math.min(...ms).toFixed(0)}–${Math.max(...ms).toFixed(0)}`
		])
	);
	const first = firstScreenFiles().filter(({ path }) => path.endsWith('.js'));
	const row = (label: string, files: typeof first) => [
		label,
		gzipKb(files, '.js').toFixed(1),
		String(files.length)
	];
	console.log(`\nJavaScript of the first screen, KB gzip (the peers’ libraries alone for comparison)`);
	const library = async (entry: string) => gzipSync(await bundle(entry), { level: 9 }).length / 1000;
	printTable(
		['', 'KB', 'files'],
		[
			row('Reppu, what it needs by the manifest', first),
			row('Reppu, what had come when it was usable', filesOf(starts.reppu.at(-1)?.scripts ?? [])),
			row('Reppu with all that it loads afterwards', filesOf(all)),
			['PouchDB', (await library('start/peer-pouchdb.ts')).toFixed(1), ''],
			['RxDB with Dexie storage', (await library('start/peer-rxdb.ts')).toFixed(1), '']
		]
	);
	return {
		offline_usable_ms: Math.round(median(times('reppu'))),
		first_screen_js_kb: round(gzipKb(first, '.js'))
	};
}
