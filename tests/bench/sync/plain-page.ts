import type { FixtureVisit } from '../support/fixture.ts';

let db: IDBDatabase;
let name: string;

const done = <T>(request: IDBRequest<T>) =>
	new Promise<T>((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
const complete = (transaction: IDBTransaction) =>
	new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
	});

/** The limit on the phone's side: the visits in one store by number. */
export async function prepare(round: number, visits: readonly FixtureVisit[]): Promise<void> {
	name = `plain-${round}`;
	const request = indexedDB.open(name, 1);
	request.onupgradeneeded = () => {
		for (const store of ['outbox', 'sent']) request.result.createObjectStore(store, { autoIncrement: true });
	};
	db = await done(request);
	const transaction = db.transaction('outbox', 'readwrite');
	for (const { id, fields } of visits) transaction.objectStore('outbox').add({ id, ...fields });
	await complete(transaction);
}

/** All visits as lines of JSON, compressed, in one request; then one transaction moves them to what was sent. */
export async function send(): Promise<number> {
	const start = performance.now();
	const visits = await done(db.transaction('outbox').objectStore('outbox').getAll());
	const lines = new Blob([visits.map((visit) => JSON.stringify(visit)).join('\n')]);
	const body = await new Response(lines.stream().pipeThrough(new CompressionStream('gzip'))).blob();
	const answer = (await (await fetch('/', { method: 'POST', body })).json()) as { received: number };
	if (answer.received !== visits.length) throw new Error('Not delivered.');
	const transaction = db.transaction(['outbox', 'sent'], 'readwrite', { durability: 'strict' });
	for (const visit of visits) transaction.objectStore('sent').add(visit);
	transaction.objectStore('outbox').clear();
	await complete(transaction);
	return performance.now() - start;
}

/** Visits that were moved. */
export async function finish(): Promise<number> {
	const count = await done(db.transaction('sent').objectStore('sent').count());
	db.close();
	await done(indexedDB.deleteDatabase(name));
	return count;
}
