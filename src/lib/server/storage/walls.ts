import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/**
 * The second wall on PostgreSQL: a row of an organisation is there only for statements that reach this organisation (reach.ts), also where a
 * query has forgotten to ask for it. `FORCE` holds for the owner of the tables, too. The setting is asked for once a statement, not once a row.
 */
const REACHED = sql.raw("(select current_setting('reppu.organisation', true))");

/** Builds it around every table of organisations that has none yet; called after every migration, so that no new table stands outside. */
export async function buildWalls(trx: Kysely<Database>): Promise<void> {
	const { rows } = await sql<{ name: string; column: string }>`
		select class.relname as name, attribute.attname as column from pg_class as class
		join pg_attribute as attribute on attribute.attrelid = class.oid
		where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p') and not class.relforcerowsecurity
		and attribute.attname = case class.relname when 'organisations' then 'id' else 'organisation_id' end`.execute(
		trx
	);
	for (const { name, column } of rows) {
		const [table, key] = [sql.table(name), sql.ref(column)];
		await sql`create policy one_organisation on ${table} using (${key} = ${REACHED} or ${REACHED} = '*')`.execute(
			trx
		);
		await sql`alter table ${table} enable row level security, force row level security`.execute(trx);
	}
}

/** Whether the walls stop whoever is connected: they do not stop a superuser, nor a user with BYPASSRLS. */
export async function wallsHold(db: Kysely<Database>): Promise<boolean> {
	const { rows } = await sql<{ free: boolean }>`
		select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user`.execute(db);
	return rows[0]?.free === false;
}
