import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { BadSetting } from '#lib/server/settings.ts';
import { doesNotOpen } from './failures.ts';
import { ErasedInMemory, type ErasedList } from './erased-list.ts';
import { GroupCommit } from './group-commit.ts';
import { migrateIn, migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import { acrossOrganisations, EVERYTHING, type Reach } from './reach.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import { walledPool } from './walled-pool.ts';
import { watchedWrites } from './watched-writes.ts';

export type Trx = Transaction<Database>;

/** The server's database. `DATABASE_URL` chooses: a path is SQLite in one file, `postgres://…` is PostgreSQL. */
export interface Store {
	kind: 'sqlite' | 'postgres';
	db: Kysely<Database>;
	/** SQLite only: many rows without Kysely's work for each. */
	runEach?: Sqlite['runEach'];
	/** Runs a task in a transaction that writes; failures to serialise are tried again. `last`: no more after this one. */
	write: <T>(task: (trx: Trx, last: boolean) => Promise<T>) => Promise<T>;
	/** The medium refused a write, and has taken none since; reading may go on. */
	takesNoWrites: () => boolean;
	/** What was erased, kept outside the database and its backups: see erased-list.ts. */
	erased: ErasedList;
	/**
	 * SQLite only: copies the log into the database and empties it, for pages of before an erasure stand in it. Does nothing while another
	 * process reads them.
	 */
	scrub?: () => Promise<void>;
	close: () => Promise<void>;
}

/** PostgreSQL gives bigint as text, because it may not fit; ours are ms and counters, which do. */
const INT8 = 20;
pg.types.setTypeParser(INT8, (value) => Number(value));

/** Advisory lock of migrations, any fixed number. */
const MIGRATION_LOCK = 727_708;

/** PostgreSQL: serialisation failure, deadlock, unique violation of two writers who made the same row at once. */
const RETRY = new Set(['40001', '40P01', '23505']);

const TRIES = 10;

/** How long a request waits for a connection, ms: a phone gives up after a minute, and what it gave up must not queue up here. */
const CONNECT_WITHIN = 20_000;

export const isPostgres = (url: string) => /^postgres(ql)?:\/\//.test(url);

/**
 * Brings the server's database to the newest schema and opens it. One that gives no answer is a setting to mend. `outside`: what is reached
 * outside of requests and jobs; a command is of whoever runs the server, and reaches everything.
 */
export async function openStore(
	url: string,
	erased: ErasedList = new ErasedInMemory(),
	outside: Reach = EVERYTHING
): Promise<Store> {
	const store = await connectStore(url, erased, outside).catch((error: Error) => {
		throw new BadSetting(`The setting DATABASE_URL is wrong: ${error.message}. See .env.example.`);
	});
	await migrate(store);
	return store;
}

/** All or nothing, in one transaction. Two servers may start at once: one migrates, the other waits and finds it done. */
export async function migrate({ kind, db }: Store, list = migrations): Promise<void> {
	const migrating = async (trx: Trx) => {
		if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(trx);
		await migrateIn(trx, list);
	};
	await acrossOrganisations(() => db.transaction().execute(migrating));
}

/** Opens a database as it stands and asks it for a first answer. What it throws never carries the address. */
export async function connectStore(
	url: string,
	erased: ErasedList = new ErasedInMemory(),
	outside: Reach = EVERYTHING
): Promise<Store> {
	try {
		const store = isPostgres(url) ? postgresStore(url, erased, outside) : sqliteStore(url, erased);
		await sql`select 1`.execute(store.db);
		return store;
	} catch (error) {
		throw doesNotOpen(error);
	}
}

function sqliteStore(path: string, erased: ErasedList): Store {
	if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
	const { dialect, runEach } = openSqlite(path);
	const db = new Kysely<Database>({ dialect });
	return {
		kind: 'sqlite',
		db,
		runEach,
		erased,
		scrub: async () => void (await sql`pragma wal_checkpoint(truncate)`.execute(db)),
		...watchedWrites(new GroupCommit(db).write),
		close: () => db.destroy()
	};
}

function postgresStore(url: string, erased: ErasedList, outside: Reach): Store {
	const pool = new pg.Pool({
		connectionString: url,
		max: 10,
		connectionTimeoutMillis: CONNECT_WITHIN,
		// A receipt says that the op is on the medium, whatever the cluster's settings say of other users.
		onConnect: (client) =>
			client.query(
				"select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"
			)
	});
	// An idle connection that the database drops is no fault of a request: the pool opens another one.
	pool.on('error', () => undefined);
	// One that drops in the middle of a transaction fails its next statement, which says so; unheard here, it would end the process.
	pool.on('connect', (client) => client.on('error', () => undefined));
	const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: walledPool(pool, outside) }) });
	return {
		kind: 'postgres',
		db,
		erased,
		...watchedWrites(async (task) => {
			for (let attempt = 1; ; attempt += 1) {
				try {
					return await db.transaction().execute((trx) => task(trx, attempt >= TRIES));
				} catch (error) {
					const code = error instanceof Error && 'code' in error ? String(error.code) : '';
					if (!RETRY.has(code) || attempt >= TRIES) throw error;
					await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
				}
			}
		}),
		close: () => db.destroy()
	};
}
