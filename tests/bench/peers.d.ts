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
