import type { BrowserContext } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Profile } from '../support/browser.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { printTable, round } from '../support/numbers.ts';
import { SlowLine, TWO_G } from '../support/slow-line.ts';
import { Peer, type PeerName } from '../sync/peer.ts';

const VISITS = 500;
/** Of the naive way so many are sent and the rest is computed: all of them would take as long again as everything else. */
const NAIVE = 40;
/** When the line is cut in a run of its own, s after the first byte, and for how long. */
const CUTS = [4, 9, 14, 19];
const OUTAGE = 3000;

interface Way {
	label: string;
	peer: PeerName;
	batch?: number;
	visits?: number;
	/** When the line is cut, s. */
	cut?: number;
}

const WAYS: readonly Way[] = [
	{ label: 'one request for each visit', peer: 'naive', visits: NAIVE },
	{ label: 'PouchDB replicate, batches of 100 (default)', peer: 'couch' },
	{ label: 'PouchDB replicate, one batch', peer: 'couch', batch: VISITS },
	{ label: 'RxDB replication, batches of 100 (default)', peer: 'rxdb' },
	{ label: 'RxDB replication, one batch', peer: 'rxdb', batch: VISITS },
	{ label: 'Reppu: flush', peer: 'reppu' },
	...CUTS.map((cut): Way => ({ label: `the same, the line cut after ${cut} s`, peer: 'reppu', cut }))
];

interface Run {
	/** Seconds and bytes that all visits take. */
	seconds: number;
	bytes: number;
}

/** 500 visits over a line of 50 kbit/s. The line is what everybody waits for, so all ways run at once, each with a line of its own. */
export async function bench(): Promise<Record<string, number>> {
	const profile = new Profile();
	try {
		const context = await profile.open();
		// The browser knows the speed of the way to this machine, not that of the line; a phone's may know as little.
		await context.addInitScript(() =>
			Object.defineProperty(navigator, 'connection', { configurable: true, value: undefined })
		);
		const made: [Way, Started][] = [];
		for (const [index, way] of WAYS.entries()) made.push([way, await start(context, index, way)]);
		const runs = await Promise.all(
			made.map(async ([way, started]) => [way, await oneRun(started, way)] as const)
		);
		return report(new Map(runs));
	} finally {
		await profile.remove();
	}
}

interface Started {
	line: SlowLine;
	peer: Peer;
}

async function start(
	context: BrowserContext,
	index: number,
	{ peer: name, visits = VISITS }: Way
): Promise<Started> {
	const line = new SlowLine();
	const peer = await Peer.start(name, context, line);
	await peer.prepare(index, fixtureVisits(visits, 1));
	return { line, peer };
}

async function oneRun({ line, peer }: Started, { visits = VISITS, batch, cut }: Way): Promise<Run> {
	line.become(TWO_G);
	const { bytes: before } = line;
	const begun = performance.now();
	if (cut !== undefined) {
		const failed = peer.send(batch).then(
			() => Promise.reject(new Error('It was delivered before the line was cut.')),
			() => undefined
		);
		await sleep(cut * 1000);
		line.cut();
		await failed;
		await sleep(OUTAGE);
		line.mend();
	}
	await peer.send(batch);
	const seconds = (performance.now() - begun) / 1000;
	const bytes = line.bytes - before;
	line.become(undefined);
	await peer.finish(visits);
	await peer.remove();
	const all = VISITS / visits;
	return { seconds: seconds * all, bytes: bytes * all };
}

function report(runs: ReadonlyMap<Way, Run>): Record<string, number> {
	const [[, reppu]] = [...runs].filter(([way]) => way.peer === 'reppu' && way.cut === undefined) as [
		[Way, Run]
	];
	/** Seconds of the line that a drop has cost: what went over it twice. */
	const lost = (run: Run) => ((run.bytes - reppu.bytes) * 8) / TWO_G.rate;
	console.log(
		`${VISITS} visits of 1153 bytes over ${TWO_G.rate / 1000} kbit/s with ${TWO_G.roundTrip} ms there and back; without TLS`
	);
	printTable(
		['', 's', 'bytes/visit', 'to Reppu', 's sent twice'],
		[...runs].map(([{ label, visits, cut }, run]) => [
			label + (visits === undefined ? '' : ` (${visits} sent, the rest computed)`),
			run.seconds.toFixed(1),
			(run.bytes / VISITS).toFixed(0),
			(run.seconds / reppu.seconds).toFixed(2),
			cut === undefined ? '' : lost(run).toFixed(1)
		])
	);
	return {
		bytes_per_visit: round(reppu.bytes / VISITS),
		seconds_500_on_2g: round(reppu.seconds),
		lost_seconds_after_drop: round(
			Math.max(...[...runs].filter(([way]) => way.cut !== undefined).map(([, run]) => lost(run)))
		)
	};
}
