import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { sql } from 'kysely';
import { newId } from '../../../src/lib/domain/ids.ts';
import { packMonths } from '../../../src/lib/server/reports/packed-months.ts';
import { openStore, type Store } from '../../../src/lib/server/storage/store.ts';
import { startPostgres, type Cluster } from '../../support/postgres.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import type { Taken } from './ask.ts';
import { largePages, PAGE_YEAR, pages } from './pages.ts';
import { emptyRegister, fillRegister, newAdvisers } from './register.ts';

/** Fresh processes of each page, and how often each asks. */
const PROCESSES = 3;
const TIMES = 5;
/** Visits of an adviser in a year (docs/scale.md, rounded down). */
const VISITS_A_YEAR = 4000;
/** One visit in so many has a card. */
const CARDS = 500;
/** Eight years lie before the one that is asked about, and one behind it. */
const BEFORE = 8;
const YEARS = 10;
/** When upkeep packs last: December is not over. */
const PACKED_AT = Date.UTC(PAGE_YEAR + 1, 11, 31);

interface Time {
	page: string;
	cold: number;
	/** Of it, what the asking process itself took of the processor. */
	processor: number;
	warm: number;
}

/**
 * Reports over so many visits of ten years on PostgreSQL, of which nine are copies of one, and before that over that one alone: whether the years that
 * nobody asks about cost anything. Before each process the database is started anew, so that nothing is in its memory; the system's is as it was.
 */
export async function postgresTimes(visits: number): Promise<Record<string, number>> {
	const cluster = startPostgres();
	try {
		const database = cluster.fresh();
		const organisation = newId();
		const aYear = Math.round(visits / YEARS);
		const store = await openStore(database);
		await emptyRegister(store, organisation);
		await fillRegister(store, organisation, {
			visits: aYear,
			first: `${PAGE_YEAR}-01-01`,
			days: 366,
			advisers: newAdvisers(Math.ceil(aYear / VISITS_A_YEAR))
		});
		await addCards(store);
		await settle(store);
		await store.close();
		const ofYear = Object.keys(pages).filter((page) => pages[page]!.to <= `${PAGE_YEAR}-12-31`);
		const young = await timesOf(cluster, database, organisation, ofYear);

		const grown = await openStore(database);
		for (let year = -BEFORE; year < YEARS - BEFORE; year += 1) if (year !== 0) await copyYear(grown, year);
		await addCards(grown);
		const begun = performance.now();
		await settle(grown);
		console.log(`Packing the months of nine years: ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
		await grown.close();
		const old = await timesOf(cluster, database, organisation, [
			...Object.keys(pages),
			...Object.keys(largePages)
		]);

		printTable(
			[
				'PostgreSQL',
				'cold ms',
				'of it our processor',
				'warm ms',
				'cold, one year of history',
				'warm, the same'
			],
			old.map(({ page, cold, processor, warm }) => {
				const before = young.find((one) => one.page === page);
				return [
					page,
					cold.toFixed(0),
					processor.toFixed(0),
					warm.toFixed(0),
					before?.cold.toFixed(0) ?? '',
					before?.warm.toFixed(0) ?? ''
				];
			})
		);
		return {
			postgres_visits: visits,
			postgres_cold_ms: round(Math.max(...old.map(({ cold }) => cold))),
			postgres_warm_ms: round(Math.max(...old.map(({ warm }) => warm))),
			postgres_history_ratio: round(
				Math.max(
					...young.map(({ page, cold }) => old.find((one) => one.page === page)!.cold / Math.max(cold, 1))
				)
			)
		};
	} finally {
		cluster.stop();
	}
}

/** Adds the same visits so many years later or earlier; ids stay in their order. */
async function copyYear({ db }: Store, years: number): Promise<void> {
	const { rows } = await sql<{ name: string }>`
		select column_name as name from information_schema.columns where table_name = 'visit_facts'`.execute(db);
	const prefix = String(YEARS + years).padStart(2, '0');
	const values = rows.map(({ name }) => {
		if (name === 'visit_id') return sql`overlay(visit_id placing ${sql.lit(prefix)} from 1 for 2)`;
		if (name !== 'date') return sql.ref(name);
		return sql`to_char(date::date + make_interval(years => ${sql.lit(years)}), 'YYYY-MM-DD')`;
	});
	await sql`insert into visit_facts (${sql.join(rows.map(({ name }) => sql.ref(name)))})
		select ${sql.join(values)} from visit_facts
		where date >= ${`${PAGE_YEAR}-01-01`} and date <= ${`${PAGE_YEAR}-12-31`}`.execute(db);
}

async function addCards({ db }: Store): Promise<void> {
	await sql`insert into card_links (organisation_id, visit_id, card)
		select organisation_id, visit_id, md5(visit_id) from visit_facts
		where hashtext(visit_id) % ${sql.lit(CARDS)} = 0 on conflict do nothing`.execute(db);
}

/** What upkeep does, and what PostgreSQL does by itself a while after so many rows came. */
async function settle(store: Store): Promise<void> {
	await packMonths(store, PACKED_AT);
	await sql`analyze visit_facts`.execute(store.db);
	await sql`analyze packed_months`.execute(store.db);
	await sql`analyze card_links`.execute(store.db);
}

async function timesOf(
	cluster: Cluster,
	database: string,
	organisation: string,
	names: readonly string[]
): Promise<Time[]> {
	const results: Time[] = [];
	for (const page of names) {
		const cold: number[] = [];
		const warm: number[] = [];
		const processor: number[] = [];
		for (let run = 0; run < PROCESSES; run += 1) {
			cluster.restart();
			await quiet();
			const command = ['tests/bench/stats/ask.ts', database, organisation, page, String(TIMES)];
			const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
			if (status !== 0) throw new Error(stderr);
			const {
				taken: [first = NaN, ...more],
				processor: used
			} = JSON.parse(stdout) as Taken;
			cold.push(first);
			processor.push(used);
			warm.push(...more);
		}
		results.push({ page, cold: median(cold), processor: median(processor), warm: median(warm) });
	}
	return results;
}
