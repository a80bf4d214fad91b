/**
 * Migrates as a server does at its start, and is killed in the middle: `node tests/support/dying-migration.ts URL N` dies with the
 * N-th statement of the migration. The last migration is made up and writes over every row of the journal.
 */
import process from 'node:process';
import { sql, type KyselyPlugin } from 'kysely';
import { migrations, type Migration } from '#lib/server/storage/migrations.ts';
import { connectStore, migrate } from '#lib/server/storage/store.ts';

/** A next migration that changes the schema and every row. */
export const madeUp: readonly Migration[] = [
	...migrations,
	{
		name: '9999-made-up',
		async up(db) {
			await db.schema.alterTable('journal').addColumn('weight', 'integer').execute();
			await sql`update journal set weight = 1, code = 'written over'`.execute(db);
			await db.schema
				.createTable('made_up')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.execute();
			await sql`update journal_bodies set body = 'written over'`.execute(db);
			await db.schema.createIndex('journal_by_weight').on('journal').column('weight').execute();
		}
	}
];

if (process.argv[1] === import.meta.filename) {
	const [url = '', last] = process.argv.slice(2);
	const store = await connectStore(url);
	let statements = 0;
	const dying: KyselyPlugin = {
		transformQuery({ node }) {
			statements += 1;
			// No handler runs, nothing is flushed or rolled back by us.
			if (statements === Number(last)) process.kill(process.pid, 'SIGKILL');
			return node;
		},
		transformResult: async ({ result }) => result
	};
	await migrate({ ...store, db: store.db.withPlugin(dying) }, madeUp);
	console.log(statements);
	await store.close();
}
