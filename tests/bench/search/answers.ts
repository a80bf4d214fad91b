import type { Find } from './peers/peer.ts';

/** What an engine answered: as many of the queries as there was time for, in their order. */
export interface Answers {
	/** ms of each. */
	times: number[];
	hits: string[][];
}

/** How much is asked. */
export interface Budget {
	/** So many queries whatever they take. */
	least: number;
	/** The others while so many ms are not used up. */
	ms: number;
}

/** Asks one query after the other. */
export async function answers(
	find: Find,
	queries: readonly string[],
	{ least, ms }: Budget
): Promise<Answers> {
	const times: number[] = [];
	const hits: string[][] = [];
	const begun = performance.now();
	for (const query of queries) {
		const start = performance.now();
		if (hits.length >= least && start - begun > ms) break;
		const found = await find(query);
		times.push(performance.now() - start);
		hits.push(found);
	}
	return { times, hits };
}
