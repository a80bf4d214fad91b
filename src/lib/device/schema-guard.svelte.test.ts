import { Dexie } from 'dexie';
import { afterEach, expect, it } from 'vitest';
import { newDatabaseName } from './device.ts';
import { openDevice } from './open-device.ts';
import { DEVICE_SCHEMA } from './membership-db.ts';
import { PUBLIC_SCHEMA, PublicDb } from './public-db.ts';
import { NewerDatabase, openGuarded } from './schema-guard.ts';
import { testDevice } from './test-device.ts';
import { addVisit, readStamp } from './visits.ts';

const leftovers: string[] = [];
afterEach(async () => {
	for (const name of leftovers.splice(0)) await Dexie.delete(name);
});

/** Everything in a database, read without Dexie, so that nothing but the bytes is compared. */
async function contents(name: string): Promise<[number, Record<string, unknown[]>]> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(name);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const rows: Record<string, unknown[]> = {};
	for (const store of db.objectStoreNames) {
		rows[store] = await new Promise((resolve, reject) => {
			const request = db.transaction(store).objectStore(store).getAll();
			request.onsuccess = () => resolve(request.result as unknown[]);
			request.onerror = () => reject(request.error);
		});
	}
	db.close();
	return [db.version, rows];
}

/** The app of tomorrow opened this database once. */
async function upgraded(name: string, tables: Record<string, string>, version: number): Promise<void> {
	const newer = new Dexie(name);
	newer.version(version).stores({ ...tables, photos: 'id' });
	await newer.open();
	await newer.table('photos').add({ id: 1 });
	newer.close();
}

it('writes nothing into a database that a newer version left behind', async () => {
	const device = await testDevice();
	const { db, open, membership } = device;
	await addVisit(device, await readStamp(device), { language: 'ar' });
	leftovers.push(db.name, open.name);
	const tables = Object.fromEntries(db.tables.map(({ name, schema }) => [name, schema.primKey.src]));
	db.close();
	await upgraded(db.name, tables, DEVICE_SCHEMA + 1);
	const before = await contents(db.name);
	await expect(openDevice(open, membership)).rejects.toBeInstanceOf(NewerDatabase);
	expect(await contents(db.name)).toEqual(before);
	expect(before[1]['visits']).toHaveLength(1);
	open.close();
});

it('holds for the public database, too', async () => {
	const name = newDatabaseName();
	leftovers.push(name);
	await upgraded(name, { settings: 'key' }, PUBLIC_SCHEMA + 3);
	const before = await contents(name);
	await expect(openGuarded(new PublicDb(name))).rejects.toBeInstanceOf(NewerDatabase);
	expect(await contents(name)).toEqual(before);
});

it('does not come back to a database that a newer version took over while this one was open', async () => {
	const device = await testDevice();
	const { db, open } = device;
	const stamp = await readStamp(device);
	leftovers.push(db.name, open.name);
	const tables = Object.fromEntries(db.tables.map(({ name, schema }) => [name, schema.primKey.src]));
	await upgraded(db.name, tables, DEVICE_SCHEMA + 1);
	const before = await contents(db.name);
	await expect(addVisit(device, stamp, { language: 'ar' })).rejects.toThrow(/closed/);
	await expect(db.visits.count()).rejects.toThrow(/closed/);
	expect(await contents(db.name)).toEqual(before);
	open.close();
});

it('opens a database of its own version, again and again', async () => {
	const device = await testDevice();
	const { replica } = await readStamp(device);
	for (let round = 0; round < 3; round += 1) {
		const tab = await device.tab();
		expect((await readStamp(tab)).replica).toBe(replica);
	}
	await device.remove();
});
