import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase } from 'kysely';

/** node:sqlite behind the interface that Kysely's SQLite dialect asks for. */
export function nodeSqlite(path: string): SqliteDatabase {
	const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
	db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
	const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
	const prepare = (sql: string) => {
		let statement = statements.get(sql);
		if (!statement) {
			statement = db.prepare(sql);
			// Batches of every size have a text of their own: the cache holds the common ones.
			if (statements.size > 500) statements.clear();
			statements.set(sql, statement);
		}
		return statement;
	};
	return {
		close: () => db.close(),
		prepare(sql) {
			const statement = prepare(sql);
			const bind = (values: readonly unknown[]) =>
				values.map((value) =>
					typeof value === 'boolean' ? Number(value) : value === undefined ? null : value
				) as SQLInputValue[];
			return {
				reader: statement.columns().length > 0,
				all: (values) => statement.all(...bind(values)),
				run: (values) => statement.run(...bind(values)),
				iterate: (values) => statement.iterate(...bind(values))
			};
		}
	};
}

export function sqliteDialect(path: string): SqliteDialect {
	return new SqliteDialect({ database: async () => nodeSqlite(path) });
}
