import type { BrowserContext, Page } from '@playwright/test';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { fixtureVisits, type FixtureVisit } from '../support/fixture.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { CountedWire, reppuServer, ServerProcess } from '../support/servers.ts';

/** How many visits wait, and how often each way has its turn; what takes minutes has fewer. */
const RUNS = [
	{ visits: 1000, rounds: 5 },
	{ visits: 10_000, rounds: 2 }
] as const;

/** What the page of each way offers. */
interface SyncPage {
	prepare: (round: number, visits: readonly FixtureVisit[]) => Promise<void>;
	send: (batch?: number) => Promise<number>;
	finish: () => Promise<number>;
}

interface Way {
	label: string;
	peer: 'plain' | 'reppu' | 'couch' | 'strict' | 'rxdb';
	batch?: number;
}

const WAYS: readonly Way[] = [
	{ label: 'the limit: one POST of gzipped lines to a bare server', peer: 'plain' },
	{ label: 'Reppu: flush', peer: 'reppu' },
	{ label: 'PouchDB replicate, batches of 100 (default)', peer: 'couch' },
	{ label: 'PouchDB replicate, one batch of 1000', peer: 'couch', batch: 1000 },
	{ label: 'the same, as durable as Reppu on both sides', peer: 'strict', batch: 1000 },
	{ label: 'RxDB replication, batches of 100 (default)', peer: 'rxdb' },
	{ label: 'RxDB replication, batches of 1000', peer: 'rxdb', batch: 1000 }
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
	},
	rxdb: {
		server: () => new ServerProcess('tests/bench/sync/rxdb-peer.ts'),
		path: '/',
		script: 'sync/rxdb-page.ts'
	}
};

interface Result {
	times: number[];
	bytes: number[];
}
type Results = ReadonlyMap<Way, Result>;

/** A backlog of visits from a phone's database to its server on this machine, receipts and all. */
export async function bench(): Promise<Record<string, number>> {
	const profile = new Profile();
	const peers = new Map<Way['peer'], Peer>();
	try {
		const context = await profile.open();
		for (const name of Object.keys(PEERS) as Way['peer'][]) peers.set(name, await Peer.start(name, context));
		// The first round warms servers and pages up and does not count.
		await measure(peers, 1, RUNS[0].visits);
		const small = await measure(peers, RUNS[0].rounds, RUNS[0].visits);
		const large = await measure(peers, RUNS[1].rounds, RUNS[1].visits);
		return {
			...report(small, RUNS[0].visits, RUNS[0].rounds),
			...report(large, RUNS[1].visits, RUNS[1].rounds)
		};
	} finally {
		await profile.remove();
		for (const peer of peers.values()) await peer.remove();
	}
}

let turns = 0;

async function measure(
	peers: ReadonlyMap<Way['peer'], Peer>,
	rounds: number,
	count: number
): Promise<Results> {
	const results = new Map<Way, Result>(WAYS.map((way) => [way, { times: [], bytes: [] }]));
	for (let number = 0; number < rounds; number += 1) {
		for (let place = 0; place < WAYS.length; place += 1) {
			const way = WAYS[(place + number) % WAYS.length]!;
			const visits = fixtureVisits(count, count + number);
			const { time, bytes } = await peers.get(way.peer)!.run((turns += 1), visits, way.batch);
			results.get(way)!.times.push(time);
			results.get(way)!.bytes.push(bytes);
		}
	}
	return results;
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

function report(results: Results, count: number, rounds: number): Record<string, number> {
	const of = (peer: Way['peer']) =>
		Math.min(...[...results].filter(([way]) => way.peer === peer).map(([, { times }]) => median(times)));
	const [reppu, pouch, rxdb] = [of('reppu'), of('couch'), of('rxdb')];
	const bytes = median([...results].find(([way]) => way.peer === 'reppu')![1].bytes) / count;
	console.log(
		`\n${count} visits of 1153 bytes to the server on this machine; ${rounds} rounds, bytes of both directions with headers`
	);
	printTable(
		['', 'ms', 'min–max', 'visits/s', 'bytes/visit', 'to PouchDB’s best'],
		[...results].map(([{ label }, { times, bytes: sent }]) => [
			label,
			median(times).toFixed(0),
			`${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`,
			((1000 * count) / median(times)).toFixed(0),
			(median(sent) / count).toFixed(0),
			(median(times) / pouch).toFixed(2)
		])
	);
	const rate = Math.round((1000 * count) / reppu);
	if (count === RUNS[0].visits)
		return {
			time_ratio_pouchdb_best: round(reppu / pouch),
			bytes_per_visit: round(bytes),
			visits_per_s: rate
		};
	return {
		time_ratio_rxdb: round(reppu / rxdb),
		time_ratio_pouchdb_best_10000: round(reppu / pouch),
		visits_per_s_10000: rate
	};
}
