import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What clients thought of the help, in sums, and which forms of the public page were counted. */
export async function feedback({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('feedback_sums')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('month', 'text', (c) => c.notNull())
		.addColumn('desk_id', 'text', (c) => c.notNull())
		.addColumn('language', 'text', (c) => c.notNull())
		.addColumn('source', 'text', (c) => c.notNull())
		.addColumn('question', 'text', (c) => c.notNull())
		.addColumn('answer', 'text', (c) => c.notNull())
		.addColumn('count', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('feedback_sums_pk', [
			'organisation_id',
			'month',
			'desk_id',
			'language',
			'source',
			'question',
			'answer'
		])
		.execute();
	await schema
		.createTable('feedback_forms')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('form_hash', 'text', (c) => c.notNull())
		.addColumn('desk_id', 'text', (c) => c.notNull())
		.addColumn('date', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('feedback_forms_pk', ['organisation_id', 'form_hash'])
		.execute();
}
