import process from 'node:process';
import { performance } from 'node:perf_hooks';
import { figuresOf } from '../../../src/lib/server/reports/figures.ts';
import { connectStore } from '../../../src/lib/server/storage/store.ts';
import { largePages, pages } from './pages.ts';

export interface Taken {
	taken: number[];
	processor: number;
}

/**
 * Asks for one page in a process of its own: the first time is cold, as far as the database's own cache and the program go. Prints ms, and
 * what the first time has taken of the processor in this process, which a busy machine changes less.
 *
 *     node tests/bench/stats/ask.ts DATABASE ORGANISATION PAGE TIMES
 */
const [, , database = '', organisation = '', page = '', times = '1'] = process.argv;
const store = await connectStore(database);
const asked = { ...pages, ...largePages }[page]!;
const taken: number[] = [];
let processor = 0;
for (let time = 0; time < Number(times); time += 1) {
	const start = performance.now();
	const before = process.threadCpuUsage();
	await figuresOf(store, organisation, asked);
	taken.push(performance.now() - start);
	const { user, system } = process.threadCpuUsage(before);
	if (time === 0) processor = (user + system) / 1000;
}
await store.close();
console.log(JSON.stringify({ taken, processor } satisfies Taken));
