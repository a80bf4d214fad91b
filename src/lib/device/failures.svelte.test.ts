import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { depsOver, FakeServer } from '#lib/sync/fake-server.ts';
import { flush } from '#lib/sync/flush.ts';
import { isFull } from './failures.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import { addVisit, changeVisit, readStamp, removeVisit, type Stamp } from './visits.ts';

let device: TestDevice;
let stamp: Stamp;

const { transaction } = IDBDatabase.prototype;
/** What becomes of transactions on some connections. */
const spoilt = new WeakMap<IDBDatabase, (begin: () => IDBTransaction) => IDBTransaction>();
/** The same for all connections there are and will be. */
let spoilAll: ((begin: () => IDBTransaction) => IDBTransaction) | undefined;

beforeEach(async () => {
	// Dexie keeps the function of a connection when it opens it.
	IDBDatabase.prototype.transaction = function (...args: Parameters<typeof transaction>) {
		const begin = () => transaction.apply(this, args);
		const spoil = spoilAll ?? spoilt.get(this);
		return spoil ? spoil(begin) : begin();
	};
	device = await testDevice();
	stamp = await readStamp(device);
});

afterEach(async () => {
	IDBDatabase.prototype.transaction = transaction;
	await device.remove();
});

const lost = () => new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
const refuse = () => {
	throw lost();
};

/** How this browser loses a database; the next connection is whole again. */
const losses: Record<string, (connection: IDBDatabase) => void> = {
	'before a transaction begins': (connection) => connection.close(),
	'when a transaction begins': (connection) => void spoilt.set(connection, refuse),
	'in the middle of a transaction': (connection) => {
		spoilt.set(connection, (begin) => {
			const begun = begin();
			const called = { value: lost() };
			Object.defineProperty(begun, 'error', called);
			begun.addEventListener('error', ({ target }) => Object.defineProperty(target, 'error', called), {
				capture: true
			});
			setTimeout(() => begun.abort());
			// Nothing of it may be carried through before that.
			begun.commit = () => undefined;
			const keepBusy = (): void => {
				begun.objectStore(begun.objectStoreNames[0]!).count().onsuccess = keepBusy;
			};
			keepBusy();
			return begun;
		});
	}
};

const counts = async () => [await device.db.visits.count(), await device.db.outbox.count()];

describe.each(Object.entries(losses))('a browser that loses the database %s', (_, lose) => {
	it('is asked for it once more: what was being saved is saved, once', async () => {
		lose(device.db.backendDB());
		const id = await addVisit(device, stamp, { language: 'ar' });
		expect(await counts()).toEqual([1, 1]);
		lose(device.db.backendDB());
		expect(await changeVisit(device, stamp, id, { language: 'so' })).toBeDefined();
		expect(await counts()).toEqual([1, 2]);
		lose(device.db.backendDB());
		expect(await removeVisit(device, stamp, id)).toBeDefined();
		expect(await counts()).toEqual([1, 3]);
	});

	it('and what waits is delivered once', async () => {
		const server = new FakeServer(device);
		await addVisit(device, stamp, { language: 'ar' });
		lose(device.db.backendDB());
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		await addVisit(device, stamp, { language: 'ar' });
		lose(device.open.backendDB());
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await counts()).toEqual([2, 0]);
		expect([...server.effects.values()]).toEqual([1, 1]);
	});
});

it('a save that was carried through although the browser called it lost is not made twice', async () => {
	spoilt.set(device.db.backendDB(), (begin) => {
		const begun = begin();
		Object.defineProperty(begun, 'error', { value: lost() });
		Object.defineProperty(begun, 'oncomplete', {
			set: () => begun.addEventListener('complete', (event) => begun.onabort?.(event))
		});
		return begun;
	});
	await addVisit(device, stamp, { language: 'ar' });
	expect(await counts()).toEqual([1, 1]);
});

it('a browser that does not give it back: the save fails, nothing is half written, and it works later', async () => {
	spoilAll = refuse;
	try {
		await expect(addVisit(device, stamp, { language: 'ar' })).rejects.toThrow('server lost');
	} finally {
		spoilAll = undefined;
	}
	expect(await counts()).toEqual([0, 0]);
	await addVisit(device, stamp, { language: 'ar' });
	expect(await counts()).toEqual([1, 1]);
});

it('tells a full device from another failure, however it is wrapped', () => {
	const full = new DOMException('No room.', 'QuotaExceededError');
	expect(isFull(full)).toBe(true);
	expect(isFull(Object.assign(new Error('Aborted'), { inner: full }))).toBe(true);
	expect(isFull(lost())).toBe(false);
	expect(isFull('QuotaExceededError')).toBe(false);
});
