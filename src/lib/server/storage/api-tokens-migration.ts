import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** With what programs of a municipality read the public figures of an organisation. */
export async function apiTokens({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('api_tokens')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('token_hash', 'text', (c) => c.notNull().unique())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('expires_at', 'bigint', (c) => c.notNull())
		.addColumn('used_at', 'bigint')
		.addColumn('revoked_at', 'bigint')
		.addPrimaryKeyConstraint('api_tokens_pk', ['organisation_id', 'id'])
		.execute();
}
