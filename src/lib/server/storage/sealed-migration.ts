import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export async function sealed({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('organisation_keys')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('kid', 'text', (c) => c.notNull())
		.addColumn('public_key', 'text', (c) => c.notNull())
		.addColumn('private_key', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('retired_at', 'bigint')
		.addPrimaryKeyConstraint('organisation_keys_pk', ['organisation_id', 'kid'])
		.execute();
	await schema.alterTable('devices').addColumn('wiped_at', 'bigint').execute();
}
