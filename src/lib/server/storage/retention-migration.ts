import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** For how long an organisation keeps what, what each night's run emptied, and the figures that stay of visits that are gone. */
export async function retention({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('retention_periods')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('class', 'text', (c) => c.notNull())
		.addColumn('months', 'integer', (c) => c.notNull())
		.addColumn('before', 'integer', (c) => c.notNull())
		.addColumn('set_at', 'bigint', (c) => c.notNull())
		.addColumn('set_by', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('retention_periods_pk', ['organisation_id', 'class'])
		.execute();
	await schema
		.createTable('retention_runs')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('date', 'text', (c) => c.notNull())
		.addColumn('changed_at', 'bigint', (c) => c.notNull())
		.addColumn('unfinished', 'integer', (c) => c.notNull())
		.addColumn('counts', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('retention_runs_pk', ['organisation_id', 'date'])
		.execute();
	await schema
		.createTable('retained_figures')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('month', 'text', (c) => c.notNull())
		.addColumn('municipality', 'text', (c) => c.notNull())
		.addColumn('contacts', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('retained_figures_pk', ['organisation_id', 'month', 'municipality'])
		.execute();
}
