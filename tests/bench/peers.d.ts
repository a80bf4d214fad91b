/**
 * What the benches use of their peers. Declared here, because the peers are installed for a bench only and the types of all
 * files are checked without them.
 */
declare module 'pouchdb' {
	interface Replicated {
		ok: boolean;
		docs_written: number;
	}
	export default class PouchDB {
		constructor(name: string, options?: Record<string, unknown>);
		static defaults(options: Record<string, unknown>): typeof PouchDB;
		info(): Promise<unknown>;
		put(document: Record<string, unknown> & { _id: string }): Promise<unknown>;
		bulkDocs(documents: Record<string, unknown>[]): Promise<unknown>;
		replicate: { to(target: PouchDB, options?: { batch_size?: number }): Promise<Replicated> };
		destroy(): Promise<unknown>;
	}
}

declare module 'express-pouchdb' {
	import type { RequestListener } from 'node:http';
	import type PouchDB from 'pouchdb';
	export default function expressPouchDB(
		database: typeof PouchDB,
		options: Record<string, unknown>
	): RequestListener;
}

declare module 'leveldown' {
	type Batch = (operations: unknown[], options: object, callback: (error?: Error) => void) => void;
	const leveldown: { prototype: { _batch: Batch } };
	export default leveldown;
}

declare module 'rxdb/plugins/core' {
	interface Collection {
		insert(document: Record<string, unknown>): Promise<unknown>;
		bulkInsert(documents: Record<string, unknown>[]): Promise<unknown>;
	}
	interface Database {
		addCollections(collections: Record<string, unknown>): Promise<Record<string, Collection>>;
		remove(): Promise<unknown>;
	}
	export function createRxDatabase(options: Record<string, unknown>): Promise<Database>;
}

declare module 'rxdb/plugins/replication' {
	import type { Collection } from 'rxdb/plugins/core';
	export function replicateRxCollection(options: {
		collection: Collection;
		replicationIdentifier: string;
		live: boolean;
		push: { handler: (rows: unknown[]) => Promise<unknown[]>; batchSize?: number };
	}): { awaitInitialReplication(): Promise<unknown> };
}

declare module 'rxdb/plugins/storage-dexie' {
	export function getRxStorageDexie(): unknown;
}

declare module 'minisearch' {
	interface Options {
		fields: string[];
		searchOptions: { prefix: boolean; fuzzy: number; boost: Record<string, number> };
	}
	export default class MiniSearch {
		constructor(options: Options);
		static loadJSON(json: string, options: Options): MiniSearch;
		addAll(documents: readonly object[]): void;
		search(query: string): { id: string }[];
	}
}

declare module 'flexsearch' {
	export class Document {
		constructor(options: { document: { id: string; index: string[] }; tokenize: 'forward' });
		add(document: object): void;
		search(query: string, options: { limit: number; suggest: true; merge: true }): { id: number }[];
		export(part: (key: string, data: string) => void): Promise<void>;
		import(key: string, data: string): Promise<void>;
	}
}

declare module '@orama/orama' {
	interface Index {
		data: unknown;
	}
	export function create(options: {
		schema: Record<string, string>;
		components: {
			tokenizer: { language: string; stemming: boolean; stemmer?: (word: string) => string };
		};
	}): Index;
	export function insertMultiple(
		index: Index,
		documents: readonly object[],
		batch: number
	): Promise<string[]> | string[];
	export function save(index: Index): unknown;
	export function load(index: Index, saved: unknown): void;
	export function search(
		index: Index,
		options: { term: string; limit: number; tolerance: number; boost: Record<string, number> }
	): Promise<{ hits: { id: string }[] }> | { hits: { id: string }[] };
}

declare module '@orama/stemmers/finnish' {
	export function stemmer(word: string): string;
}

declare module 'lunr' {
	interface Builder {
		use(plugin: () => void): void;
		ref(field: string): void;
		field(name: string, options: { boost: number }): void;
		add(document: object): void;
	}
	interface Query {
		term(
			term: object,
			options: { boost: number; usePipeline?: boolean; wildcard?: number; editDistance?: number }
		): void;
	}
	interface Index {
		query(build: (query: Query) => void): { ref: string }[];
	}
	interface Lunr {
		(build: (this: Builder) => void): Index;
		Index: { load(saved: unknown): Index };
		Query: { wildcard: { TRAILING: number } };
		tokenizer(text: string): object[];
		multiLanguage(...languages: string[]): () => void;
	}
	const lunr: Lunr;
	export default lunr;
}

declare module 'lunr-languages/*' {
	import type lunr from 'lunr';
	const extend: (to: typeof lunr) => void;
	export default extend;
}

declare module 'fuse.js' {
	interface Key {
		name: string;
		weight: number;
	}
	interface FuseIndex {
		toJSON(): object;
	}
	export default class Fuse<T> {
		constructor(documents: readonly T[], options: { keys: Key[]; ignoreLocation: boolean }, index: FuseIndex);
		static createIndex(keys: Key[], documents: readonly object[]): FuseIndex;
		static parseIndex(saved: unknown): FuseIndex;
		search(query: string, options: { limit: number }): { item: T }[];
	}
}

declare module 'lighthouse' {
	interface Result {
		lhr: {
			categories: Record<string, { score: number | null; auditRefs: { id: string }[] }>;
			audits: Record<string, { id: string; title: string; score: number | null }>;
		};
	}
	export default function lighthouse(
		url: string,
		flags: { port: number; onlyCategories: string[]; disableStorageReset: boolean; logLevel: 'error' }
	): Promise<Result | undefined>;
}
