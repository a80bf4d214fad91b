import process from 'node:process';
import { seeded } from '#lib/server/demo/random.ts';
import { NETWORK_SWITCH } from '#lib/sync/carrier.ts';
import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	pill,
	switchNetwork,
	test,
	waiting,
	type Page,
	type Server
} from '../e2e/fixtures.ts';
import { BuiltServer } from '../support/built-server.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { findVisits, WHOLE } from '../support/once.ts';
import { startServer, stopServers } from '../support/server.ts';
import { workerOf } from '../support/worker.ts';

/** `STOPS=300 SEED=7 playwright test …` for more, or for the same again. */
const ROUNDS = Number(process.env.STOPS ?? 10);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Bytes by which one request or answer of this test may be shorter than another. */
const SPARE = 20;

const server = new BuiltServer();
const proxy = new FaultProxy(() => server.port);

test.beforeAll(async () => {
	await Promise.all([server.start(), proxy.start()]);
});
test.afterAll(async () => {
	proxy.stop();
	await stopServers();
	await server.remove();
});

/** Puts a row into one of the phone's tables beside the app: the page does not hear of it. */
async function put(page: Page, database: string, table: string, row: object): Promise<void> {
	await page.evaluate(
		([name, store, value]) =>
			new Promise<void>((resolve, reject) => {
				const opened = indexedDB.open(name);
				opened.onerror = () => reject(opened.error);
				opened.onsuccess = () => {
					const db = opened.result;
					const writing = db.transaction(store, 'readwrite');
					writing.objectStore(store).put(value);
					writing.oncomplete = () => resolve(db.close());
					writing.onerror = () => reject(writing.error);
				};
			}),
		[database, table, row] as const
	);
}

/** The demo's network switch. */
const quietly = (page: Page, value: 'on' | 'off') =>
	put(page, 'reppu-public', 'settings', { key: NETWORK_SWITCH, value });

/** Waits until the page has tried in vain, and has it try no more by itself: from now on only the worker delivers. */
async function silence(page: Page): Promise<void> {
	const meta = async (key: string) =>
		(await deviceRows(page, 'meta')).find((row) => row['key'] === key)?.['value'] as
			Record<string, unknown> | undefined;
	await expect
		.poll(async () => [(await meta('contact'))?.['result'], await meta('lease')], { timeout: 30_000 })
		.toEqual(['offline', undefined]);
	const [membership] = await deviceRows(page, 'memberships');
	const contact = { ...(await meta('contact')), nextTry: Date.now() + 3_600_000 };
	await put(page, String(membership?.['database']), 'meta', { key: 'contact', value: contact });
}

test(`the service worker is stopped ${ROUNDS} times in the middle of a delivery: nothing is lost, nothing doubled`, async ({
	page
}) => {
	test.setTimeout(60_000 + ROUNDS * 8000);
	const random = seeded(SEED);
	// Asked for by the page, the browser would wake the worker when it pleases; here only this test does.
	await page.addInitScript(() => {
		const { SyncManager } = globalThis as unknown as { SyncManager: { prototype: { register: unknown } } };
		SyncManager.prototype.register = async () => undefined;
	});
	await demoPhone(page, { url: proxy.url } as Server);
	await switchNetwork(page, true);
	// The demo has one visit that the server refused; it stays, and everything else is delivered.
	await expect(pill(page)).toHaveText(/^\s*1 vaatii huomiota\s*$/);
	const worker = await workerOf(page, proxy.url);
	const { store } = await startServer(server.database);
	const same = page.getByRole('button', { name: 'Sama kuin äsken' });
	const saved = new Set<string>();
	/** A slow machine takes its time. */
	const patiently = { timeout: 60_000 };
	const save = async () => {
		await quietly(page, 'off');
		// Where midnight has passed there is no visit of today to repeat.
		if (await same.isVisible()) await same.click();
		else await logVisit(page);
		await expect.poll(() => waiting(page), patiently).toBe(1);
		const [row] = await deviceRows(page, 'outbox');
		const id = String(row?.['recordId']);
		saved.add(id);
		await silence(page);
		await quietly(page, 'on');
		return id;
	};
	await save();
	proxy.count();
	await worker.wake();
	await expect.poll(() => waiting(page), patiently).toBe(0);
	const length = { ...proxy.passed };

	let committed = 0;
	for (let round = 0; round < ROUNDS; round += 1) {
		const id = await save();
		// In the air: the line goes silent after some byte of the request or of the answer, and there the worker ends.
		const way = random() < 0.5 ? 'up' : 'down';
		const after = Math.floor(random() * (length[way] - SPARE));
		const silent = proxy.arm({ kind: 'half-open', way, after });
		await worker.wake();
		await silent;
		await worker.stop();
		proxy.breakAll();
		expect(await waiting(page)).toBe(1);
		if ((await findVisits(store, [id])).lost.length === 0) committed += 1;
		// A delivery may fail once more, on what is left of the broken line: then the browser wakes the worker again.
		await expect.poll(async () => worker.wake().then(() => waiting(page)), patiently).toBe(0);
	}
	console.log(
		`service worker stopped ${ROUNDS} times, seed ${SEED}: ${committed} times after the server had committed; ${saved.size} visits`
	);
	expect(worker.states.filter((state) => state === 'stopped').length).toBeGreaterThanOrEqual(ROUNDS);
	expect(saved.size).toBe(ROUNDS + 1);
	expect(await findVisits(store, [...saved])).toEqual(WHOLE);
	expect((await deviceRows(page, 'rejected')).length).toBe(1);
});
