import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Draft, ReportLine } from './draft.ts';
import type { SheetRow } from './sheet/sheet-row.ts';
import { LINES_TABLE, linesOf } from './staged-lines.ts';

/** Lines that are kept: who needs more of them mends the source first. */
const MOST_LINES = 100_000;

/** A draft as it comes out again. */
export interface StagedDraft extends Omit<Draft, 'raw'> {
	/** `raw` as JSON: nobody reads it on the way. */
	rawText: string | null;
}

interface StagedRow {
	id: string;
	draft: string;
	raw: string | null;
}

/**
 * Drafts, or rows of a sheet, on their way into the directory, and what is said of them, in a file of its own: what is imported is read to its end before
 * anything of it is taken in, and a hundred thousand entries do not fill the memory.
 */
export class Staging {
	readonly #folder: string;
	readonly #db: DatabaseSync;
	readonly #add;
	readonly #page;
	readonly #has;
	readonly #passOver;
	readonly #say;
	#lines = 0;

	/** @param folder where the file lies, and lay before if it was kept; undefined: in one that goes with it */
	constructor(folder: string = mkdtempSync(join(tmpdir(), 'reppu-import-'))) {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		this.#folder = folder;
		this.#db = new DatabaseSync(join(folder, 'staging.db'));
		this.#db.exec('pragma journal_mode = off; pragma synchronous = off');
		this.#db.exec(
			`create table if not exists drafts (id text primary key, draft text not null, raw text) without rowid;
			create table if not exists passed_over (id text primary key) without rowid;
			create table if not exists ${LINES_TABLE};
			begin`
		);
		this.#add = this.#db.prepare('insert into drafts values (?, ?, ?) on conflict do nothing');
		this.#page = this.#db.prepare('select id, draft, raw from drafts where id > ? order by id limit ?');
		this.#has = this.#db.prepare(
			'select 1 from drafts where id = ?1 union all select 1 from passed_over where id = ?1'
		);
		this.#passOver = this.#db.prepare('insert into passed_over values (?) on conflict do nothing');
		this.#say = this.#db.prepare('insert into lines values (null, ?, ?, ?, ?, ?, ?)');
	}

	/** False where there is one with this id already; the first one stays. */
	add(staged: Draft | SheetRow): boolean {
		const { raw, ...draft } = { raw: undefined, ...staged };
		const rawText = raw === undefined ? null : JSON.stringify(raw);
		return Number(this.#add.run(draft.id, JSON.stringify(draft), rawText).changes) === 1;
	}

	/** Notes an entry that the source has, and that could not be taken in: what stands of it stays. */
	passOver(id: string): void {
		this.#passOver.run(id);
	}

	/** Whether the source has an entry, taken in or passed over. */
	has(id: string): boolean {
		return this.#has.get(id) !== undefined;
	}

	/** All of them in pages, in the order of their ids. */
	*pages(size: number): Generator<StagedDraft[]> {
		for (const rows of this.#rows(size))
			yield rows.map(({ draft, raw }) => ({ ...(JSON.parse(draft) as Omit<Draft, 'raw'>), rawText: raw }));
	}

	/** The same, where rows of a sheet were added. */
	*sheetPages(size: number): Generator<SheetRow[]> {
		for (const rows of this.#rows(size)) yield rows.map(({ draft }) => JSON.parse(draft) as SheetRow);
	}

	*#rows(size: number): Generator<StagedRow[]> {
		for (let last = ''; ;) {
			const rows = this.#page.all(last, size) as unknown as StagedRow[];
			if (rows.length === 0) return;
			yield rows;
			last = rows.at(-1)!.id;
		}
	}

	/** Keeps a line of the report; what is beyond the first hundred thousand is not kept. */
	say({ where, id, outcome, code, field, found }: ReportLine): void {
		if (this.#lines >= MOST_LINES) return;
		this.#lines += 1;
		this.#say.run(where, id ?? null, outcome, code, field ?? null, found ?? null);
	}

	/** The first lines in their order. */
	lines(most: number): ReportLine[] {
		return [...linesOf(this.#db, undefined, most)];
	}

	/** Closes it; a staging with the same folder goes on with what it holds. */
	keep(): void {
		this.#db.exec('commit');
		this.#db.close();
	}

	remove(): void {
		this.#db.close();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
