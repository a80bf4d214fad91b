import { Profile } from '../support/browser.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { CountedWire } from '../support/servers.ts';
import { Peer, type PeerName } from './peer.ts';

/** How many visits wait, and how often each way has its turn; what takes minutes has fewer. */
const RUNS = [
	{ visits: 1000, rounds: 5 },
	{ visits: 10_000, rounds: 2 }
] as const;

interface Way {
	label: string;
	peer: PeerName;
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

interface Result {
	times: number[];
	bytes: number[];
}
type Results = ReadonlyMap<Way, Result>;

/** A backlog of visits from a phone's database to its server on this machine, receipts and all. */
export async function bench(): Promise<Record<string, number>> {
	const profile = new Profile();
	const peers = new Map<PeerName, Peer>();
	try {
		const context = await profile.open();
		for (const name of new Set(WAYS.map(({ peer }) => peer)))
			peers.set(name, await Peer.start(name, context, new CountedWire()));
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

async function measure(peers: ReadonlyMap<PeerName, Peer>, rounds: number, count: number): Promise<Results> {
	const results = new Map<Way, Result>(WAYS.map((way) => [way, { times: [], bytes: [] }]));
	for (let number = 0; number < rounds; number += 1) {
		for (let place = 0; place < WAYS.length; place += 1) {
			const way = WAYS[(place + number) % WAYS.length]!;
			const visits = fixtureVisits(count, count + number);
			const peer = peers.get(way.peer)!;
			await peer.prepare((turns += 1), visits);
			await quiet();
			const { time, bytes } = await peer.send(way.batch);
			await peer.finish(count);
			results.get(way)!.times.push(time);
			results.get(way)!.bytes.push(bytes);
		}
	}
	return results;
}

function report(results: Results, count: number, rounds: number): Record<string, number> {
	const of = (peer: PeerName) =>
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
