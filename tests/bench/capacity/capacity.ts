import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { findPostgres } from '../../../scripts/postgres.js';
import { nextClock } from '../../../src/lib/domain/clock.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import type { JsonValue } from '../../../src/lib/domain/json.ts';
import { packOps } from '../../../src/lib/protocol/packed.ts';
import type { WireOp } from '../../../src/lib/protocol/sync.ts';
import { demoDesks } from '../../../src/lib/server/demo/tour.ts';
import type { ServerContext } from '../../../src/lib/server/context.ts';
import { insertRows } from '../../../src/lib/server/storage/many-rows.ts';
import { connectStore } from '../../../src/lib/server/storage/store.ts';
import { publish } from '../../../src/lib/server/sync/publish.ts';
import { sql } from 'kysely';
import { BuiltServer } from '../../support/built-server.ts';
import { startPostgres } from '../../support/postgres.ts';
import { newOrganisation, newPhone, startServer, stopServers, type Phone } from '../../support/server.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { fire, processorTime, type Shot } from './load.ts';

const ORIGIN = 'http://localhost';
/** Phones that ask in turn. */
const PHONES = 100;
const IDLE_REQUESTS = 10_000;
const SINGLE_REQUESTS = 4_000;
/** Members of an organisation whose coordinator asks, and how often. */
const MEMBERS = 500;
const OFFICE_REQUESTS = 200;
/** Visits in the register when it is weighed, backed up and moved, in requests of 500. */
const VISITS = Number(process.env['VISITS'] ?? 100_000);
const BATCH = 500;

interface Place {
	database: string;
	/** Bytes that the register takes on the disk. */
	size: () => Promise<number>;
	/** Process whose children are the database's; undefined: the database is part of the server. */
	postmaster: number | undefined;
}

type Figures = Record<string, number>;

