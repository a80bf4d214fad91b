/**
 * Keeps what a release leaves on a phone and what it says to the server, for every later version to open and to take
 * (src/lib/sync/released.svelte.test.ts, tests/integration/released.test.ts):
 *
 *     npm run build && node tests/support/make-release-fixtures.ts
 *
 * Run it once for each release, and never again for it: a fixture is what phones out there hold. The demo's phone in the built app and
 * a real server write everything; the people in it are invented.
 */
import { chromium, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { launchOptions } from '../../scripts/chromium.js';
import {
	chip,
	chooseLanguage,
	demoPhone,
	deviceRows,
	logVisit,
	plus,
	switchNetwork,
	todayRows,
	type Server
} from '../e2e/fixtures.ts';
import { BuiltServer } from './built-server.ts';
import { recordRequests, type Recorded } from './recording-proxy.ts';

/** Of rows that are all alike and come from the server, so many are enough. */
const ENOUGH = 12;

interface Store {
	name: string;
	keyPath: string | string[] | null;
	autoIncrement: boolean;
	/** The key that the next row without one gets. */
	next?: number;
	indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
	rows: Record<string, unknown>[];
}

interface Dumped {
	name: string;
	version: number;
	stores: Store[];
}

/** Both databases with everything in them. Bytes go as base64; a key that the browser does not give away, as what it was. */
function dump(page: Page): Promise<Dumped[]> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const plain = (value: unknown): unknown => {
			if (value instanceof Uint8Array) return { $bytes: btoa(String.fromCharCode(...value)) };
			if (value instanceof CryptoKey)
				return { $key: { type: value.type, algorithm: value.algorithm, extractable: value.extractable } };
			if (Array.isArray(value)) return value.map(plain);
			if (typeof value !== 'object' || value === null) return value;
			return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
		};
		const databases: Dumped[] = [];
		for (const { name = '' } of await indexedDB.databases()) {
			if (!name.startsWith('reppu')) continue;
			const db = await done(indexedDB.open(name));
			const stores: Store[] = [];
			for (const storeName of db.objectStoreNames) {
				const transaction = db.transaction(storeName, 'readwrite');
				const store = transaction.objectStore(storeName);
				const indexes = [...store.indexNames].map((index) => {
					const { keyPath, unique, multiEntry } = store.index(index);
					return { name: index, keyPath, unique, multiEntry };
				});
				const rows = (await done(store.getAll())) as object[];
				let next: number | undefined;
				if (store.autoIncrement) {
					// Undone at once, and with it the count.
					next = Number(await done(store.add({ recordId: '', records: [] })));
					transaction.abort();
				}
				stores.push({
					name: storeName,
					keyPath: store.keyPath,
					autoIncrement: store.autoIncrement,
					...(next === undefined ? {} : { next }),
					indexes,
					rows: rows.map((row) => plain(row) as Record<string, unknown>)
				});
			}
			databases.push({ name, version: db.version, stores });
			db.close();
		}
		return databases;
	});
}

type Head = { clock: string; value: unknown };

/** What the app of this release shows of a record, worked out here from the bare rows, so that later code cannot agree with itself. */
function shown(body: unknown): Record<string, unknown> {
	const { heads } = JSON.parse(String(body)) as { heads: Record<string, Head[]> };
	const newest = (all: Head[]) => all.reduce((best, head) => (head.clock > best.clock ? head : best)).value;
	return Object.fromEntries(Object.entries(heads).map(([field, all]) => [field, newest(all)]));
}

/** What a later version must find, and what its outbox must deliver. */
function expected(databases: readonly Dumped[]) {
	const rows = (name: string) =>
		databases.flatMap(({ stores }) => stores.filter((store) => store.name === name)).flatMap((s) => s.rows);
	const meta = (key: string) => rows('meta').find((row) => row['key'] === key)?.['value'];
	const offset = Number(meta('seqOffset'));
	return {
		visits: Object.fromEntries(rows('visits').map(({ id, body }) => [String(id), shown(body)])),
		waiting: rows('outbox').map(({ opId, recordId, seq, body }) => ({
			opId,
			recordId,
			replica: meta('replica'),
			seq: Number(seq) - offset,
			...(JSON.parse(String(body)) as object)
		})),
		rejected: rows('rejected').map(({ opId, recordId, reason }) => ({
			opId,
			recordId,
			code: (reason as { code: string }).code
		})),
		sent: rows('sent').flatMap(({ opIds }) => opIds as string[]),
		drafts: Object.fromEntries(rows('drafts').map(({ id, body }) => [id, JSON.parse(String(body))])),
		desks: rows('records').filter((row) => row['collection'] === 'desk').length,
		services: rows('services').length
	};
}

/** Everything of the wire that decides about a request. */
const HEADERS = [
	'content-type',
	'content-encoding',
	'reppu-device',
	'reppu-membership',
	'reppu-signature',
	'cookie'
];

