import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Sessions that people see and end, passkeys, and what is asked to be signed by them. */
export async function accounts(db: Kysely<Database>): Promise<void> {
	const { schema } = db;
	await schema
		.alterTable('sessions')
		.addColumn('id', 'text', (c) => c.notNull().defaultTo(''))
		.execute();
	await schema
		.alterTable('sessions')
		.addColumn('way', 'text', (c) => c.notNull().defaultTo('code'))
		.execute();
	await schema
		.alterTable('sessions')
		.addColumn('proved_at', 'bigint', (c) => c.notNull().defaultTo(0))
		.execute();
	// Names of the form of a UUID for those that are there: part of a hash of 256 random bits tells nothing.
	await sql`update sessions set id = substr(token_hash, 1, 8) || '-' || substr(token_hash, 9, 4) || '-4' ||
		substr(token_hash, 14, 3) || '-8' || substr(token_hash, 18, 3) || '-' || substr(token_hash, 21, 12)`.execute(
		db
	);
	await schema
		.createIndex('sessions_by_id')
		.on('sessions')
		.columns(['organisation_id', 'id'])
		.unique()
		.execute();
	await schema.alterTable('invitations').addColumn('made_by', 'text').execute();
	await schema
		.createTable('passkeys')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('public_key', 'text', (c) => c.notNull())
		.addColumn('counter', 'bigint', (c) => c.notNull())
		.addColumn('transports', 'text', (c) => c.notNull())
		.addColumn('synced', 'integer', (c) => c.notNull())
		.addColumn('backed_up', 'integer', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('used_at', 'bigint')
		.addPrimaryKeyConstraint('passkeys_pk', ['organisation_id', 'id'])
		.execute();
	await schema.createIndex('passkeys_by_id').on('passkeys').column('id').unique().execute();
	await schema
		.createIndex('passkeys_by_member')
		.on('passkeys')
		.columns(['organisation_id', 'membership_id'])
		.execute();
	await schema
		.createTable('challenges')
		.addColumn('hash', 'text', (c) => c.primaryKey())
		.addColumn('purpose', 'text', (c) => c.notNull())
		.addColumn('subject', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'bigint', (c) => c.notNull())
		.execute();
	await schema.createIndex('challenges_by_end').on('challenges').column('expires_at').execute();
}
