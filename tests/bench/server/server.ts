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

/** The server alone under load, requests signed and compressed beforehand, against nothing but their inserts. */
export async function bench(): Promise<Record<string, number>> {
	const servers = [new ServerProcess('tests/bench/sync/plain-peer.ts'), reppuServer()] as const;
	try {
		const plain = await plainWay(servers[0]);
		const reppu = await reppuWay(servers[1]);
		// The first round warms the servers up and does not count.
		for (let number = 0; number <= ROUNDS; number += 1) {
			for (const way of number % 2 ? [plain, reppu] : [reppu, plain]) await oneRound(way, number);
		}
		return report(plain, reppu);
	} finally {
		for (const server of servers) await server.remove();
	}
}

async function plainWay(server: ServerProcess): Promise<Way> {
	return {
		label: 'the limit: node:http and node:sqlite, inserts only',
		server,
		port: await server.start(),
		make: async (number) =>
			Array.from({ length: REQUESTS }, (_, index) => ({
				path: '/',
				headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
				body: gzipSync(
					visitsOf(number, index)
						.map((visit) => JSON.stringify(documentOf(visit)))
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

function report(plain: Way, reppu: Way): Record<string, number> {
	console.log(
		`Visits a second into the server: ${REQUESTS} requests of ${VISITS} visits over ${CONNECTIONS} connections; ${ROUNDS} rounds`
	);
	// Each round beside the other's: what disturbs the machine for a while disturbs both.
	const ratio = median(reppu.rates.map((rate, index) => rate / plain.rates[index]!));
	printTable(
		['', 'visits/s', 'min–max', 'p50 ms', 'p99 ms', 'to the limit'],
		[plain, reppu].map(({ label, rates, latencies }) => [
			label,
			median(rates).toFixed(0),
			`${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)}`,
			median(latencies).toFixed(0),
			quantile(latencies, 0.99).toFixed(0),
			(median(rates) / median(plain.rates)).toFixed(2)
		])
	);
	return {
		ratio_raw: round(ratio),
		visits_per_s: Math.round(median(reppu.rates))
	};
}
