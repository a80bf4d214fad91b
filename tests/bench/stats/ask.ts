import process from 'node:process';
import { performance } from 'node:perf_hooks';
import { figuresOf } from '../../../src/lib/server/reports/figures.ts';
import { connectStore } from '../../../src/lib/server/storage/store.ts';
import { pages } from './pages.ts';

/**
 * Asks for one page in a process of its own: the first time is cold, as far as the database's own cache and the program go. Prints ms.
 *
 *     node tests/bench/stats/ask.ts DATABASE ORGANISATION PAGE TIMES
 */
const [, , database = '', organisation = '', page = '', times = '1'] = process.argv;
const store = await connectStore(database);
const taken: number[] = [];
for (let time = 0; time < Number(times); time += 1) {
	const start = performance.now();
	await figuresOf(store, organisation, pages[page]!);
	taken.push(performance.now() - start);
}
await store.close();
console.log(JSON.stringify(taken));
