import PouchDB from 'pouchdb';
import type { FixtureVisit } from '../support/fixture.ts';
import { makeStrict } from '../support/strict.ts';

let local: PouchDB;
let remote: PouchDB;
let written = 0;

/** The same visits in a database of PouchDB, and an empty one on its server, made beforehand. */
export async function prepare(round: number, visits: readonly FixtureVisit[]): Promise<void> {
	local = new PouchDB(`bench-${round}`);
	remote = new PouchDB(`${location.origin}/bench-${round}`);
	await remote.info();
	await local.bulkDocs(visits.map(({ id, fields }) => ({ _id: id, ...fields })));
}

/** One replication to the server; without a number in PouchDB's usual batches. */
export async function send(batch?: number): Promise<number> {
	const start = performance.now();
	const result = await local.replicate.to(remote, batch === undefined ? {} : { batch_size: batch });
	const time = performance.now() - start;
	written = result.ok ? result.docs_written : 0;
	return time;
}

/** Documents written on the server. */
export async function finish(): Promise<number> {
	await local.destroy();
	await remote.destroy();
	return written;
}

export { makeStrict };
