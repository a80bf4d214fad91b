import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { buildIndex, inIndexOrder } from '../../../src/lib/directory/search/build.ts';
import { everyConcept } from '../../../src/lib/directory/search/every-concept.ts';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { pageHost } from '../support/page-host.ts';
import { quiet } from '../support/quiet.ts';
import { answers } from './answers.ts';
import { benchDirectory } from './directory.ts';
import { documentOf, type SearchDocument } from './documents.ts';
import type { EngineName } from './page.ts';
import { buildFts5, openFts5, type Tokenizer } from './peers/fts5.ts';
import { report, type Measured, type Slow } from './report.ts';
import { Tab } from './tab.ts';
import { judge, takeTurns, type Asked } from './turns.ts';

const RECORDS = Number(process.env['RECORDS'] ?? 20_000);
const SLOWDOWN = 4;
/** Fresh pages in which an index is opened; fewer of a peer that has taken so many ms. */
const LOADS = 5;
const PATIENCE = 5000;
const FIRST_QUERY = 'oleskelulupa';

const OTHERS = ['flexsearch', 'orama', 'oramaStemmed', 'lunr', 'fuse'] as const;

type OpenTab = (slowdown?: number) => Promise<Tab>;

/** How soon the search answers and how good it is: the index from the phone's storage, then three ways of typing. */
export async function bench(): Promise<Record<string, number>> {
	const directory = benchDirectory(RECORDS, 1);
	const begun = performance.now();
	const index = buildIndex(inIndexOrder(directory), everyConcept);
	const buildMs = performance.now() - begun;
	const script = await bundle('search/page.ts');
	const { url, host } = await pageHost({ '/index': index });
	const profile = new Profile();
	const folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	try {
		const context = await profile.open();
		const open: OpenTab = (slowdown) => Tab.open(context, url, script, slowdown);
		const filling = await open();
		await filling.fill(RECORDS);
		await filling.close();
		const measured = await inPages(open, ['reppu', 'minisearch']);
		measured[0]!.buildMs = buildMs;
		const slow = await slowly(open);
		for (const engine of OTHERS) {
			try {
				measured.push(...(await inPages(open, [engine])));
			} catch (error) {
				console.log(`${engine} could not be measured: ${String(error)}`);
			}
		}
		const documents = directory.map(documentOf);
		for (const tokenizer of ['unicode61', 'trigram'] as const)
			measured.push(await natively(join(folder, tokenizer), tokenizer, documents));
		return report(RECORDS, measured, slow);
	} finally {
		await profile.remove();
		host.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

const enough = (loads: readonly number[]) =>
	loads.length === LOADS || loads.reduce((sum, ms) => sum + ms, 0) > PATIENCE;

/** Fresh pages one after the other; the last one stays open. */
async function loaded(
	open: OpenTab,
	engine: EngineName,
	slowdown = 1
): Promise<{ tab: Tab; loads: number[] }> {
	const loads: number[] = [];
	for (;;) {
		const tab = await open(slowdown);
		await quiet();
		loads.push(await tab.load(engine, FIRST_QUERY));
		if (enough(loads)) return { tab, loads };
		await tab.close();
	}
}

/** Builds indexes, opens them in fresh pages and asks the engines in turns. */
async function inPages(open: OpenTab, engines: readonly EngineName[]): Promise<Measured[]> {
	const indexes: { ms: number; bytes: number }[] = [];
	for (const engine of engines) {
		const tab = await open();
		await quiet();
		indexes.push(await tab.build(engine));
		await tab.close();
	}
	const opened = [];
	for (const engine of engines) opened.push(await loaded(open, engine));
	const tabs = opened.map(({ tab }) => tab);
	const timed = await takeTurns(tabs);
	const measured: Measured[] = [];
	for (const [at, engine] of engines.entries()) {
		const { ms: buildMs, bytes } = indexes[at]!;
		const { tab, loads } = opened[at]!;
		measured.push({ engine, buildMs, bytes, loads, timed: timed[at]!, recalled: await judge(tab) });
		await tab.close();
	}
	return measured;
}

/** The same for Reppu and MiniSearch with a slow processor. */
async function slowly(open: OpenTab): Promise<Record<'reppu' | 'minisearch', Slow>> {
	const reppu = await loaded(open, 'reppu', SLOWDOWN);
	const minisearch = await loaded(open, 'minisearch', SLOWDOWN);
	const [ours, theirs] = await takeTurns([reppu.tab, minisearch.tab]);
	for (const { tab } of [reppu, minisearch]) await tab.close();
	return {
		reppu: { loads: reppu.loads, timed: ours! },
		minisearch: { loads: minisearch.loads, timed: theirs! }
	};
}

/** SQLite in this process, from a file that the system has in its memory. */
async function natively(
	path: string,
	tokenizer: Tokenizer,
	documents: readonly SearchDocument[]
): Promise<Measured> {
	await quiet();
	const begun = performance.now();
	const bytes = buildFts5(path, tokenizer, documents);
	const buildMs = performance.now() - begun;
	const loads: number[] = [];
	while (!enough(loads)) {
		const start = performance.now();
		const { find, close } = openFts5(path, tokenizer);
		await find(FIRST_QUERY);
		loads.push(performance.now() - start);
		close();
	}
	const { find, close } = openFts5(path, tokenizer);
	const engine: Asked = { ask: (queries, budget) => answers(find, queries, budget) };
	const [timed] = await takeTurns([engine]);
	const recalled = await judge(engine);
	close();
	return { engine: tokenizer, buildMs, bytes, loads, timed: timed!, recalled };
}
