import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { documentOf, fixtureVisits } from '../support/fixture.ts';
import { median, printTable, quantile, round } from '../support/numbers.ts';
import { pageHost } from '../support/page-host.ts';
import { quiet } from '../support/quiet.ts';
import type { EngineName, Saved, SavePage } from './page.ts';

const ROUNDS = 5;
const SAVES = 200;
/** Saves in a row before the next engine has its turn: what disturbs the machine disturbs all alike. */
const TURN = 20;
const WARM_UP = 40;

const LABELS: Record<EngineName, string> = {
	raw: 'IndexedDB itself: visit and op in one transaction',
	reppu: 'Reppu: addVisit',
	pouchdb: 'PouchDB put',
	rxdb: 'RxDB insert (Dexie storage)'
};
const ENGINES = Object.keys(LABELS) as EngineName[];

/** One save as the adviser feels it: from the call until the medium has it, strict durability for everybody. */
export async function bench(): Promise<Record<string, number>> {
	const script = await bundle('save/page.ts');
	const { url, host } = await pageHost();
	const profile = new Profile();
	const times = new Map<EngineName, number[][]>(ENGINES.map((engine) => [engine, []]));
	try {
		const context = await profile.open();
		const page = context.pages()[0] ?? (await context.newPage());
		page.on('pageerror', (error) => console.error(error));
		await page.goto(url);
		await page.addScriptTag({ content: script });
		const run = (engine: EngineName, count: number, seed: number): Promise<number[]> => {
			const visits: Saved[] = fixtureVisits(count, seed).map((visit) => ({
				...visit,
				document: documentOf(visit)
			}));
			return page.evaluate(
				([name, all]) => (globalThis as unknown as { page: SavePage }).page.save(name, all),
				[engine, visits] as const
			);
		};
		for (const engine of ENGINES) await run(engine, WARM_UP, 0);
		for (let round = 0; round < ROUNDS; round += 1) {
			const taken = new Map<EngineName, number[]>(ENGINES.map((engine) => [engine, []]));
			for (let turn = 0; turn < SAVES / TURN; turn += 1) {
				await quiet();
				for (let place = 0; place < ENGINES.length; place += 1) {
					const engine = ENGINES[(place + turn) % ENGINES.length]!;
					const seed = 1 + round * 1000 + turn * 10 + place;
					taken.get(engine)!.push(...(await run(engine, TURN, seed)));
				}
			}
			for (const [engine, all] of taken) times.get(engine)!.push(all);
		}
		const { transactions, strict } = await page.evaluate(() =>
			(globalThis as unknown as { page: SavePage }).page.durability()
		);
		console.log(`${strict} of ${transactions} writing transactions of the page were strict.\n`);
	} finally {
		await profile.remove();
		host.close();
	}
	return report(times);
}

function report(times: ReadonlyMap<EngineName, number[][]>): Record<string, number> {
	const p50 = new Map<EngineName, number>();
	for (const [engine, rounds] of times) p50.set(engine, median(rounds.flat()));
	const ratio = (engine: EngineName) => p50.get('reppu')! / p50.get(engine)!;
	console.log(
		`Save of one visit (1153 bytes of JSON), ms; ${ROUNDS} rounds of ${SAVES} saves in turns of ${TURN}`
	);
	printTable(
		['', 'p50', 'p50 by round', 'p95', 'p99', 'to raw'],
		ENGINES.map((engine) => {
			const rounds = times.get(engine)!;
			const byRound = rounds.map((round) => median(round));
			return [
				LABELS[engine],
				p50.get(engine)!.toFixed(2),
				`${Math.min(...byRound).toFixed(2)}–${Math.max(...byRound).toFixed(2)}`,
				quantile(rounds.flat(), 0.95).toFixed(2),
				quantile(rounds.flat(), 0.99).toFixed(2),
				(p50.get(engine)! / p50.get('raw')!).toFixed(2)
			];
		})
	);
	return {
		p50_ratio_raw: round(ratio('raw')),
		p50_ratio_pouchdb: round(ratio('pouchdb')),
		p50_ratio_rxdb: round(ratio('rxdb'))
	};
}
