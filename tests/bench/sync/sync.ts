import type { BrowserContext, Page } from '@playwright/test';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { fixtureVisits, type FixtureVisit } from '../support/fixture.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { CountedWire, reppuServer, ServerProcess } from '../support/servers.ts';

const ROUNDS = 5;
const VISITS = 1000;

/** What the page of each way offers. */
interface SyncPage {
	prepare: (round: number, visits: readonly FixtureVisit[]) => Promise<void>;
	send: (batch?: number) => Promise<number>;
	finish: () => Promise<number>;
}

interface Way {
	label: string;
	peer: 'plain' | 'reppu' | 'couch' | 'strict';
	batch?: number;
}

const WAYS: readonly Way[] = [
	{ label: 'the limit: one POST of gzipped lines to a bare server', peer: 'plain' },
	{ label: 'Reppu: flush', peer: 'reppu' },
	{ label: 'PouchDB replicate, batches of 100 (default)', peer: 'couch' },
	{ label: 'PouchDB replicate, one batch of 1000', peer: 'couch', batch: 1000 },
	{ label: 'the same, as durable as Reppu on both sides', peer: 'strict', batch: 1000 }
];

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
	}
};

/** A backlog of visits from a phone's database to its server on this machine, receipts and all. */
export async function bench(): Promise<Record<string, number>> {
	const profile = new Profile();
	const peers = new Map<Way['peer'], Peer>();
	const results = new Map(WAYS.map((way) => [way, { times: [] as number[], bytes: [] as number[] }]));
	try {
		const context = await profile.open();
		for (const name of Object.keys(PEERS) as Way['peer'][]) peers.set(name, await Peer.start(name, context));
		// The first round warms servers and pages up and does not count.
		for (let number = 0; number <= ROUNDS; number += 1) {
			for (let place = 0; place < WAYS.length; place += 1) {
				const way = WAYS[(place + number) % WAYS.length]!;
				const visits = fixtureVisits(VISITS, number);
				const result = await peers.get(way.peer)!.run(number * WAYS.length + place, visits, way.batch);
				if (number === 0) continue;
				results.get(way)!.times.push(result.time);
				results.get(way)!.bytes.push(result.bytes);
			}
		}
	} finally {
		await profile.remove();
		for (const peer of peers.values()) await peer.remove();
	}
	return report(results);
}

class Peer {
	readonly #server: ServerProcess;
	readonly #wire: CountedWire;
	readonly #page: Page;

	private constructor(server: ServerProcess, wire: CountedWire, page: Page) {
		this.#server = server;
		this.#wire = wire;
		this.#page = page;
	}

	static async start(name: Way['peer'], context: BrowserContext): Promise<Peer> {
		const { server: make, path, script } = PEERS[name];
		const code = await bundle(script);
		const server = make();
		const wire = new CountedWire();
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

	async run(round: number, visits: FixtureVisit[], batch?: number): Promise<{ time: number; bytes: number }> {
		await this.#page.bringToFront();
		await this.#page.evaluate(
			([number, all]) => (globalThis as unknown as { page: SyncPage }).page.prepare(number, all),
			[round, visits] as const
		);
		await quiet();
		const before = this.#wire.bytes;
		const time = await this.#page.evaluate(
			(size) => (globalThis as unknown as { page: SyncPage }).page.send(size),
			batch
		);
		const bytes = this.#wire.bytes - before;
		const delivered = await this.#page.evaluate(() =>
			(globalThis as unknown as { page: SyncPage }).page.finish()
		);
		if (delivered !== visits.length) throw new Error(`${delivered} of ${visits.length} visits arrived.`);
		return { time, bytes };
	}

	async remove(): Promise<void> {
		this.#wire.close();
		await this.#server.remove();
	}
}

function report(results: ReadonlyMap<Way, { times: number[]; bytes: number[] }>): Record<string, number> {
	const of = (peer: Way['peer']) =>
		[...results].filter(([way]) => way.peer === peer).map(([, { times }]) => median(times));
	const [reppu] = of('reppu');
	const best = Math.min(...of('couch'));
	const bytes = median([...results].find(([way]) => way.peer === 'reppu')![1].bytes) / VISITS;
	console.log(
		`${VISITS} visits of 1153 bytes to the server on this machine; ${ROUNDS} rounds, bytes of both directions with headers`
	);
	printTable(
		['', 'ms', 'min–max', 'visits/s', 'bytes/visit', 'to PouchDB’s best'],
		[...results].map(([{ label }, { times, bytes: sent }]) => [
			label,
			median(times).toFixed(0),
			`${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`,
			((1000 * VISITS) / median(times)).toFixed(0),
			(median(sent) / VISITS).toFixed(0),
			(median(times) / best).toFixed(2)
		])
	);
	return {
		time_ratio_pouchdb_best: round(reppu! / best),
		bytes_per_visit: round(bytes),
		visits_per_s: Math.round((1000 * VISITS) / reppu!)
	};
}
