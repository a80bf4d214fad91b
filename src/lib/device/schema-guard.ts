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

/**
 * Opens the database, unless it is newer than this code: Dexie would open it without complaint and write rows that the
 * newer version cannot read (design.md, "schema guard").
 */
export async function openGuarded<D extends Dexie>(db: D, schema: number): Promise<D> {
	await db.open();
	if (Math.floor(db.backendDB().version / DEXIE_FACTOR) > schema) {
		db.close();
		throw new NewerDatabase();
	}
	return db;
}
