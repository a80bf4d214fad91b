import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { newId } from '../../../src/lib/domain/ids.ts';
import { packMonths } from '../../../src/lib/server/reports/packed-months.ts';
import { openStore, type Store } from '../../../src/lib/server/storage/store.ts';
import { syncAnswer } from '../../../src/lib/protocol/sync.ts';
import { handleSync } from '../../../src/lib/server/sync/handle-sync.ts';
import { call, newOrganisation, post, startServer, stopServers, type Phone } from '../../support/server.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import type { Taken } from './ask.ts';
import { pages } from './pages.ts';
import { ownFiguresTime } from './phone.ts';
import { postgresTimes } from './postgres.ts';
import { emptyRegister, fillRegister, newAdvisers } from './register.ts';
import { visibleShares } from './visible.ts';

const VISITS = Number(process.env['VISITS'] ?? 1_000_000);
/** Fresh processes of each page, and how often each asks. */
const PROCESSES = 3;
const TIMES = 8;
const ROUNDS = 12;
const BATCH = 500;

/** Reports over a large register, what keeping them up costs a delivery, and an adviser's own figures on a phone. */
export async function bench(): Promise<Record<string, number>> {
	const { postgres } = parseArgs({
		args: process.argv.slice(3),
		options: { postgres: { type: 'string' } }
	}).values;
	if (postgres !== undefined) return postgresTimes(Number(postgres));
	const folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	try {
		const phone = await ownFiguresTime();
		const slowdown = await ingestSlowdown(join(folder, 'ingest.db'));
		const times = await reportTimes(join(folder, 'register.db'));
		printTable(
			['page', 'cold ms', 'warm ms'],
			times.map(({ page, cold, warm }) => [page, cold.toFixed(0), warm.toFixed(0)])
		);
		const visible = visibleShares();
		printTable(
			['municipality', 'contacts', 'topics shown', 'languages shown'],
			visible.map(({ municipality, contacts, topics, languages }) => [
				municipality,
				String(contacts),
				topics.toFixed(3),
				languages.toFixed(3)
			])
		);
		return {
			phone_5000_ms: round(phone.years),
			phone_5000_month_ms: round(phone.month),
			report_1m_cold_ms: round(Math.max(...times.map(({ cold }) => cold))),
			report_1m_warm_ms: round(Math.max(...times.map(({ warm }) => warm))),
			ingest_slowdown: round(slowdown),
			report_visible_share: round(
				Math.min(...visible.flatMap(({ topics, languages }) => [topics, languages]))
			)
		};
	} finally {
		await stopServers();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The medians of each page. */
async function reportTimes(database: string): Promise<{ page: string; cold: number; warm: number }[]> {
	const store = await openStore(database);
	const organisation = newId();
	await filled(store, organisation);
	await store.close();
	const results = [];
	for (const page of Object.keys(pages)) {
		const cold: number[] = [];
		const warm: number[] = [];
		for (let run = 0; run < PROCESSES; run += 1) {
			await quiet();
			const command = ['tests/bench/stats/ask.ts', database, organisation, page, String(TIMES)];
			const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' });
			const {
				taken: [first = NaN, ...more]
			} = JSON.parse(stdout) as Taken;
			cold.push(first);
			warm.push(...more);
		}
		results.push({ page, cold: median(cold), warm: median(warm) });
	}
	return results;
}

async function filled(store: Store, organisation: string): Promise<void> {
	await emptyRegister(store, organisation);
	await fillRegister(store, organisation, {
		visits: VISITS,
		first: '2016-01-01',
		days: 3650,
		advisers: newAdvisers(20)
	});
	await packMonths(store, Date.UTC(2027, 0, 1));
}

/**
 * How much more of the processor a delivery takes for being counted: the same visits with their time under another name are journalled and kept, and count for
 * nothing. Everything that the server does with a request is in it. Processor time, because a machine that is busy with other things changes it less.
 */
async function ingestSlowdown(database: string): Promise<number> {
	const server = await startServer(database);
	const { phones } = await newOrganisation(server, 'adviser');
	const [phone] = phones as [Phone];
	const deliver = async (counted: boolean) => {
		const ops = fixtureVisits(BATCH, phone.seq).map(({ fields: { at, ...fields } }) => {
			const visit = phone.visit();
			return { ...visit, fields: { ...fields, desk: null, [counted ? 'at' : 'topicText']: at } };
		});
		const message = { protocol: 1, replica: phone.replica, highSeq: phone.seq, ops };
		const body = Buffer.from(JSON.stringify(message));
		const request = post('/api/v1/sync', body, phone.headers(body));
		const before = process.cpuUsage();
		const answer = await call(server, handleSync, request, { jar: phone.jar });
		const { user, system } = process.cpuUsage(before);
		const { receipts } = syncAnswer.parse(await answer.json());
		if (receipts.some(({ outcome }) => outcome !== 'applied')) throw new Error('A visit was not taken in.');
		return user + system;
	};
	for (const counted of [true, false, true, false, true, false]) await deliver(counted);
	const ratios: number[] = [];
	for (let turn = 0; turn < ROUNDS; turn += 1) {
		await quiet();
		const order = turn % 2 ? [true, false] : [false, true];
		const times = new Map<boolean, number>();
		for (const counted of order) times.set(counted, await deliver(counted));
		ratios.push(times.get(true)! / times.get(false)!);
	}
	return median(ratios) - 1;
}
