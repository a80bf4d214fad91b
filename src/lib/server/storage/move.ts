import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { insertRows } from './many-rows.ts';
import { migrateIn, migrationsOf, migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import type { Cell } from './sqlite.ts';
import { connectStore, isPostgres, type Store, type Trx } from './store.ts';

/** What was found in one table: how many rows, and the SHA-256 of all of them in the order of their keys. */
export interface Content {
	rows: number;
	hash: string;
}

/** A table as the database itself describes it, so that none can be forgotten here. */
interface Shape {
	/** In alphabetical order: a column that a migration added stands elsewhere than in a new database. */
	columns: string[];
	key: string[];
	/** Columns that hold text, by which PostgreSQL sorts otherwise than SQLite unless it is told. */
	texts: string[];
}

type Row = Record<string, Cell>;

/** Rows that are read and written at once. */
const BATCH = 1000;

/** Says what was migrated when; each database has its own. */
const LEVEL = 'migrations';

/**
 * Copies everything from one store into an empty one of the other kind, and reads it back: in the end both hold the same rows, or
 * the target holds nothing. The source is read only, and nobody may write to it meanwhile. The epoch goes along: to a phone it
 * is the same register, and its cursors and receipts hold.
 */
export async function moveStore(from: string, to: string): Promise<Map<string, Content>> {
	if (isPostgres(from) === isPostgres(to))
		throw new Error('One of the two must be a file of SQLite and the other postgres://…');
	if (!isPostgres(from) && !existsSync(from)) throw new Error('There is no register to move.');
	if (!isPostgres(to) && existsSync(to))
		throw new Error('The target exists already; a move replaces nothing.');
	const unfinished = isPostgres(to) ? undefined : `${to}.moving`;
	forget(unfinished);
	const source = await connect(from, 'source');
	try {
		const target = await connect(unfinished ?? to, 'target');
		let moved: Map<string, Content>;
		try {
			moved = await source.db.transaction().execute(async (here) => {
				await holdStill(source, here);
				return target.db.transaction().execute((there) => copyAll(source, here, target, there));
			});
		} finally {
			await target.close();
		}
		if (unfinished) renameSync(unfinished, to);
		return moved;
	} finally {
		await source.close();
		forget(unfinished);
	}
}

/** What every table of a store holds, for a comparison with another store. The two may be of different kinds. */
export async function contentOf(url: string): Promise<Map<string, Content>> {
	if (!isPostgres(url) && !existsSync(url)) throw new Error('There is no register to read.');
	const store = await connect(url, 'source');
	try {
		const transaction = store.db.transaction();
		// Every table as of one moment; SQLite knows nothing else.
		return await (
			store.kind === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction
		).execute(async (trx) => {
			const contents = new Map<string, Content>();
			for (const [table, shape] of await shapesOf(store, trx)) {
				const sum = new Sum(shape);
				for await (const rows of readTable(store, trx, table, shape)) sum.add(rows);
				contents.set(table, sum.content());
			}
			return contents;
		});
	} finally {
		await store.close();
	}
}

async function connect(url: string, which: 'source' | 'target'): Promise<Store> {
	return connectStore(url).catch((error: Error) => {
		throw new Error(`The ${which} is out of reach: ${error.message}.`, { cause: error });
	});
}

function forget(file: string | undefined): void {
	if (file) for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}

/** Until the end of the transaction nobody else writes to the source: what came in during the move would be missing afterwards. */
async function holdStill({ kind }: Store, trx: Trx): Promise<void> {
	if (kind === 'sqlite') {
		// Changes nothing; a statement that could write takes the one place of a writer.
		await sql`update server_facts set value = value where 0`.execute(trx);
		return;
	}
	const tables = await trx.introspection.getTables();
	const names = tables.filter(({ schema }) => schema === 'public').map(({ name }) => sql.table(name));
	if (names.length > 0) await sql`lock table ${sql.join(names)} in share mode`.execute(trx);
}

async function copyAll(source: Store, here: Trx, target: Store, there: Trx): Promise<Map<string, Content>> {
	const shapes = await shapesOf(source, here);
	if (!shapes.has('server_facts')) throw new Error('The source is no register of Reppu.');
	const level = await migrationsOf(here);
	const newest = migrations.map(({ name }) => name);
	if (level.join() !== newest.join())
		throw new Error(
			`The source is at ${level.at(-1)}, and this version at ${newest.at(-1)}: use the version that the server has.`
		);
	if ((await shapesOf(target, there)).size > 0)
		throw new Error('The target has tables already; a move wants an empty database.');
	await migrateIn(there);
	if (JSON.stringify([...shapes]) !== JSON.stringify([...(await shapesOf(target, there))]))
		throw new Error('The tables of the source are not those of this version.');

	const moved = new Map<string, Content>();
	for (const [table, shape] of shapes) {
		const [sent, kept] = [new Sum(shape), new Sum(shape)];
		for await (const rows of readTable(source, here, table, shape)) {
			sent.add(rows);
			// The catalogue names the tables of the schema, which the compiler cannot know.
			await insertRows(there, target, table as 'server_facts', rows as never);
		}
		for await (const rows of readTable(target, there, table, shape)) kept.add(rows);
		const [before, after] = [sent.content(), kept.content()];
		if (before.hash !== after.hash)
			throw new Error(
				`The table ${table} did not arrive as it was (${before.rows} rows went, ${after.rows} came).`
			);
		moved.set(table, after);
	}
	return moved;
}

/** Every table, in alphabetical order. Throws where one holds what this code has not learned to carry. */
async function shapesOf({ kind }: Store, trx: Kysely<Database>): Promise<Map<string, Shape>> {
	const tables = (await trx.introspection.getTables())
		.filter(({ name, schema }) => name !== LEVEL && (kind === 'sqlite' || schema === 'public'))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
	const shapes = new Map<string, Shape>();
	for (const { name, columns } of tables) {
		const own = columns.find(({ isAutoIncrementing }) => isAutoIncrementing);
		if (own)
			throw new Error(`${name}.${own.name} is numbered by the database: a move would lose the number.`);
		const keys = await (
			kind === 'sqlite'
				? sql<{ name: string }>`select name from pragma_table_info(${name}) where pk > 0 order by pk`
				: sql<{ name: string }>`select attname as name from pg_index
					cross join unnest(indkey) with ordinality as part (number, place)
					join pg_attribute on attrelid = indrelid and attnum = part.number
					where indisprimary and indrelid = ${`public.${name}`}::regclass order by place`
		).execute(trx);
		const key = keys.rows.map((row) => row.name);
		if (key.length === 0) throw new Error(`The table ${name} has no key to be read by.`);
		shapes.set(name, {
			columns: columns.map((column) => column.name).sort(),
			key,
			texts: columns
				.filter(({ dataType }) => dataType.toLowerCase() === 'text')
				.map((column) => column.name)
				.sort()
		});
	}
	return shapes;
}

/** All rows of a table in batches, in the order of their keys, byte by byte, which is the same on both stores. */
async function* readTable(
	{ kind }: Store,
	trx: Trx,
	table: string,
	{ columns, key, texts }: Shape
): AsyncGenerator<Row[]> {
	const from = trx.selectFrom(table as 'server_facts').select(columns as ['key']);
	if (kind === 'sqlite') {
		let rows: Row[] = [];
		const ordered = key.reduce((query, column) => query.orderBy(sql.ref(column)), from);
		for await (const row of ordered.stream()) {
			if (rows.push(row) < BATCH) continue;
			yield rows;
			rows = [];
		}
		if (rows.length > 0) yield rows;
		return;
	}
	const order = key.map((column) =>
		texts.includes(column) ? sql`${sql.ref(column)} collate "C"` : sql.ref(column)
	);
	const ordered = order.reduce((query, by) => query.orderBy(by), from);
	await sql`declare everything no scroll cursor for ${ordered}`.execute(trx);
	for (;;) {
		const { rows } = await sql<Row>`fetch ${sql.raw(String(BATCH))} from everything`.execute(trx);
		if (rows.length === 0) break;
		yield rows;
	}
	await sql`close everything`.execute(trx);
}

/** Adds rows up to one hash: each as a list of its values in JSON, by alphabet of the columns, one a line. */
class Sum {
	#rows = 0;
	readonly #hash = createHash('sha256');
	readonly #columns: string[];

	constructor({ columns }: Shape) {
		this.#columns = columns;
	}

	add(rows: readonly Row[]): void {
		for (const row of rows) {
			const values = this.#columns.map((column) => row[column]);
			const strange = values.find(
				(value) => value !== null && typeof value !== 'string' && !Number.isSafeInteger(value)
			);
			if (strange !== undefined) throw new Error(`A value of the type ${typeof strange} cannot be carried.`);
			this.#hash.update(`${JSON.stringify(values)}\n`);
			this.#rows += 1;
		}
	}

	content(): Content {
		return { rows: this.#rows, hash: this.#hash.digest('hex') };
	}
}
