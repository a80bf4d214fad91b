import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Each packing of a month has an id of its own, so that a server knows whether what it has counted of a month is still true. What was packed before is packed anew. */
export async function packings(db: Kysely<Database>): Promise<void> {
	await db.deleteFrom('packed_months').execute();
	await db.schema
		.alterTable('packed_months')
		.addColumn('packing', 'text', (c) => c.notNull().defaultTo(sql`''`))
		.execute();
}