/** What one app server does in a second, and what it costs it, on SQLite and on PostgreSQL, both as durable as they run. */
export async function bench(): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	const cluster = startPostgres(undefined, { durable: true });
	try {
		const file = join(folder, 'reppu.db');
		const sqlite = await measure(
			'sqlite',
			{
				database: file,
				size: async () => {
					const store = await connectStore(file);
					await sql`pragma wal_checkpoint(truncate)`.execute(store.db);
					await store.close();
					return statSync(file).size;
				},
				postmaster: undefined
			},
			folder
		);
		const database = cluster.fresh();
		const postgres = await measure(
			'postgres',
			{
				database,
				size: async () => {
					const store = await connectStore(database);
					const { rows } = await sql<{
						bytes: number;
					}>`select pg_database_size(current_database()) as bytes`.execute(store.db);
					await store.close();
					return Number(rows[0]?.bytes);
				},
				postmaster: cluster.processes()[0]
			},
			folder
		);
		const figures = { ...sqlite, ...postgres };
		const target = cluster.fresh();
		const moved = await timed(() => command('move-store', {}, file, target));
		figures['move_s_per_100k'] = round((moved / 1000) * (100_000 / VISITS));
		printTable(
			['', 'SQLite', 'PostgreSQL'],
			Object.keys(sqlite).map((key) => {
				const name = key.replace('sqlite_', '');
				return [name, String(figures[key]), String(figures[`postgres_${name}`])];
			})
		);
		console.log(`Moving ${VISITS} visits from SQLite to PostgreSQL: ${(moved / 1000).toFixed(1)} s.`);
		return figures;
	} finally {
		await stopServers();
		cluster.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(
	name: string,
	{ database, size, postmaster }: Place,
	folder: string
): Promise<Figures> {
	const server = new BuiltServer({
		DATABASE_URL: database,
		DEMO: 'false',
		ORIGIN,
		LOG_LEVEL: 'info',
		REQUEST_LIMITS: 'false'
	});
	await server.start();
	try {
		const context = await startServer(database);
		const { organisation, phones } = await newOrganisation(context, 'adviser');
		const office = await bigOrganisation(context);
		await context.store.write((trx) => publish(trx, organisation, demoDesks(Date.now()), Date.now()));
		const all = [...phones];
		while (all.length < PHONES)
			all.push(await newPhone(context, organisation, phones[0]!.enrolled.membership));
		await stopServers();

		const figures: Figures = {};
		const load = async (label: string, shots: readonly Shot[], unit = shots.length) => {
			await quiet();
			const cpu = () =>
				[processorTime(server.pid), postmaster ? processorTime(postmaster, true) : 0] as const;
			const before = cpu();
			const { ms, bytes } = await fire(server.port, shots);
			const after = cpu();
			figures[`${name}_${label}_per_s`] = Math.round((1000 * unit) / ms);
			figures[`${name}_${label}_cpu_ms`] = round((after[0] - before[0]) / unit);
			figures[`${name}_${label}_database_cpu_ms`] = round((after[1] - before[1]) / unit);
			figures[`${name}_${label}_bytes`] = Math.round(bytes / unit);
		};

		const ends = await Promise.all(all.map((phone) => cursorsOf(server.port, phone)));
		const idle = all.map((phone, index) => shot(phone, { cursors: ends[index], ops: [] }, '"changes":[]'));
		const asked = Array.from({ length: IDLE_REQUESTS }, (_, index) => idle[index % idle.length]!);
		await fire(server.port, asked.slice(0, 500));
		await load('idle', asked);

		const read = await cursorsOf(server.port, office);
		await load(
			'office_idle',
			Array.from({ length: OFFICE_REQUESTS }, () => shot(office, { cursors: read, ops: [] }, '"changes":[]'))
		);

		const singles = opsOf(all, SINGLE_REQUESTS, 1).map(([phone, ops]) => shot(phone, { ops }, '"applied"'));
		await load('single_visit', singles);

		const before = await size();
		const batches = opsOf(all, VISITS, BATCH).map(([phone, ops]) =>
			shot(phone, { packed: packOps(ops, phone.replica) }, '"applied"', true)
		);
		await load('backlog_visits', batches, VISITS);
		figures[`${name}_bytes_per_visit`] = Math.round(((await size()) - before) / VISITS);

		const backup = await timed(() => command('backup', { DATABASE_URL: database }, join(folder, name)));
		figures[`${name}_backup_s_per_100k`] = round((backup / 1000) * (100_000 / VISITS));
		const memory = server.memory;
		if (memory) figures[`${name}_memory_mb`] = Math.round(memory / 1e6);
		return figures;
	} finally {
		await server.remove();
	}
}

/** The coordinator of many. */
async function bigOrganisation(context: ServerContext): Promise<Phone> {
	const { organisation, phones } = await newOrganisation(context, 'coordinator');
	const members = Array.from({ length: MEMBERS }, (_, index) => ({
		organisation_id: organisation,
		id: newId(),
		name: `Member ${index}`,
		role: 'adviser' as const,
		created_at: Date.now(),
		ended_at: null
	}));
	await context.store.write((trx) => insertRows(trx, context.store, 'memberships', members));
	return phones[0]!;
}

/** A request as a phone of ours sends it. */
function shot(phone: Phone, message: object, expects: string, gzip = false): Shot {
	const json = Buffer.from(
		JSON.stringify({ protocol: 1, replica: phone.replica, highSeq: phone.seq, ...message })
	);
	const body = gzip ? gzipSync(json) : json;
	const { membership, token } = phone.enrolled;
	return {
		body,
		expects,
		headers: {
			...phone.headers(body),
			origin: ORIGIN,
			cookie: `reppu-${membership}=${token}`,
			'content-type': 'application/json',
			'content-length': String(body.length),
			'accept-encoding': 'identity',
			...(gzip ? { 'content-encoding': 'gzip' } : {})
		}
	};
}

/** Where a phone stands after it has read everything. */
async function cursorsOf(port: number, phone: Phone): Promise<Record<string, string>> {
	const cursors: Record<string, string> = {};
	for (let more = true; more;) {
		const { headers, body } = shot(phone, { cursors, ops: [] }, '');
		const answer = (await (
			await fetch(`http://127.0.0.1:${port}/api/v1/sync`, {
				method: 'POST',
				headers,
				body: new Uint8Array(body)
			})
		).json()) as { cursors: Record<string, string>; more: boolean };
		Object.assign(cursors, answer.cursors);
		more = answer.more;
	}
	return cursors;
}

/** Visits of the fixture as ops of these phones, so many in a request. */
function opsOf(phones: readonly Phone[], visits: number, batch: number): [Phone, WireOp[]][] {
	const requests: [Phone, WireOp[]][] = [];
	for (let first = 0; first < visits; first += batch) {
		const phone = phones[requests.length % phones.length]!;
		const ops = fixtureVisits(batch, first + batch).map(({ id, now, fields }) => {
			phone.seq += 1;
			return {
				opId: newId(now),
				seq: phone.seq,
				collection: 'visit',
				recordId: id,
				fields: fields as Record<string, JsonValue>,
				clock: nextClock(now, phone.replica),
				schema: 1
			};
		});
		requests.push([phone, ops]);
	}
	return requests;
}

function command(script: string, env: Record<string, string>, ...args: string[]): void {
	const { status, stderr } = spawnSync(process.execPath, [`scripts/${script}.js`, ...args], {
		encoding: 'utf8',
		env: { ...process.env, PG_BIN: findPostgres() ?? '', ...env }
	});
	if (status !== 0) throw new Error(stderr);
}

async function timed(task: () => void): Promise<number> {
	await quiet();
	execFileSync('sync');
	const begin = performance.now();
	task();
	return performance.now() - begin;
}
