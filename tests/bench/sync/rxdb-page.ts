import { createRxDatabase, type Collection, type Database } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { FixtureVisit } from '../support/fixture.ts';

let db: Database;
let visits: Collection;
let round: number;
let delivered = 0;

/** The same visits in a collection of RxDB. */
export async function prepare(number: number, all: readonly FixtureVisit[]): Promise<void> {
	round = number;
	delivered = 0;
	db = await createRxDatabase({ name: `bench-${round}`, storage: getRxStorageDexie(), multiInstance: false });
	const collections = await db.addCollections({
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
	visits = collections['visits']!;
	await visits.bulkInsert(all.map(({ id, fields }) => ({ id, ...fields })));
}

/** One push to the server, in RxDB's usual batches unless a number is given. */
export async function send(batch?: number): Promise<number> {
	const start = performance.now();
	const replication = replicateRxCollection({
		collection: visits,
		replicationIdentifier: `bench-${round}`,
		live: false,
		push: {
			async handler(rows) {
				const answer = await fetch('/push', { method: 'POST', body: JSON.stringify(rows) });
				const conflicts = (await answer.json()) as unknown[];
				delivered += rows.length;
				return conflicts;
			},
			...(batch === undefined ? {} : { batchSize: batch })
		}
	});
	await replication.awaitInitialReplication();
	return performance.now() - start;
}

/** Documents that the server has taken. */
export async function finish(): Promise<number> {
	await db.remove();
	return delivered;
}
