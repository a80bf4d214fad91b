import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What was printed for municipalities last, so that what is printed later hides what it hid. */
export async function printedReports({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('printed_reports')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('period_to', 'text', (c) => c.notNull())
		.addColumn('period_from', 'text', (c) => c.notNull())
		.addColumn('place', 'text', (c) => c.notNull())
		.addColumn('report', 'text', (c) => c.notNull())
		.addColumn('given_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('printed_reports_pk', ['organisation_id', 'period_to', 'period_from', 'place'])
		.execute();
}
