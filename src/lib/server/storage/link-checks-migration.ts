import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export async function linkChecks({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('link_checks')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('url', 'text', (c) => c.notNull())
		.addColumn('checked_on', 'text', (c) => c.notNull())
		.addColumn('status', 'integer')
		.addColumn('fault', 'text')
		.addColumn('failed_days', 'integer', (c) => c.notNull())
		.addColumn('failing_since', 'text')
		.addColumn('failed_last', 'text')
		.addPrimaryKeyConstraint('link_checks_pk', ['organisation_id', 'id'])
		.execute();
}
