import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { saveDraftAtOnce } from './drafts.ts';
import { testDevice } from './test-device.ts';
import { addVisit, readStamp } from './visits.ts';

const leftovers: string[] = [];
const anew = vi.spyOn(history, 'go').mockImplementation(() => undefined);
beforeEach(() => void anew.mockClear());
afterEach(() => {
	for (const name of leftovers.splice(0)) indexedDB.deleteDatabase(name);
});

async function device() {
	const made = await testDevice();
	leftovers.push(made.db.name, made.open.name);
	return made;
}

const leave = (persisted: boolean) => dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));

/** Dexie opens its connections again. */
const comeBack = () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

/** How a transaction ends that nobody would end. */
function endless(db: Dexie, table: string, mode: IDBTransactionMode): Promise<'complete' | 'abort'> {
	const transaction = db.backendDB().transaction(table, mode);
	const go = () => void (transaction.objectStore(table).count().onsuccess = go);
	go();
	return new Promise((resolve) => {
		transaction.onabort = () => resolve('abort');
		transaction.oncomplete = () => resolve('complete');
	});
}

it('leaves alone what was handed over: a save, and the last draft', async () => {
	const made = await device();
	const { db } = made;
	const stamp = await readStamp(made);
	const { commit } = IDBTransaction.prototype;
	vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: IDBTransaction) {
		commit.call(this);
		saveDraftAtOnce(db, { id: 'new', at: 1, values: { topic: 'housing' } });
		leave(true);
		comeBack();
	});
	await addVisit(made, stamp, { language: 'ar' });
	const other = new Dexie(db.name);
	await other.open();
	expect(await other.table('visits').count()).toBe(1);
	expect(await other.table('drafts').toCollection().primaryKeys()).toEqual(['new']);
	other.close();
});

it('breaks nothing off where the page goes for good: the browser does', async () => {
	const { db } = await device();
	const end = endless(db, 'outbox', 'readonly');
	leave(false);
	comeBack();
	expect(await Promise.race([end, db.outbox.count()])).toBe(0);
	expect(anew).not.toHaveBeenCalled();
});

it('breaks off what runs in a page that goes into memory for "back", so that nobody waits for it', async () => {
	const { db, open } = await device();
	const ends = [endless(db, 'outbox', 'readonly'), endless(db, 'meta', 'readwrite')];
	const inPublic = endless(open, 'packs', 'readonly');
	leave(true);
	comeBack();
	expect(await Promise.all([...ends, inPublic])).toEqual(['abort', 'abort', 'abort']);
	expect(anew).toHaveBeenCalledWith(0);
});