/** Each request with its bytes and what the server of this release answered about its ops. */
function said({ at, headers, body, status, answer }: Recorded) {
	const text = answer[0] === 0x1f ? gunzipSync(answer) : answer;
	const { receipts = [] } = JSON.parse(text.toString()) as {
		receipts?: { opId: string; outcome: string; code?: string; field?: string }[];
	};
	return {
		at,
		headers: Object.fromEntries(HEADERS.flatMap((name) => (headers[name] ? [[name, headers[name]]] : []))),
		body: body.toString('base64'),
		status,
		receipts: receipts.map(({ opId, outcome, code, field }) => ({ opId, outcome, code, field }))
	};
}

/** What the server must know before it hears them, and what it counts afterwards. */
function serverSide(device: string) {
	const tables = {
		organisations: server.rows('SELECT * FROM organisations'),
		counters: server.rows('SELECT * FROM counters'),
		memberships: server.rows('SELECT * FROM memberships'),
		devices: server.rows('SELECT * FROM devices WHERE id = ?', device),
		sessions: server.rows('SELECT * FROM sessions WHERE device_id = ?', device),
		records: server.rows("SELECT * FROM records WHERE collection = 'desk'"),
		server_facts: server.rows("SELECT * FROM server_facts WHERE key IN ('epoch', 'first-start')")
	};
	const [level] = server.rows<{ name: string }>('SELECT name FROM migrations ORDER BY name DESC');
	const facts = server.rows(
		`SELECT f.* FROM visit_facts f WHERE EXISTS (SELECT 1 FROM journal j WHERE j.organisation_id = f.organisation_id
		AND j.record_id = f.visit_id AND j.device_id = ?) ORDER BY visit_id`,
		device
	);
	return { level: level?.name, tables, facts };
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const server = new BuiltServer();
await server.start();
const proxy = await recordRequests(server.port, '/api/v1/sync');
const url = `http://localhost:${proxy.port}`;
const browser = await chromium.launch(launchOptions);
try {
	const context = await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' });
	const page = await context.newPage();
	const delivered = async () => {
		await switchNetwork(page, true);
		while ((await deviceRows(page, 'outbox')).length > 0) await page.waitForTimeout(100);
		await switchNetwork(page, false);
	};
	await demoPhone(page, { url } as Server);
	await delivered();
	// A change and a removal, which say what they saw; a note; and enough visits at once that they go by column.
	const open = (row: number) => todayRows(page).nth(row).getByRole('link').click();
	await open(0);
	await page.getByRole('button', { name: /^Muuta.*Asia$/ }).click();
	await page.getByRole('dialog').locator('label.chip').filter({ hasText: 'Koulutus' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
	await page.getByText('Koulutus').first().waitFor();
	await page.goto(url);
	await open(1);
	await page.getByRole('button', { name: 'Poista' }).click();
	await page.getByRole('button', { name: 'Palauta' }).first().waitFor();
	await page.goto(url);
	for (let visit = 0; visit < 12; visit += 1) await logVisit(page, visit % 2 ? 'somali' : 'arabia');
	await delivered();
	const [membership] = await deviceRows(page, 'memberships');
	const requests = proxy.recorded.filter(({ status }) => status === 200).map(said);
	const wire = { app: version, ...serverSide(String(membership?.['device'])), requests };
	mkdirSync('tests/fixtures', { recursive: true });
	writeFileSync(`tests/fixtures/requests-${version}.json`, `${JSON.stringify(wire, undefined, '\t')}\n`);

	// What waits: two new visits, and a change of one that was delivered.
	await logVisit(page);
	await logVisit(page, 'somali', 'Koulutus');
	await open(4);
	await page.getByRole('button', { name: /^Muuta.*Asia$/ }).click();
	await page.getByRole('dialog').locator('label.chip').filter({ hasText: 'Koulutus' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
	await page.getByText('Koulutus').first().waitFor();
	await page.goto(url);
	// And a form that nobody has saved.
	await plus(page).click();
	await chooseLanguage(page, 'arabia');
	await chip(page, 'Asuminen').click();
	while ((await deviceRows(page, 'drafts')).length === 0) await page.waitForTimeout(100);
	const databases = await dump(page);
	const touched = new Set(
		['outbox', 'rejected']
			.flatMap((name) => databases.flatMap(({ stores }) => stores.filter((store) => store.name === name)))
			.flatMap(({ rows }) => rows.map((row) => row['recordId']))
	);
	for (const { stores } of databases)
		for (const store of stores) {
			if (store.name === 'services') store.rows = store.rows.slice(0, ENOUGH);
			if (store.name === 'records') {
				const kinds = Object.values(Object.groupBy(store.rows, ({ collection }) => String(collection)));
				store.rows = kinds.flatMap((rows) => (rows ?? []).slice(0, ENOUGH));
			}
			if (store.name === 'visits') {
				const own = store.rows.filter(({ id }) => touched.has(id));
				const rest = store.rows.filter(({ id }) => !touched.has(id)).slice(-ENOUGH);
				store.rows = [...own, ...rest];
			}
		}
	const fixture = { app: version, databases, expected: expected(databases) };
	// A table a line: a look at it tells what a release held.
	const text = JSON.stringify(fixture, undefined, '\t').replace(/\n\t{5,}/g, ' ');
	writeFileSync(`src/lib/device/fixtures/${version}.json`, `${text}\n`);
} finally {
	await browser.close();
	proxy.stop();
	await server.remove();
}
