import type { Filter } from '#lib/directory/filter.ts';
import type { Found, SearchIndex } from './search-index.ts';

/** What lies on the phone one by one, beside a pack. */
export interface Own {
	/** Undefined where there is nothing of that kind. */
	index: SearchIndex | undefined;
	/** Entries of the pack that are not to be found there: their newer state is in `index`, or they are gone. */
	hidden: ReadonlySet<string>;
}

export interface Question {
	query: string;
	filter: Filter;
	limit: number;
}

/** Searches the pack and what changed since as if they were one directory; an empty query lists what passes the filter. */
export function searchBoth(
	pack: SearchIndex | undefined,
	own: Own | undefined,
	{ query, filter, limit }: Question
): Found {
	const ask = (index: SearchIndex | undefined, hidden?: ReadonlySet<string>) =>
		query === '' ? index?.list(filter, limit, hidden) : index?.find(query, limit, filter, hidden);
	const found = [ask(own?.index), ask(pack, own?.hidden)].filter((one) => one !== undefined);
	const unknown = found[0]?.unknown.filter((word) => found.every((one) => one.unknown.includes(word))) ?? [];
	return {
		hits: found
			.flatMap(({ hits }) => hits)
			.sort((a, b) => b.score - a.score)
			.slice(0, limit),
		total: found.reduce((sum, { total }) => sum + total, 0),
		terms: [...new Set(found.flatMap(({ terms }) => terms))],
		// A word that one of the two knows is no mistake.
		meant: found.map(({ meant }) => meant).findLast((meant) => meant && unknown.includes(meant.word)),
		unknown
	};
}
