import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What organisations let each other see, by whoever gives. */
export async function shares({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('shares')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('kinds', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('code_hash', 'text')
		.addColumn('expires_at', 'bigint', (c) => c.notNull())
		.addColumn('receiver_id', 'text')
		.addColumn('accepted_at', 'bigint')
		.addPrimaryKeyConstraint('shares_pk', ['organisation_id', 'id'])
		.execute();
	await schema.createIndex('shares_by_code').on('shares').column('code_hash').unique().execute();
	await schema.createIndex('shares_by_receiver').on('shares').column('receiver_id').execute();
}
