import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Figures as they were given to somebody outside, so that what is given later hides what they hid. */
export async function publishedFigures({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('published_figures')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('quarter', 'text', (c) => c.notNull())
		.addColumn('report', 'text', (c) => c.notNull())
		.addColumn('given_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('published_figures_pk', ['organisation_id', 'quarter'])
		.execute();
}
