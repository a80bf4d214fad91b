import { DatabaseSync } from 'node:sqlite';
import { hsdsTables } from '#lib/server/directory/hsds-tables.ts';
import type { HsdsRecord } from './hsds-record.ts';

/** Organisations and vocabularies that are kept put together, because many services share one. */
const MOST_SHARED = 500;

/** Columns by which rows of a table belong to rows of another, for each table. */
const belongsBy = new Map<string, Set<string>>();
for (const { parts } of hsdsTables.values())
	for (const { table, column } of parts)
		belongsBy.set(table, (belongsBy.get(table) ?? new Set()).add(column));

/** Members that name the kind of row that a row of these tables belongs to: ids may be the same in two tables. */
const KIND_MEMBER = new Map([
	['attribute', 'link_entity'],
	['metadata', 'resource_type']
]);

/** Tables that many services refer to. */
const SHARED = new Set(['organization', 'program', 'taxonomy_term', 'taxonomy', 'unit']);

/**
 * The tables of HSDS, put together by their ids. They lie in a temporary SQLite database that spills to the disk, so a
 * register of a whole country needs no more memory than a small one.
 */
export class HsdsJoin implements Disposable {
	readonly #db = new DatabaseSync('');
	readonly #names = [...hsdsTables.keys()];
	readonly #insertRow;
	readonly #insertLink;
	readonly #byId;
	readonly #byLink;
	/** `table column` of which there are any rows: the others need not be asked for. */
	readonly #linked = new Set<string>();
	readonly #shared = new Map<string, HsdsRecord>();
	/** By number of row: whether some service has it. */
	#used = new Uint8Array(1024);
	#rows = 0;

	constructor() {
		this.#db.exec(
			'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -24576;' +
				'CREATE TABLE row (n INTEGER PRIMARY KEY, tab INTEGER, id TEXT, line INTEGER, cells TEXT, UNIQUE (tab, id));' +
				'CREATE TABLE link (kind TEXT, parent TEXT, n INTEGER);' +
				'BEGIN'
		);
		const ignore = 'ON CONFLICT (tab, id) DO NOTHING';
		this.#insertRow = this.#db.prepare(`INSERT INTO row VALUES (?, ?, ?, ?, ?) ${ignore}`);
		this.#insertLink = this.#db.prepare('INSERT INTO link VALUES (?, ?, ?)');
		this.#byId = this.#db.prepare('SELECT n, cells FROM row WHERE tab = ? AND id = ?');
		this.#byLink = this.#db.prepare(
			'SELECT row.n, row.cells FROM link JOIN row USING (n) WHERE link.kind = ? AND link.parent = ? ORDER BY link.n'
		);
	}

	/** Takes in a row; false where its id is there already. */
	add(table: string, id: string, line: number, record: HsdsRecord): boolean {
		const n = this.#rows + 1;
		const { changes } = this.#insertRow.run(n, this.#names.indexOf(table), id, line, JSON.stringify(record));
		if (!changes) return false;
		this.#rows = n;
		for (const column of belongsBy.get(table) ?? []) {
			const parent = record[column];
			if (typeof parent !== 'string') continue;
			this.#linked.add(`${table} ${column}`);
			this.#insertLink.run(`${table} ${column}`, parent, n);
		}
		return true;
	}

	/** Services with all that belongs to them, in the order in which they came. All rows are in by now. */
	*services(): Generator<{ service: HsdsRecord; line: number }> {
		this.#db.exec('CREATE INDEX link_parent ON link (kind, parent, n)');
		this.#used = new Uint8Array(this.#rows + 1);
		const all = this.#db.prepare('SELECT n, line, cells FROM row WHERE tab = ? ORDER BY n');
		for (const row of all.iterate(this.#names.indexOf('service')))
			yield { service: this.#whole('service', row), line: Number(row.line) };
	}

	/** How many rows of each table belong to no service; only after all of `services`. */
	unused(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { n, tab } of this.#db.prepare('SELECT n, tab FROM row').iterate()) {
			const name = this.#names[Number(tab)] ?? '';
			if (!this.#used[Number(n)]) counts.set(name, (counts.get(name) ?? 0) + 1);
		}
		return counts;
	}

	#whole(table: string, row: Record<string, unknown>): HsdsRecord {
		this.#used[Number(row.n)] = 1;
		const record = JSON.parse(String(row.cells)) as HsdsRecord;
		const id = String(record.id);
		for (const { member, table: other, column } of hsdsTables.get(table)?.references ?? []) {
			const found = this.#reference(other, record[column]);
			if (found) record[member] = found;
		}
		for (const { member, table: other, column } of hsdsTables.get(table)?.parts ?? []) {
			// The places of an organisation are those of all its services: a city has thousands.
			if (member === 'locations' || !this.#linked.has(`${other} ${column}`)) continue;
			const parts = this.#byLink.all(`${other} ${column}`, id).map((part) => this.#whole(other, part));
			const kind = KIND_MEMBER.get(other);
			const own = kind ? parts.filter((part) => this.#isOf(part[kind], table, id)) : parts;
			if (own.length) record[member] = own;
		}
		return record;
	}

	/**
	 * Whether a row belongs to this one, if it names the kind of row it belongs to. Where that kind has no such id, the name is
	 * wrong and the id is right: the standard's own example is like that.
	 */
	#isOf(kind: unknown, table: string, id: string): boolean {
		if (typeof kind !== 'string' || kind === table || !hsdsTables.has(kind)) return true;
		return !this.#byId.get(this.#names.indexOf(kind), id);
	}

	#reference(table: string, id: unknown): HsdsRecord | undefined {
		if (typeof id !== 'string') return undefined;
		const key = `${table} ${id}`;
		const known = this.#shared.get(key);
		if (known) return known;
		const row = this.#byId.get(this.#names.indexOf(table), id);
		if (!row) return undefined;
		const record = this.#whole(table, row);
		if (!SHARED.has(table)) return record;
		if (this.#shared.size >= MOST_SHARED) this.#shared.clear();
		this.#shared.set(key, record);
		return record;
	}

	[Symbol.dispose]() {
		this.#db.close();
	}
}
