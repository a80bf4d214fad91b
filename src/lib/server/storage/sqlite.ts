import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase } from 'kysely';

interface Prepared {
	statement: ReturnType<DatabaseSync['prepare']>;
	/** It gives rows. */
	reader: boolean;
}
type Prepare = (sql: string) => Prepared;

/** One connection of node:sqlite: behind the interface that Kysely's SQLite dialect asks for, and its statements themselves. */
function nodeSqlite(path: string): { database: SqliteDatabase; prepare: Prepare } {
	const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
	// What is erased is written over with zeros, too.
	db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;');
	// A batch of 500 visits fills more than the usual cache and log: pages were written to the log twice, and every commit
	// waited until the log was copied into the database. A commit is as durable as before; the log may grow to 32 MB.
	// What a savepoint would bring back is kept in memory: in a file it was written as often as everything else together.
	db.exec('PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=8000; PRAGMA temp_store=MEMORY;');
	const statements = new Map<string, Prepared>();
	const prepare: Prepare = (sql) => {
		let statement = statements.get(sql);
		if (!statement) {
			const made = db.prepare(sql);
			statement = { statement: made, reader: made.columns().length > 0 };
			// Batches of every size have a text of their own: the cache holds the common ones.
			if (statements.size > 500) statements.clear();
			statements.set(sql, statement);
		}
		return statement;
	};
	const database: SqliteDatabase = {
		close: () => db.close(),
		prepare(sql) {
			const { statement, reader } = prepare(sql);
			const bind = (values: readonly unknown[]) =>
				values.map((value) =>
					typeof value === 'boolean' ? Number(value) : value === undefined ? null : value
				) as SQLInputValue[];
			return {
				reader,
				all: (values) => statement.all(...bind(values)),
				run(values) {
					// SQLite has rolled back by itself where its disk was full; to say so would hide why.
					if (sql === 'rollback' && !db.isTransaction) return { changes: 0, lastInsertRowid: 0 };
					return statement.run(...bind(values));
				},
				iterate: (values) => statement.iterate(...bind(values))
			};
		}
	};
	return { database, prepare };
}

/** A value of a row as the store keeps it. */
export type Cell = string | number | null;

export interface Sqlite {
	dialect: SqliteDialect;
	/** Runs one statement for each row, inside the transaction that is open: there is one connection, so it is the caller's own. */
	runEach: (sql: string, rows: readonly (readonly Cell[])[]) => void;
}

export function openSqlite(path: string): Sqlite {
	let opened: ReturnType<typeof nodeSqlite> | undefined;
	return {
		dialect: new SqliteDialect({ database: async () => (opened = nodeSqlite(path)).database }),
		runEach(sql, rows) {
			const { statement } = opened!.prepare(sql);
			for (const row of rows) statement.run(...row);
		}
	};
}
