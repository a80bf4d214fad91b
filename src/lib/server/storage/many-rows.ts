import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from './schema.ts';
import type { Store, Trx } from './store.ts';

/**
 * Many rows as one value. A statement with a parameter for each value of 500 rows costs more to put together and to bind than
 * the rows cost to store (on SQLite 4 to 7 times as much); both stores read rows out of one JSON text themselves.
 */
export async function insertRows<T extends keyof Database>(
	trx: Trx,
	{ kind }: Store,
	table: T,
	rows: readonly Database[T][],
	onConflict: RawBuilder<unknown> = sql``
): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const names = Object.keys(first) as (keyof Database[T] & string)[];
	const columns = sql.join(names.map((name) => sql.ref(name)));
	const from =
		kind === 'sqlite'
			? sql`select ${sql.join(names.map((_, index) => sql.raw(`value ->> ${index}`)))}
				from json_each(${JSON.stringify(rows.map((row) => names.map((name) => row[name])))}) where true`
			: sql`select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`;
	await sql`insert into ${sql.table(table)} (${columns}) ${from} ${onConflict}`.execute(trx);
}

/** True where the column holds one of the values; one parameter, however many they are. */
export function among(
	{ kind }: Store,
	column: string,
	values: readonly (string | number)[]
): RawBuilder<SqlBool> {
	return kind === 'sqlite'
		? sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
		: sql`${sql.ref(column)} = any(${values})`;
}
