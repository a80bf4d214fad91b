import type { Dexie } from 'dexie';
import { leaveNothing } from './halted-page.ts';

/** Thrown when the database on this device was written by a newer version of the app. Nothing was read or written. */
export class NewerDatabase extends Error {
	constructor() {
		super('The database is newer than this app.');
		this.name = 'NewerDatabase';
	}
}

/**
 * IndexedDB as Dexie gets it. Dexie asks for its own version first; where the database is newer, the browser refuses and Dexie
 * asks for whatever version there is. It would open that without complaint: it would add the indexes and tables that this
 * version has and the newer one has not, and write rows that the newer one cannot read (design.md, "schema guard").
 */
export const guardedStorage = {
	open(name: string, version?: number): IDBOpenDBRequest {
		if (version === undefined) throw new NewerDatabase();
		const request = indexedDB.open(name, version);
		// Only pages are halted.
		if ('document' in globalThis) leaveNothing(request);
		return request;
	},
	deleteDatabase: (name: string) => indexedDB.deleteDatabase(name),
	databases: () => indexedDB.databases(),
	cmp: (first: unknown, second: unknown) => indexedDB.cmp(first, second)
} satisfies IDBFactory;

/**
 * Opens a database that was made with `guardedStorage`; throws `NewerDatabase` where it is newer than this code. A newer version
 * that comes while this one is open gets the database and keeps it.
 */
export async function openGuarded<D extends Dexie>(db: D): Promise<D> {
	db.on('versionchange', () => {
		db.close();
		// Dexie's own handler would close it so that the next query opens it again, past this guard.
		return false;
	});
	await db.open();
	return db;
}
