import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** The real server in its own process with its own database, that a test may stop, kill and start again. */
export class Server {
	readonly #folder = mkdtempSync(join(tmpdir(), 'reppu-e2e-'));
	readonly #demo: boolean;
	readonly #at: string | undefined;
	#process: ChildProcess | undefined;
	#port = 0;
	/** What the server printed since it was first started. */
	output = '';

	/** @param at ISO 8601; the server lives at that time */
	constructor(demo: boolean, at?: string) {
		this.#demo = demo;
		this.#at = at;
	}

	get url(): string {
		return `http://localhost:${this.#port}`;
	}

	get database(): string {
		return join(this.#folder, 'reppu.db');
	}

	/** Starts it, on the same port as before; `build` names another build than the usual one. */
	async start(build = 'build'): Promise<void> {
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
				PORT: String(this.#port)
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

	async remove(): Promise<void> {
		await this.stop('SIGKILL');
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

interface Options {
	/** The server with the demo organisation; false: an empty one with its first administrator's link. */
	demo: boolean;
	/** Time at which server and browser live, ISO 8601; undefined: now. */
	at: string | undefined;
}

export const test = base.extend<Options & { server: Server }>({
	demo: [true, { option: true }],
	at: [undefined, { option: true }],
	server: async ({ demo, at, context }, use) => {
		const server = new Server(demo, at);
		await server.start();
		if (at) await context.clock.install({ time: at });
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

/** Rows of a table of the phone's databases, read beside the app. */
export async function deviceRows(page: Page, table: string): Promise<Record<string, unknown>[]> {
	return page.evaluate(async (name) => {
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
			if (db.objectStoreNames.contains(name)) {
				rows.push(
					...(await new Promise<Record<string, unknown>[]>((resolve, reject) => {
						const request = db.transaction(name).objectStore(name).getAll();
						request.onsuccess = () => resolve(request.result as Record<string, unknown>[]);
						request.onerror = () => reject(request.error);
					}))
				);
			}
			db.close();
		}
		return rows;
	}, table);
}

/** Enrols a phone through the app's own first screen with a one-time code. */
export async function enrolWithCode(page: Page, server: Server, code: string): Promise<void> {
	await page.goto(`${server.url}/start#${code}`);
	await page.getByRole('button', { name: /Jatka|Ota käyttöön/ }).click();
}

export type { BrowserContext, Page };
