import { seeded } from '../../../src/lib/server/demo/random.ts';
import { kindOf, prefixQueries, twoWordQueries, typoQueries } from './directory.ts';
import queries from './queries.json' with { type: 'json' };

/** Queries to take the time of. */
export const TIMED = {
	prefix: prefixQueries,
	typo: typoQueries,
	twoWords: twoWordQueries
};

export type TimedSet = keyof typeof TIMED;

/** Queries of whose answers we know what is right. */
export const JUDGED = ['inflection', 'typo', 'cross'] as const;

export type JudgedSet = (typeof JUDGED)[number];

interface Judged {
	q: string;
	want: readonly string[];
}

/** The half that nothing was tuned on, in a drawn order: an engine that gets no further than some is asked about all subjects. */
export function judgedQueries(set: JudgedSet): Judged[] {
	const random = seeded(1);
	return (queries[set] as (Judged & { half: string })[])
		.filter(({ half }) => half === 'test')
		.map((query) => ({ query, place: random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ query }) => query);
}

/** Share of the queries that were answered with a wanted kind among the first five. */
export function recall(judged: readonly Judged[], hits: readonly (readonly string[])[]): number {
	const right = hits.filter((ids, at) =>
		ids.slice(0, 5).some((id) => judged[at]?.want.includes(kindOf(id) ?? ''))
	);
	return right.length / hits.length;
}
