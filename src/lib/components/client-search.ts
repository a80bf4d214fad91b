import type { Filter } from '#lib/directory/filter.ts';

/** What somebody looks for in the directory. */
export interface Search {
	query: string;
	places: Filter;
}

const kept = new Map<number, Search>();
let last = 0;

/**
 * Searches as they were left, for the way back to them. The browser writes down what a page leaves behind for that; it gets a number, and
 * what the client looked for stays in memory and goes with the client.
 */
export function keepSearch(search: Search): number {
	last += 1;
	kept.set(last, search);
	return last;
}

export const keptSearch = (number: number): Search | undefined => kept.get(number);

export function forgetSearches(): void {
	kept.clear();
}
