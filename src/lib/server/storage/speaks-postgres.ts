import { PostgresAdapter, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** For what the two stores say in different words. */
export const speaksPostgres = (db: Kysely<Database>): boolean =>
	db.getExecutor().adapter instanceof PostgresAdapter;
