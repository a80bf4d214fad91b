import { quiet } from '../support/quiet.ts';
import type { Answers, Budget } from './answers.ts';
import { JUDGED, judgedQueries, recall, TIMED, type JudgedSet, type TimedSet } from './questions.ts';

/** An engine that can be asked. */
export interface Asked {
	ask: (queries: readonly string[], budget: Budget) => Promise<Answers>;
}

/** Queries in a row before the next engine has its turn: what disturbs the machine disturbs all alike. */
const TURN = 60;
/** For one set of queries; to warm an engine up; and to see how good it is. A slow engine gets no further. */
const TIMING: Budget = { least: 10, ms: 5000 };
const WARM_UP: Budget = { least: 1, ms: 1000 };
const JUDGING: Budget = { least: 25, ms: 10_000 };

export type Timed = Record<TimedSet, number[]>;
export type Recalled = Record<JudgedSet, { share: number; of: number }>;

/** ms of each query, by engine. */
export async function takeTurns(engines: readonly Asked[]): Promise<Timed[]> {
	const sets = Object.keys(TIMED) as TimedSet[];
	for (const engine of engines)
		for (const set of sets) await engine.ask(TIMED[set](100).slice(0, TURN), WARM_UP);
	const timed = engines.map((): Timed => ({ prefix: [], typo: [], twoWords: [] }));
	for (const set of sets) {
		const queries = TIMED[set]();
		const left = engines.map(() => TIMING);
		const turn = engines.length === 1 ? queries.length : TURN;
		for (let from = 0; from < queries.length; from += turn) {
			await quiet();
			for (let place = 0; place < engines.length; place += 1) {
				const at = (place + from / turn) % engines.length;
				const { least, ms } = left[at]!;
				if (least <= 0 && ms <= 0) continue;
				const { times } = await engines[at]!.ask(queries.slice(from, from + turn), { least, ms });
				timed[at]![set].push(...times);
				left[at] = { least: least - times.length, ms: ms - times.reduce((sum, one) => sum + one, 0) };
			}
		}
	}
	return timed;
}

/** How often an engine finds what was meant. */
export async function judge(engine: Asked): Promise<Recalled> {
	const recalled = {} as Recalled;
	for (const set of JUDGED) {
		const queries = judgedQueries(set);
		const { hits } = await engine.ask(
			queries.map(({ q }) => q),
			JUDGING
		);
		recalled[set] = { share: recall(queries, hits), of: hits.length };
	}
	return recalled;
}
