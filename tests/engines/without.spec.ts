import process from 'node:process';
import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	switchNetwork,
	test,
	visitIds,
	waiting,
	type BrowserContext
} from '../e2e/fixtures.ts';
import { workerOf } from '../support/worker.ts';
import { chromiumOn } from './chromium.ts';
import { patiently } from './engine.ts';
import { offlineJourney } from './journey.ts';

/** What some browsers do not have; how a page or a worker of Chromium comes to be without it, and what then tells. */
const APIS = {
	'Background Sync': [
		'delete globalThis.SyncManager; delete globalThis.ServiceWorkerRegistration?.prototype.sync;',
		'"SyncManager" in globalThis'
	],
	'Web Locks': ['for (const one of navigators) delete one.prototype.locks;', '"locks" in navigator'],
	BroadcastChannel: ['delete globalThis.BroadcastChannel;', '"BroadcastChannel" in globalThis'],
	'navigator.storage': [
		'for (const one of navigators) delete one.prototype.storage;',
		'"storage" in navigator'
	],
	'crypto.randomUUID': ['delete globalThis.Crypto.prototype.randomUUID;', '"randomUUID" in crypto']
} as const;

type Api = keyof typeof APIS;
const all = Object.keys(APIS) as Api[];

/** Takes these from every page of this context and from its worker. */
async function takeAway(context: BrowserContext, apis: readonly Api[]): Promise<void> {
	const navigators = '[globalThis.Navigator, globalThis.WorkerNavigator].filter(Boolean)';
	const script = `{ const navigators = ${navigators}; ${apis.map((api) => APIS[api][0]).join(' ')} }`;
	await context.addInitScript(script);
	await context.route('**/service-worker.js', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `${script}\n${await response.text()}` });
	});
}

/** Which of them are there, in the page or in the worker. */
async function there(side: { evaluate: (script: string) => Promise<unknown> }): Promise<Api[]> {
	const found = (await side.evaluate(`[${all.map((api) => APIS[api][1]).join(', ')}]`)) as boolean[];
	return all.filter((_, index) => found[index]);
}

/** All of them at once; `EACH=1`: each by itself, too. */
const lacking: readonly (readonly Api[])[] = process.env.EACH ? [all, ...all.map((api) => [api])] : [all];

for (const apis of lacking) {
	test(`without ${apis.join(', ')} a day without a server loses nothing and doubles nothing`, async ({
		page,
		context,
		server
	}) => {
		test.setTimeout(360_000);
		await takeAway(context, apis);
		await offlineJourney(chromiumOn(page), server);
		// The worker may be the built one again by now: the browser fetches its updates past this test. The last test looks at it in time.
		expect(await there(page)).toEqual(all.filter((other) => !apis.includes(other)));
	});
}

test('a worker that has nothing of all that but Background Sync delivers with no page open', async ({
	page,
	context,
	server
}) => {
	await takeAway(
		context,
		all.filter((api) => api !== 'Background Sync')
	);
	await context.grantPermissions(['background-sync'], { origin: server.url });
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const before = new Set(await visitIds(page));
	await context.setOffline(true);
	await logVisit(page);
	const added = (await visitIds(page)).filter((id) => !before.has(id));
	const tags = () =>
		page.evaluate(async () => {
			const { sync } = (await navigator.serviceWorker.ready) as never as {
				sync: { getTags: () => Promise<string[]> };
			};
			return (await sync.getTags()).length;
		});
	await expect.poll(tags, patiently).toBe(1);
	for (const worker of context.serviceWorkers()) expect(await there(worker)).toEqual(['Background Sync']);
	// A page that is closed while it tries leaves its lease behind, and the worker would wait for that to end.
	const holds = async () => (await deviceRows(page, 'meta')).some(({ key }) => key === 'lease');
	await expect.poll(holds, patiently).toBe(false);
	const worker = await workerOf(await context.newPage(), server.url);
	await page.close();
	await context.setOffline(false);
	const once = [1];
	await expect
		.poll(async () => worker.wake().then(() => server.counts(added)), patiently)
		.toEqual({ journal: once, records: once, facts: once });
});
