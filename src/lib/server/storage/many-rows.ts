import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from './schema.ts';
import type { Cell } from './sqlite.ts';
import type { Store, Trx } from './store.ts';

/**
 * Writes many rows. A statement with a parameter for each value of 500 rows costs more to put together and to bind than the rows
 * cost to store. SQLite runs one prepared statement for each row, which costs no way to anywhere; PostgreSQL reads the rows out
 * of one JSON text by itself.
 */
export async function insertRows<T extends keyof Database>(
	trx: Trx,
	store: Store,
	table: T,
	rows: readonly Database[T][],
	onConflict = ''
): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const names = Object.keys(first) as (keyof Database[T] & string)[];
	if (store.runEach) {
		const columns = names.map((name) => `"${name}"`).join(', ');
		const places = names.map(() => '?').join(', ');
		store.runEach(
			`insert into "${table}" (${columns}) values (${places}) ${onConflict}`,
			rows.map((row) => names.map((name) => row[name] as Cell))
		);
		return;
	}
	const columns = sql.join(names.map((name) => sql.ref(name)));
	await sql`insert into ${sql.table(table)} (${columns})
		select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)
		${sql.raw(onConflict)}`.execute(trx);
}

/** True where the column holds one of the values; one parameter, however many they are. */
export function among(
	{ kind }: Pick<Store, 'kind'>,
	column: string,
	values: readonly (string | number)[]
): RawBuilder<SqlBool> {
	return kind === 'sqlite'
		? sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
		: sql`${sql.ref(column)} = any(${values})`;
}
