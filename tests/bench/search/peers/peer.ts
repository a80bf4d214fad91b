import type { SearchDocument } from '../documents.ts';

/** Ids of the best five, best first. */
export type Find = (query: string) => string[] | Promise<string[]>;

/** A search engine in a page. */
export interface Peer {
	/** The index in the form that the library's manual keeps it in. */
	build: (documents: readonly SearchDocument[]) => unknown;
	/** Makes what was kept ready to be asked. `documents` reads them, for a library whose index does not do without. */
	open: (kept: unknown, documents: () => Promise<SearchDocument[]>) => Find | Promise<Find>;
}
