import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export async function deviceLoads({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('device_loads')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('device_id', 'text', (c) => c.notNull())
		.addColumn('level', 'integer', (c) => c.notNull())
		.addColumn('at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('device_loads_pk', ['organisation_id', 'device_id'])
		.execute();
}
