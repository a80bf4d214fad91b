import { sql } from 'kysely';
import type { Store } from '#lib/server/storage/store.ts';

/** Puts a made-up row into every table that has none, whichever tables there are. */
export async function fillEveryTable({ db }: Store): Promise<void> {
	for (const { name, columns } of await db.introspection.getTables()) {
		const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
		if (rows.length > 0) continue;
		const values = columns.map(({ dataType }) => (dataType.toLowerCase() === 'text' ? 'x' : 1));
		await sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column.name)))})
			values (${sql.join(values)})`.execute(db);
	}
}
