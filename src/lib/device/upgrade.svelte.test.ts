import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it } from 'vitest';
import DyingUpgrade from './fixtures/dying-upgrade.ts?worker';
import { Tomorrow } from './fixtures/dying-upgrade.ts';
import { DEVICE_SCHEMA } from './membership-db.ts';
import { openGuarded } from './schema-guard.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import { addVisit, readStamp } from './visits.ts';

/** An upgrade of the phone's database that does not come to its end (design.md §5.9): all of it, or nothing of it. */

let device: TestDevice;
beforeEach(async () => {
	device = await testDevice();
	for (let visit = 0; visit < 20; visit += 1)
		await addVisit(device, await readStamp(device), { language: 'ar', note: `visit ${visit}` });
	device.db.close();
});
afterEach(async () => {
	await Dexie.delete(device.db.name);
	await device.remove();
});

/** Version, tables and visits, read without any of our code. */
async function bare(name: string) {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(name);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const visits = await new Promise<unknown[]>((resolve, reject) => {
		const request = db.transaction('visits').objectStore('visits').getAll();
		request.onsuccess = () => resolve(request.result as unknown[]);
		request.onerror = () => reject(request.error);
	});
	const found = { version: db.version / 10, tables: [...db.objectStoreNames], visits };
	db.close();
	return found;
}

/** The next start, with an upgrade that works. */
async function startAgain() {
	const db = await openGuarded(new Tomorrow(device.db.name, async () => undefined));
	const [visits, waiting] = [await db.visits.toArray(), await db.outbox.count()];
	db.close();
	return { visits: visits.length, upgraded: visits.filter((row) => 'day' in row).length, waiting };
}
const all = { visits: 20, upgraded: 20, waiting: 20 };

it('that fails half-way changes nothing, the version of before still opens, and the next start completes it', async () => {
	const { name } = device.db;
	const before = await bare(name);
	expect(before).toMatchObject({ version: DEVICE_SCHEMA, visits: { length: 20 } });
	const failing = new Tomorrow(name, async () => {
		throw new Error('A row that nobody foresaw');
	});
	await expect(openGuarded(failing)).rejects.toThrow('A row that nobody foresaw');
	failing.close();
	expect(await bare(name)).toEqual(before);
	const tab = await device.tab();
	expect(await tab.db.visits.count()).toBe(20);
	tab.db.close();
	expect(await startAgain()).toEqual(all);
});

it('whose page is killed in the middle changes nothing, and the next start completes it', async () => {
	const { name } = device.db;
	const before = await bare(name);
	const page = new DyingUpgrade();
	const inTheMiddle = new Promise((resolve) => page.addEventListener('message', resolve, { once: true }));
	page.postMessage(name);
	await inTheMiddle;
	page.terminate();
	expect(await bare(name)).toEqual(before);
	expect(await startAgain()).toEqual(all);
	expect(await bare(name)).toMatchObject({ version: DEVICE_SCHEMA + 1, visits: { length: 20 } });
});
