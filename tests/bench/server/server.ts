import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { documentOf, fixtureVisits, type FixtureVisit } from '../support/fixture.ts';
import { median, printTable, quantile, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { reppuServer, ServerProcess } from '../support/servers.ts';
import { fire, type Hit, type Shot } from './load.ts';
import { enrolPhone, request, type Phone } from './phones.ts';

const ROUNDS = 7;
const REQUESTS = 160;
/** Visits in one request. */
const VISITS = 50;
/** Phones that deliver at once, each over a connection of its own. */
const CONNECTIONS = 16;

/** How long a phone takes to log the visits of one request, ms; see the fixture. */
const SPAN = VISITS * 10 * 60_000;
const BEGIN = Date.now() - SPAN * (1 + Math.ceil(((ROUNDS + 1) * REQUESTS) / CONNECTIONS));

/** The visits of one request. The requests of each phone follow one another in time, as they do on the first day and on every other. */
function visitsOf(round: number, index: number): FixtureVisit[] {
	const number = round * REQUESTS + index;
	return fixtureVisits(VISITS, number, BEGIN + SPAN * (1 + Math.floor(number / CONNECTIONS)));
}

interface Way {
	label: string;
	server: ServerProcess;
	port: number;
	/** The requests of one round. */
	make: (round: number) => Promise<Shot[]>;
	/** Throws where an answer does not say that all its visits are there. */
	check: (hit: Hit) => void;
	rates: number[];
	latencies: number[];
}

/**
 * The server alone under load, requests signed and compressed beforehand, against nothing but their inserts. The inserts are measured
 * twice: with ids that begin at random, as in the measurement that the target was set on, and with Reppu's own, whose order is that of
 * time and which SQLite takes in about three times as fast.
 */
export async function bench(): Promise<Record<string, number>> {
	const peer = () => new ServerProcess('tests/bench/sync/plain-peer.ts');
	const servers = [peer(), peer(), reppuServer()] as const;
	try {
		const random = await plainWay(servers[0], 'ids that begin at random', () => randomUUID());
		const ordered = await plainWay(servers[1], 'ids in the order of time', ({ id }) => id);
		const reppu = await reppuWay(servers[2]);
		const ways = [random, ordered, reppu];
		// The first round warms the servers up and does not count.
		for (let number = 0; number <= ROUNDS; number += 1) {
			for (const way of number % 2 ? ways : ways.toReversed()) await oneRound(way, number);
		}
		return report(random, ordered, reppu);
	} finally {
		for (const server of servers) await server.remove();
	}
}

async function plainWay(
	server: ServerProcess,
	ids: string,
	idOf: (visit: FixtureVisit) => string
): Promise<Way> {
	return {
		label: `node:http and node:sqlite, inserts only, ${ids}`,
		server,
		port: await server.start(),
		make: async (number) =>
			Array.from({ length: REQUESTS }, (_, index) => ({
				path: '/',
				headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
				body: gzipSync(
					visitsOf(number, index)
						.map((visit) => JSON.stringify({ ...documentOf(visit), id: idOf(visit) }))
						.join('\n')
				)
			})),
		check: ({ status, body }) => {
			if (status !== 200 || (JSON.parse(body.toString()) as { received: number }).received !== VISITS)
				throw new Error(`Not received: ${status} ${body.toString()}`);
		},
		rates: [],
		latencies: []
	};
}

async function reppuWay(server: ServerProcess): Promise<Way> {
	const port = await server.start();
	const phones: Phone[] = [];
	for (let number = 0; number < CONNECTIONS; number += 1) phones.push(await enrolPhone(port));
	return {
		label: 'Reppu: POST /api/v1/sync, every check on',
		server,
		port,
		make: async (number) => {
			const shots: Shot[] = [];
			for (let index = 0; index < REQUESTS; index += 1) {
				const phone = phones[index % phones.length]!;
				shots.push(await request(phone, visitsOf(number, index)));
			}
			return shots;
		},
		check: ({ status, body }) => {
			if (status !== 200) throw new Error(`Not applied: ${status} ${body.toString()}`);
			const { receipts = [] } = JSON.parse(gunzipSync(body).toString()) as {
				receipts?: { outcome: string }[];
			};
			const applied = receipts.filter(({ outcome }) => outcome === 'applied').length;
			if (applied !== VISITS) throw new Error(`Not applied: ${status}, ${applied} of ${VISITS}.`);
		},
		rates: [],
		latencies: []
	};
}

async function oneRound(way: Way, number: number): Promise<void> {
	const shots = await way.make(number);
	await quiet();
	const { hits, ms } = await fire(way.port, shots, CONNECTIONS);
	hits.forEach(way.check);
	if (hits.length !== REQUESTS) throw new Error(`${hits.length} of ${REQUESTS} requests were answered.`);
	if (number === 0) return;
	way.rates.push((1000 * REQUESTS * VISITS) / ms);
	way.latencies.push(...hits.map((hit) => hit.ms));
}

function report(random: Way, ordered: Way, reppu: Way): Record<string, number> {
	console.log(
		`Visits a second into the server: ${REQUESTS} requests of ${VISITS} visits over ${CONNECTIONS} connections; ${ROUNDS} rounds`
	);
	// Each round beside the other's: what disturbs the machine for a while disturbs both.
	const ratio = (limit: Way) => median(reppu.rates.map((rate, index) => rate / limit.rates[index]!));
	printTable(
		['', 'visits/s', 'min–max', 'p50 ms', 'p99 ms', 'Reppu to it'],
		[random, ordered, reppu].map((way) => [
			way.label,
			median(way.rates).toFixed(0),
			`${Math.min(...way.rates).toFixed(0)}–${Math.max(...way.rates).toFixed(0)}`,
			median(way.latencies).toFixed(0),
			quantile(way.latencies, 0.99).toFixed(0),
			ratio(way).toFixed(2)
		])
	);
	return {
		ratio_raw: round(ratio(random)),
		ratio_raw_ordered: round(ratio(ordered)),
		visits_per_s: Math.round(median(reppu.rates))
	};
}
