import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Old registers that were brought in, and which rows of them, so that none comes in twice and each import can be taken back. */
export async function registerImports({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('register_imports')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('file', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('code', 'text')
		.addColumn('detail', 'text')
		.addColumn('mapping', 'text')
		.addColumn('result', 'text')
		.addColumn('made_by', 'text', (c) => c.notNull())
		.addColumn('applied_by', 'text')
		.addColumn('taken_back_by', 'text')
		.addColumn('made_at', 'bigint', (c) => c.notNull())
		.addColumn('changed_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('register_imports_pk', ['organisation_id', 'id'])
		.execute();
	await schema
		.createTable('register_rows')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('row_key', 'text', (c) => c.notNull())
		.addColumn('import_id', 'text', (c) => c.notNull())
		.addColumn('contacts', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('register_rows_pk', ['organisation_id', 'row_key'])
		.execute();
	await schema
		.createIndex('register_rows_by_import')
		.on('register_rows')
		.columns(['organisation_id', 'import_id', 'row_key'])
		.execute();
}
