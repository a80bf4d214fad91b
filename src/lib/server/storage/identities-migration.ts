import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** By which name the municipality's directory knows members, and codes that only the browser that asked for them can use. */
export async function identities({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('identities')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('issuer', 'text')
		.addColumn('subject', 'text')
		.addColumn('set_at', 'bigint', (c) => c.notNull())
		.addColumn('used_at', 'bigint')
		.addPrimaryKeyConstraint('identities_pk', ['organisation_id', 'membership_id'])
		.addUniqueConstraint('identities_name', ['organisation_id', 'name'])
		.addUniqueConstraint('identities_subject', ['organisation_id', 'issuer', 'subject'])
		.execute();
	await schema
		.alterTable('invitations')
		.addColumn('way', 'text', (c) => c.notNull().defaultTo('code'))
		.execute();
	await schema.alterTable('invitations').addColumn('browser', 'text').execute();
	await schema.alterTable('invitations').addColumn('proved_at', 'bigint').execute();
}
