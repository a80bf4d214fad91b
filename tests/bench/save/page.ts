import PouchDB from 'pouchdb';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { openPublic } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import { readStamp } from '../../../src/lib/device/stamp.ts';
import { addVisit, type FieldValues } from '../../../src/lib/device/visits.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import { durability, makeStrict } from '../support/strict.ts';

export type EngineName = 'raw' | 'reppu' | 'pouchdb' | 'rxdb';
export interface Saved {
	id: string;
	now: number;
	fields: Record<string, unknown>;
	/** The visit as one flat document. */
	document: Record<string, unknown>;
}
type Save = (visit: Saved) => Promise<unknown>;

makeStrict();

/** The limit: what a save needs at least, by hand. The op carries the visit's fields, as an op on the wire must. */
async function raw(): Promise<Save> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open('limit', 1);
		request.onupgradeneeded = () => {
			request.result.createObjectStore('visits', { keyPath: 'id' });
			request.result.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
		};
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	return ({ now, document, fields }) =>
		new Promise<void>((resolve, reject) => {
			const transaction = db.transaction(['visits', 'outbox'], 'readwrite', { durability: 'strict' });
			transaction.oncomplete = () => resolve();
			transaction.onerror = () => reject(transaction.error);
			transaction.objectStore('visits').put(document);
			transaction.objectStore('outbox').put({ opId: newId(now), recordId: document['id'], fields });
			transaction.commit();
		});
}

async function reppu(): Promise<Save> {
	const open = await openPublic();
	const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
		'sign',
		'verify'
	]);
	const device = await openDevice(open, {
		id: newId(),
		organisation: newId(),
		organisationName: 'Bench',
		role: 'adviser',
		name: 'Bench',
		device: newId(),
		database: 'reppu-bench',
		key,
		usedAt: Date.now()
	});
	const stamp = await readStamp(device);
	return ({ id, now, fields }) => addVisit(device, stamp, fields as FieldValues, { now, id });
}

async function pouchdb(): Promise<Save> {
	const db = new PouchDB('bench');
	await db.info();
	return ({ document: { id, ...rest } }) => db.put({ _id: id as string, ...rest });
}

async function rxdb(): Promise<Save> {
	const db = await createRxDatabase({ name: 'bench', storage: getRxStorageDexie(), multiInstance: true });
	const { visits } = await db.addCollections({
		visits: {
			schema: {
				version: 0,
				type: 'object',
				primaryKey: 'id',
				properties: { id: { type: 'string', maxLength: 36 } },
				additionalProperties: true
			}
		}
	});
	return ({ document }) => visits!.insert(document);
}

const engines: Record<EngineName, Promise<Save>> = {
	raw: raw(),
	reppu: reppu(),
	pouchdb: pouchdb(),
	rxdb: rxdb()
};

/** Saves the visits one after the other; ms of each, from the call until its promise resolves. */
export async function save(engine: EngineName, visits: readonly Saved[]): Promise<number[]> {
	const one = await engines[engine];
	const times: number[] = [];
	for (const visit of visits) {
		const start = performance.now();
		await one(visit);
		times.push(performance.now() - start);
	}
	return times;
}

export { durability };

export interface SavePage {
	save: typeof save;
	durability: typeof durability;
}
