import type { BrowserContext, Page } from '@playwright/test';
import { bundle } from '../support/bundle.ts';
import type { FixtureVisit } from '../support/fixture.ts';
import { reppuServer, ServerProcess } from '../support/servers.ts';

/** What the page of each way offers. */
interface SyncPage {
	prepare: (round: number, visits: readonly FixtureVisit[]) => Promise<void>;
	send: (batch?: number) => Promise<number>;
	finish: () => Promise<number>;
}

/** Each peer's server, how its own page is served, and the page's script. */
const PEERS = {
	plain: {
		server: () => new ServerProcess('tests/bench/sync/plain-peer.ts'),
		path: '/',
		script: 'sync/plain-page.ts'
	},
	reppu: { server: reppuServer, path: '/api/health', script: 'sync/reppu-page.ts' },
	couch: {
		server: () => new ServerProcess('tests/bench/sync/couch-peer.ts'),
		path: '/',
		script: 'sync/pouch-page.ts'
	},
	strict: {
		server: () => new ServerProcess('tests/bench/sync/couch-peer.ts', { STRICT: 'true' }),
		path: '/',
		script: 'sync/pouch-page.ts'
	},
	naive: {
		server: () => new ServerProcess('tests/bench/sync/rxdb-peer.ts'),
		path: '/',
		script: 'wire/naive-page.ts'
	},
	rxdb: {
		server: () => new ServerProcess('tests/bench/sync/rxdb-peer.ts'),
		path: '/',
		script: 'sync/rxdb-page.ts'
	}
};

export type PeerName = keyof typeof PEERS;

/** What lies between page and server. */
export interface Wire {
	readonly bytes: number;
	/** Resolves to the address at which the server on `port` can be reached over it. */
	to: (port: number) => Promise<string>;
	close: () => void;
}

/** A peer's server, and its page in the browser with a wire between them. */
export class Peer {
	readonly #server: ServerProcess;
	readonly #wire: Wire;
	readonly #page: Page;

	private constructor(server: ServerProcess, wire: Wire, page: Page) {
		this.#server = server;
		this.#wire = wire;
		this.#page = page;
	}

	static async start(name: PeerName, context: BrowserContext, wire: Wire): Promise<Peer> {
		const { server: make, path, script } = PEERS[name];
		const code = await bundle(script);
		const server = make();
		const address = await wire.to(await server.start());
		const page = await context.newPage();
		page.on('pageerror', (error) => console.error(error));
		await page.goto(`${address}${path}`);
		await page.addScriptTag({ content: code });
		if (name === 'strict')
			await page.evaluate(() =>
				(globalThis as unknown as { page: { makeStrict(): void } }).page.makeStrict()
			);
		return new Peer(server, wire, page);
	}

	async prepare(round: number, visits: readonly FixtureVisit[]): Promise<void> {
		await this.#page.bringToFront();
		await this.#page.evaluate(
			([number, all]) => (globalThis as unknown as { page: SyncPage }).page.prepare(number, all),
			[round, visits] as const
		);
	}

	/** Delivers; ms as the page saw them, and the bytes on the wire. */
	async send(batch?: number): Promise<{ time: number; bytes: number }> {
		const before = this.#wire.bytes;
		const time = await this.#page.evaluate(
			(size) => (globalThis as unknown as { page: SyncPage }).page.send(size),
			batch
		);
		return { time, bytes: this.#wire.bytes - before };
	}

	/** Cleans up. Throws where not all of the visits arrived. */
	async finish(count: number): Promise<void> {
		const delivered = await this.#page.evaluate(() =>
			(globalThis as unknown as { page: SyncPage }).page.finish()
		);
		if (delivered !== count) throw new Error(`${delivered} of ${count} visits arrived.`);
	}

	async remove(): Promise<void> {
		this.#wire.close();
		await this.#server.remove();
	}
}
