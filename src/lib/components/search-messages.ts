import type { Filter } from '#lib/directory/filter.ts';
import type { Found } from '#lib/directory/search/search-index.ts';
import type { Service } from '#lib/domain/service.ts';

/** The index of a pack, and the ids of its entries. */
interface PackIndex {
	bytes: Uint8Array<ArrayBuffer>;
	ids: readonly string[];
}

/** What the page asks of the worker that searches. Each is answered once, with its number. */
export type Asked = { number: number } &
	/**
	 * The entries that lie on the phone one by one, and the ids of the pack that they stand for or that are gone. `pack`: the index of
	 * another pack, null of none; without it the one of before stays.
	 */
	(
		| { kind: 'own'; services: readonly Service[]; hidden: readonly string[]; pack?: PackIndex | null }
		/** An empty query lists what passes the filter. */
		| { kind: 'find'; query: string; filter: Filter; limit: number }
	);

export type Answered = { number: number } & ({ found: Found } | { failed: string });
