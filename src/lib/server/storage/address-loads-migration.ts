import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** How much addresses have asked of the server lately: whoever is refused is so after a restart, too. */
export async function addressLoads({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('address_loads')
		.addColumn('address', 'text', (c) => c.primaryKey())
		.addColumn('level', 'integer', (c) => c.notNull())
		.addColumn('at', 'bigint', (c) => c.notNull())
		.execute();
}
