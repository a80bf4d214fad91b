import { setTimeout as sleep } from 'node:timers/promises';
import { devices, type BrowserContext, type Page, type Request } from '@playwright/test';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { printTable } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { reppuServer } from '../support/servers.ts';
import { fire } from '../server/load.ts';
import { enrolPhone, request } from '../server/phones.ts';

const SLOWDOWN = 4;
/** Visits that another phone of the same person has delivered meanwhile. */
const CHANGES = 5000;
const BATCH = 500;
/** How long an open app is watched, ms. */
const WATCH = 130_000;
const PHONE = { ...devices['Pixel 5'], locale: 'fi-FI', timezoneId: 'Europe/Helsinki' };

type BenchPage = typeof import('./page.ts');

/** What an open app costs while nothing happens, and how long it stands still while much comes. */
export async function bench(): Promise<Record<string, number>> {
	const server = reppuServer();
	const [open, pulling, app] = [new Profile(), new Profile(), new Profile()];
	try {
		const port = await server.start();
		const url = `http://localhost:${port}/`;
		const idle = await watchIdle(await enrolled(await open.open(PHONE), url), url);
		await open.close();
		const inUse = await enrolled(await app.open(PHONE), url);
		await inUse.evaluate(() => (globalThis as unknown as { page: BenchPage }).page.pull());
		await fill(port);
		const bare = await pullBare(await enrolled(await pulling.open(PHONE), url));
		await pulling.close();
		return report(idle, bare, await pullInApp(inUse, url));
	} finally {
		for (const profile of [open, pulling, app]) await profile.remove();
		await server.remove();
	}
}

/** A page of the app's origin on a phone that is enrolled and has read nothing. */
async function enrolled(context: BrowserContext, url: string): Promise<Page> {
	const page = context.pages()[0] ?? (await context.newPage());
	page.on('pageerror', (error) => console.error(error));
	await page.goto(`${url}api/health`);
	await page.addScriptTag({ content: await bundle('idle/page.ts') });
	await page.evaluate(() => (globalThis as unknown as { page: BenchPage }).page.enrolPhone());
	return page;
}

/** Visits of another phone of the same person. */
async function fill(port: number): Promise<void> {
	const phone = await enrolPhone(port);
	const visits = fixtureVisits(CHANGES, 1);
	for (let first = 0; first < CHANGES; first += BATCH) {
		const { hits } = await fire(port, [await request(phone, visits.slice(first, first + BATCH))], 1);
		if (hits[0]?.status !== 200) throw new Error('Not filled.');
	}
}

interface Round {
	at: number;
	/** Bytes of both bodies. */
	bytes: number;
}

/** Every exchange of an app that is open and left alone, from a while after its start. */
async function watchIdle(page: Page, url: string): Promise<Round[]> {
	const rounds: Round[] = [];
	page.on('requestfinished', (asked: Request) => {
		if (!asked.url().endsWith('/api/v1/sync')) return;
		const at = performance.now();
		void asked
			.sizes()
			.then((sizes) => rounds.push({ at, bytes: sizes.requestBodySize + sizes.responseBodySize }));
	});
	await page.goto(url);
	// What it does at its start is not idle.
	await sleep(10_000);
	rounds.length = 0;
	await sleep(WATCH);
	return rounds;
}

interface Pull {
	/** The longest that the main thread was taken, ms. */
	longest: number;
	/** How often it was taken for more than 50 ms, and how long together. */
	blocks: number;
	together: number;
	visits: number;
}

/** Notes how long the main thread is taken at a time: the browser's own long tasks, from 50 ms on. */
async function watchBlocks(page: Page): Promise<void> {
	await page.evaluate(() => {
		const tasks: number[] = [];
		(globalThis as { tasks?: number[] }).tasks = tasks;
		new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) tasks.push(duration);
		}).observe({ type: 'longtask' });
	});
}

async function blocksOf(page: Page): Promise<Omit<Pull, 'visits'>> {
	const tasks = await page.evaluate(() => (globalThis as { tasks?: number[] }).tasks ?? []);
	return {
		longest: Math.max(0, ...tasks),
		blocks: tasks.length,
		together: tasks.reduce((all, task) => all + task, 0)
	};
}

async function slowDown(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
	await quiet();
}

/** Without the app around it: what taking in costs by itself. */
async function pullBare(page: Page): Promise<Pull> {
	await slowDown(page);
	await watchBlocks(page);
	const { visits } = await page.evaluate(() => (globalThis as unknown as { page: BenchPage }).page.pull());
	return { ...(await blocksOf(page)), visits };
}

/** In the app of a phone in use, which shows Today meanwhile. */
async function pullInApp(page: Page, url: string): Promise<Pull> {
	let answered = 0;
	page.on('requestfinished', (asked) => {
		if (asked.url().endsWith('/api/v1/sync')) answered = performance.now();
	});
	// Held up until the app stands: its start is another bench.
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/api/v1/sync', async (route) => {
		await released;
		await route.continue();
	});
	await page.goto(url);
	await sleep(5000);
	await slowDown(page);
	await watchBlocks(page);
	release();
	while (answered === 0 || performance.now() - answered < 8000) await sleep(200);
	const blocks = await blocksOf(page);
	await page.goto(`${url}api/health`);
	await page.addScriptTag({ content: await bundle('idle/page.ts') });
	const visits = await page.evaluate(() => (globalThis as unknown as { page: BenchPage }).page.count());
	return { ...blocks, visits };
}

function report(idle: readonly Round[], bare: Pull, inApp: Pull): Record<string, number> {
	const gaps = idle.slice(1).map(({ at }, index) => (at - idle[index]!.at) / 1000);
	console.log(`An open app that is left alone, ${WATCH / 1000} s: ${idle.length} exchanges`);
	printTable(
		['', 'bytes of both bodies', 's since the last'],
		idle.map(({ bytes }, index) => [
			`exchange ${index + 1}`,
			String(bytes),
			index === 0 ? '' : gaps[index - 1]!.toFixed(1)
		])
	);
	console.log(
		`\n${CHANGES} changes come, processor ${SLOWDOWN} times slower: the main thread is taken, ms at a time`
	);
	printTable(
		['', 'longest', 'above 50', 'together', 'visits here'],
		(
			[
				['reading alone, on a new phone', bare],
				['in the app in use, on Today', inApp]
			] as const
		).map(([label, { longest, blocks, together, visits }]) => [
			label,
			longest === 0 ? 'below 50' : longest.toFixed(0),
			String(blocks),
			together.toFixed(0),
			String(visits)
		])
	);
	if (Math.min(bare.visits, inApp.visits) < CHANGES) throw new Error('Not all of the changes came.');
	return {
		idle_body_bytes: Math.max(...idle.map(({ bytes }) => bytes)),
		idle_interval_s: Number(Math.min(...gaps).toFixed(1)),
		pull_longest_block_ms: Math.round(bare.longest),
		pull_longest_block_in_app_ms: Math.round(inApp.longest)
	};
}
