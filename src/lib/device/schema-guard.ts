import type { Dexie } from 'dexie';

/** Dexie keeps its version 1 as IndexedDB version 10. */
const DEXIE_FACTOR = 10;

/** Thrown when the database on this device was written by a newer version of the app. Nothing was read or written. */
export class NewerDatabase extends Error {
	constructor() {
		super('The database on this device belongs to a newer version of the app.');
		this.name = 'NewerDatabase';
	}
}

/** The version that the browser keeps of a database, 0 where there is none. Asking makes none. */
function storedVersion(name: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name);
		let made = false;
		request.onupgradeneeded = () => {
			made = true;
			request.transaction?.abort();
		};
		request.onsuccess = () => {
			const { version } = request.result;
			request.result.close();
			resolve(version);
		};
		request.onerror = (event) => {
			event.preventDefault();
			if (made) resolve(0);
			else reject(request.error ?? new DOMException('No storage.', 'UnknownError'));
		};
	});
}

/**
 * Opens the database, unless it is newer than this code. Dexie would open it without complaint: it would add the indexes and
 * tables that this version has and the newer one has not, and write rows that the newer one cannot read (design.md, "schema
 * guard"). A newer version that comes while this one is open gets the database and keeps it.
 */
export async function openGuarded<D extends Dexie>(db: D, schema: number): Promise<D> {
	if (Math.floor((await storedVersion(db.name)) / DEXIE_FACTOR) > schema) throw new NewerDatabase();
	db.on('versionchange', () => {
		db.close();
		// Dexie's own handler would close it so that the next query opens it again, past this guard.
		return false;
	});
	await db.open();
	return db;
}
