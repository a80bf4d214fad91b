import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Draft } from './draft.ts';

/**
 * Drafts on their way into the directory, in a file of its own: what is imported is read to its end before anything of it is taken in, and
 * a hundred thousand entries do not fill the memory.
 */
export class Staging {
	readonly #folder = mkdtempSync(join(tmpdir(), 'reppu-import-'));
	readonly #db = new DatabaseSync(join(this.#folder, 'staging.db'));
	readonly #add;
	readonly #page;
	readonly #has;

	constructor() {
		this.#db.exec('pragma journal_mode = off; pragma synchronous = off');
		this.#db.exec('create table drafts (id text primary key, draft text not null) without rowid');
		this.#db.exec('begin');
		this.#add = this.#db.prepare('insert into drafts values (?, ?) on conflict do nothing');
		this.#page = this.#db.prepare('select id, draft from drafts where id > ? order by id limit ?');
		this.#has = this.#db.prepare('select 1 from drafts where id = ?');
	}

	/** False where there is one with this id already; the first one stays. */
	add(draft: Draft): boolean {
		return Number(this.#add.run(draft.id, JSON.stringify(draft)).changes) === 1;
	}

	has(id: string): boolean {
		return this.#has.get(id) !== undefined;
	}

	/** All of them in pages, in the order of their ids. */
	*pages(size: number): Generator<Draft[]> {
		for (let last = ''; ;) {
			const rows = this.#page.all(last, size) as { id: string; draft: string }[];
			if (rows.length === 0) return;
			yield rows.map(({ draft }) => JSON.parse(draft) as Draft);
			last = rows.at(-1)!.id;
		}
	}

	remove(): void {
		this.#db.close();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
