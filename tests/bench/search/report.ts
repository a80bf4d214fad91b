import { median, printTable, quantile, round } from '../support/numbers.ts';
import type { EngineName } from './page.ts';
import type { Tokenizer } from './peers/fts5.ts';
import { JUDGED, TIMED, type JudgedSet, type TimedSet } from './questions.ts';
import type { Recalled, Timed } from './turns.ts';

export interface Slow {
	/** ms from asking the storage to the first answer, by page. */
	loads: number[];
	timed: Timed;
}

export interface Measured extends Slow {
	engine: EngineName | Tokenizer;
	buildMs: number;
	/** Size of the index as it is kept. */
	bytes: number;
	recalled: Recalled;
}

const LABELS: Record<Measured['engine'], string> = {
	reppu: 'Reppu',
	minisearch: 'MiniSearch, prefix and fuzzy 0.2',
	flexsearch: 'FlexSearch, forward',
	orama: 'Orama, Finnish',
	oramaStemmed: 'Orama, Finnish stemmer',
	lunr: 'Lunr, stemmers of the four languages',
	fuse: 'Fuse.js, without descriptions',
	unicode61: 'SQLite FTS5 unicode61, prefix (native)',
	trigram: 'SQLite FTS5 trigram (native)'
};

const timedSets = Object.keys(TIMED) as TimedSet[];
const p95 = ({ timed }: Slow, set: TimedSet) => quantile(timed[set], 0.95);

/** Of how many queries, where there was not time for all. */
const some = (count: number, most: number) => (count < most ? ` (${count})` : '');

function timesOf(measured: Slow): string[] {
	return timedSets.map((set) => {
		const times = measured.timed[set];
		return `${median(times).toFixed(2)} / ${p95(measured, set).toFixed(2)}${some(times.length, TIMED[set]().length)}`;
	});
}

const TIMES = ['load ms', 'prefix p50 / p95 ms', 'typo p50 / p95 ms', 'two words p50 / p95 ms'];

export function report(
	records: number,
	all: readonly Measured[],
	slow: Record<'reppu' | 'minisearch', Slow>
): Record<string, number> {
	const [reppu, minisearch] = (['reppu', 'minisearch'] as const).map((name) =>
		all.find(({ engine }) => engine === name)!
	) as [Measured, Measured];
	const peers = all.filter((one) => one !== reppu);
	const most = Object.fromEntries(JUDGED.map((set) => [set, reppu.recalled[set].of]));
	console.log(
		`Search over ${records} services in up to four languages; load: from IndexedDB to the first answer`
	);
	printTable(
		['', 'built s', 'MB', ...TIMES, ...JUDGED.map((set) => `recall@5 ${set}`)],
		all.map((one) => [
			LABELS[one.engine],
			(one.buildMs / 1000).toFixed(1),
			(one.bytes / 1e6).toFixed(1),
			median(one.loads).toFixed(1),
			...timesOf(one),
			...JUDGED.map((set) => {
				const { share, of } = one.recalled[set];
				return `${share.toFixed(3)}${some(of, most[set] ?? 0)}`;
			})
		])
	);
	console.log(
		'In brackets: how many of the queries there was time for. Reppu’s index was built in Node, as for a pack. SQLite runs natively in ' +
			'Node with its file in memory, which flatters it: in a page it would be WebAssembly. Orama’s tokenizer leaves Cyrillic out, and ' +
			'trigrams find nothing for two letters, which flatters their times. Only Reppu has concepts; the peers have the texts alone.'
	);
	console.log('\nWith a processor four times slower');
	printTable(
		['', ...TIMES],
		(['reppu', 'minisearch'] as const).map((name) => [
			LABELS[name],
			median(slow[name].loads).toFixed(1),
			...timesOf(slow[name])
		])
	);
	const best = (set: JudgedSet) => round(Math.max(...peers.map(({ recalled }) => recalled[set].share)));
	return {
		load_ms: round(median(reppu.loads)),
		size_mb: round(reppu.bytes / 1e6),
		prefix_p95_ms: round(p95(reppu, 'prefix')),
		typo_p95_ms: round(p95(reppu, 'typo')),
		two_words_p95_ms: round(p95(reppu, 'twoWords')),
		prefix_speedup_minisearch: round(p95(minisearch, 'prefix') / p95(reppu, 'prefix')),
		typo_speedup_minisearch: round(p95(minisearch, 'typo') / p95(reppu, 'typo')),
		two_words_speedup_minisearch: round(p95(minisearch, 'twoWords') / p95(reppu, 'twoWords')),
		recall_inflection: round(reppu.recalled.inflection.share),
		recall_typo: round(reppu.recalled.typo.share),
		recall_cross: round(reppu.recalled.cross.share),
		best_peer_recall_inflection: best('inflection'),
		best_peer_recall_typo: best('typo'),
		best_peer_recall_cross: best('cross'),
		best_peer_load_ms: round(Math.min(...peers.map(({ loads }) => median(loads)))),
		load_ms_4x: round(median(slow.reppu.loads)),
		prefix_p95_ms_4x: round(p95(slow.reppu, 'prefix')),
		typo_p95_ms_4x: round(p95(slow.reppu, 'typo')),
		two_words_p95_ms_4x: round(p95(slow.reppu, 'twoWords'))
	};
}
