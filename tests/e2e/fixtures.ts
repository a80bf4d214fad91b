import {
	expect,
	test as base,
	type BrowserContext,
	type Frame,
	type FrameLocator,
	type Locator,
	type Page
} from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

/** The build under test, and a second one of the same sources for the update tests. */
const BUILD = process.env.REPPU_BUILD ?? 'build';
export const NEXT_BUILD = process.env.REPPU_NEXT_BUILD ?? '.svelte-kit/next';

/** The real server in its own process with its own database, that a test may stop, kill and start again. */
export class Server {
	readonly #folder = mkdtempSync(join(tmpdir(), 'reppu-e2e-'));
	readonly #demo: boolean;
	#at: string | undefined;
	readonly #settings: Readonly<Record<string, string>>;
	#process: ChildProcess | undefined;
	#port = 0;
	/** What the server printed since it was first started. */
	output = '';

	/**
	 * @param at ISO 8601; the server lives at that time
	 * @param settings beside those that it always has
	 */
	constructor(demo: boolean, at?: string, settings: Readonly<Record<string, string>> = {}) {
		this.#demo = demo;
		this.#at = at;
		this.#settings = settings;
	}

	/** Takes over all that another one has, which is at rest. */
	copy(other: Server): void {
		cpSync(other.#folder, this.#folder, { recursive: true });
	}

	get url(): string {
		return `http://localhost:${this.#port}`;
	}

	get database(): string {
		return join(this.#folder, 'reppu.db');
	}

	/** Starts it, on the same port as before; `build` names another build than the usual one. */
	async start(build = BUILD): Promise<void> {
		const clock = this.#at ? ['--import', './tests/support/at-time.js'] : [];
		const child = spawn('node', [...clock, 'scripts/serve.js'], {
			cwd: join(import.meta.dirname, '..', '..'),
			env: {
				...process.env,
				...(this.#at ? { AT_TIME: this.#at } : {}),
				BUILD_OUT: build,
				DATABASE_URL: this.database,
				DEMO: String(this.#demo),
				HOST: 'localhost',
				LOG_LEVEL: 'warn',
				PORT: String(this.#port),
				...this.#settings
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		});
		this.#process = child;
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		}
		this.#port = await new Promise<number>((resolve, reject) => {
			child.once('message', (message: { listening: number }) => resolve(message.listening));
			child.once('exit', () => reject(new Error(`The server did not start:\n${this.output}`)));
		});
	}

	/** Ends it; `SIGKILL` is a crash. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		const child = this.#process;
		this.#process = undefined;
		if (!child || child.exitCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill(signal);
		await gone;
	}

	/** Goes on living at another time, ISO 8601, as a server that was restarted. */
	async moveTo(at: string): Promise<void> {
		await this.stop();
		this.#at = at;
		await this.start();
	}

	async remove(): Promise<void> {
		await this.stop('SIGKILL');
		this.erase();
	}

	/** Erases what it has; it must stand still. */
	erase(): void {
		rmSync(this.#folder, { recursive: true, force: true });
	}

	/** Asks the server's own database, beside the server. */
	rows<T = Record<string, number | string | null>>(sql: string, ...values: (string | number)[]): T[] {
		const db = new DatabaseSync(this.database, { readOnly: true, timeout: 5000 });
		try {
			return db.prepare(sql).all(...values) as T[];
		} finally {
			db.close();
		}
	}

	/** How often each visit is in the journal as received, in the records and in the facts that reports count. */
	counts(ids: readonly string[]): { journal: number[]; records: number[]; facts: number[] } {
		const each = (sql: string) => ids.map((id) => this.rows<{ n: number }>(sql, id)[0]?.n ?? 0);
		return {
			journal: each("SELECT count(*) n FROM journal WHERE record_id = ? AND outcome = 'applied'"),
			records: each("SELECT count(*) n FROM records WHERE id = ? AND collection = 'visit'"),
			facts: each('SELECT count(*) n FROM visit_facts WHERE visit_id = ?')
		};
	}
}

interface Options {
	/** The server with the demo organisation; false: an empty one with its first administrator's link. */
	demo: boolean;
	/** Time at which server and browser live, ISO 8601; undefined: now. */
	at: string | undefined;
	/** Of the server, beside those that it always has. */
	settings: Readonly<Record<string, string>>;
}

/** A browser that lives at a time, ISO 8601. Its worker's clock cannot be moved, and in real life it is the page's own: it must not measure how far the server's is off. */
export async function liveAt(context: BrowserContext, at: string): Promise<void> {
	await context.clock.install({ time: at });
	await context.addInitScript(() => Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'));
}

/** Servers of the demo that stand still, by the day on which their year was made up: that takes longer than many a test, and its visits are of that day. */
const demos = new Map<string, Promise<Server>>();

function demoOfToday(): Promise<Server> {
	const day = new Date().toDateString();
	const made = demos.get(day) ?? makeDemo();
	demos.set(day, made);
	return made;
}

async function makeDemo(): Promise<Server> {
	const server = new Server(true);
	// Every test of this worker copies it.
	process.once('exit', () => server.erase());
	await server.start();
	await server.stop();
	return server;
}

export const test = base.extend<Options & { server: Server; policyKept: undefined }>({
	// What the policy or Trusted Types forbid, the browser says on its console; nothing of ours may come near it.
	policyKept: [
		async ({ context }, use) => {
			const broken: string[] = [];
			context.on('console', (message) => {
				if (/Content Security Policy|Trusted ?(Types|HTML|Script)/i.test(message.text()))
					broken.push(message.text());
			});
			await use(undefined);
			if (broken.length > 0) throw new Error(`The policy was broken:\n${broken.join('\n')}`);
		},
		{ auto: true }
	],
	demo: [true, { option: true }],
	at: [undefined, { option: true }],
	settings: [{}, { option: true }],
	server: async ({ demo, at, settings, context }, use) => {
		const server = new Server(demo, at, settings);
		if (demo && at === undefined) server.copy(await demoOfToday());
		await server.start();
		if (at) await liveAt(context, at);
		await use(server);
		await server.remove();
	}
});

export { expect } from '@playwright/test';

/** Waits until the service worker is in charge, so that the app can live without its server. */
export async function ready(page: Page): Promise<void> {
	await page.waitForFunction(async () => {
		const registration = await navigator.serviceWorker.ready;
		return registration.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
	});
}

/** Opens a door of the demo once its buttons do something: the page is drawn by the server before. */
export async function openDoor(page: Page, server: Server, name: string): Promise<void> {
	await page.goto(`${server.url}/demo`);
	await page.locator('.doors[aria-busy="false"]').waitFor();
	await page.getByRole('button', { name }).click();
}

/** Goes through the demo's office door, to the figures. */
export async function openOffice(page: Page, server: Server): Promise<void> {
	await openDoor(page, server, 'Avaa toimisto');
	await page.getByTestId('visits').waitFor();
}

/** Opens a page of the office from its menu, which is folded where there is little room. */
export async function toOfficePage(page: Page, name: string): Promise<void> {
	const fold = page.getByRole('button', { name: /^Valikko/ });
	const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
	// A page that is on its way to another one takes its open menu along.
	await expect(async () => {
		await fold.or(link).first().waitFor({ timeout: 5000 });
		if (!(await link.isVisible())) await fold.click({ timeout: 5000 });
		await link.click({ timeout: 2000 });
	}).toPass();
}

/** Chooses the passphrase that the app proposes, as everybody must who is no demo; gives it. */
export async function lockDevice(page: Page): Promise<string> {
	const passphrase = await page.locator('.words').innerText();
	await page.getByRole('button', { name: 'Käytä tätä' }).click();
	await page.getByRole('button', { name: 'Lukitse ja jatka' }).click();
	await page.locator('.words').waitFor({ state: 'detached' });
	return passphrase;
}

/** Goes through the demo's adviser door: a phone with four visits of today, three of them waiting, and no network. */
export async function demoPhone(page: Page, server: Server): Promise<void> {
	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await ready(page);
}

/** The demo's switch on the phone itself. It acts on what the phone really sends. */
export async function switchNetwork(page: Page, on: boolean): Promise<void> {
	const control = page.getByRole('switch', { name: 'Puhelimen verkko' });
	if ((await control.getAttribute('aria-checked')) !== String(on)) await control.click();
}

/** The app in a page of its own or in a frame of the demo. */
export type Screen = Page | Frame | FrameLocator;

/** The button that saves a visit. */
export const save = (page: Page): Locator => page.getByRole('button', { name: 'Tallenna', exact: true });

/** Heading of the day's visits, on Today. */
export const todayHeading = (page: Page): Locator =>
	page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' });

/** The status pill, wherever the app shows it. */
export const pill = (page: Screen): Locator => page.locator('a.pill');

/** The rows of today, newest first. */
export const todayRows = (page: Screen): Locator => page.locator('ul.slip > li');

/** The topic tiles and language chips of the log: the label is what people press. */
export const chip = (page: Screen, name: string): Locator =>
	page.locator('label.chip').filter({ has: page.getByText(name, { exact: true }) });

/** The phone's demo button in the bottom bar. */
export const plus = (page: Screen): Locator => page.getByRole('link', { name: 'Kirjaa', exact: true });

/** Chooses the language of a visit: one of those that this desk's last visits put first, or any other from the list. */
export async function chooseLanguage(page: Screen, name: string): Promise<void> {
	const other = page.getByRole('button', { name: 'Muu kieli' });
	await other.waitFor();
	if ((await chip(page, name).count()) > 0) return chip(page, name).click();
	await other.click();
	const list = page.getByRole('dialog');
	await list.getByRole('searchbox').fill(name);
	await list
		.getByRole('button', { name: new RegExp(name) })
		.first()
		.click();
}

/** Logs a visit with one topic, as quickly as people do. */
export async function logVisit(page: Page, language = 'arabia', topic = 'Asuminen'): Promise<void> {
	await plus(page).click();
	await chooseLanguage(page, language);
	await chip(page, topic).click();
	await page.getByRole('button', { name: 'Tallenna' }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
}

/** Logs a visit with a note; where that leads depends on the lock. */
export async function logWithNote(page: Page, note: string): Promise<void> {
	await plus(page).click();
	await chooseLanguage(page, 'arabia');
	await chip(page, 'Asuminen').click();
	await page.getByText('Lisää tietoja (vapaaehtoinen)').click();
	await page.getByRole('textbox', { name: 'Muistiinpano' }).fill(note);
	// The draft has its moment.
	await page.waitForTimeout(500);
	await page.getByRole('button', { name: 'Tallenna' }).click();
}

/** Rows of a table of the phone's databases, read beside the app. Runs in the page. */
export async function readRows(table: string): Promise<Record<string, unknown>[]> {
	const open = (database: string) =>
		new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(database);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const rows: Record<string, unknown>[] = [];
	for (const { name: database } of await indexedDB.databases()) {
		if (!database?.startsWith('reppu')) continue;
		const db = await open(database);
		if (db.objectStoreNames.contains(table)) {
			rows.push(
				...(await new Promise<Record<string, unknown>[]>((resolve, reject) => {
					const request = db.transaction(table).objectStore(table).getAll();
					request.onsuccess = () => resolve(request.result as Record<string, unknown>[]);
					request.onerror = () => reject(request.error);
				}))
			);
		}
		db.close();
	}
	return rows;
}

export const deviceRows = (page: Page, table: string): Promise<Record<string, unknown>[]> =>
	page.evaluate(readRows, table);

/** Ids of the visits on this phone. */
export const visitIds = async (page: Page): Promise<string[]> =>
	(await deviceRows(page, 'visits')).map((row) => String(row['id']));

/** Ops on this phone that have no receipt, without those that were rejected. */
export const waiting = async (page: Page): Promise<number> => (await deviceRows(page, 'outbox')).length;

/** What the phone's newest op says: the fields as they were saved. */
export async function newestFields(page: Page): Promise<Record<string, unknown>> {
	const rows = await deviceRows(page, 'outbox');
	const newest = rows.sort((a, b) => Number(a['seq']) - Number(b['seq'])).at(-1);
	return (JSON.parse(String(newest?.['body'])) as { fields: Record<string, unknown> }).fields;
}

/** Counts what a hand does: taps, and keys that type something. It survives reloads. */
export async function countHands(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const count = (key: string) =>
			sessionStorage.setItem(key, String(Number(sessionStorage.getItem(key)) + 1));
		addEventListener('pointerdown', (event) => event.isTrusted && count('taps'), { capture: true });
		addEventListener('keydown', (event) => event.isTrusted && event.key.length === 1 && count('keys'), {
			capture: true
		});
	});
}

/** Taps and typed keys since the last call. */
export async function hands(page: Page): Promise<{ taps: number; keys: number }> {
	return page.evaluate(() => {
		const read = {
			taps: Number(sessionStorage.getItem('taps')),
			keys: Number(sessionStorage.getItem('keys'))
		};
		sessionStorage.removeItem('taps');
		sessionStorage.removeItem('keys');
		return read;
	});
}

export type { BrowserContext, Locator, Page };
