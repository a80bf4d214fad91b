import type { Kysely } from 'kysely';
import type { RecordState } from '#lib/domain/record.ts';
import { SERVICE } from '#lib/domain/service-record.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import { writeState } from '#lib/domain/record-text.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

export type Entry = Database['imported_entries'];

/** Whose entries are meant. */
export interface Source {
	organisation: string;
	/** Name of the source. */
	from: string;
}

/** What a source brought last, and the records that came of it. */
export class ImportRows {
	readonly #db: Kysely<Database>;
	readonly #store: Store;
	readonly #source: Source;

	constructor(db: Kysely<Database>, store: Store, source: Source) {
		this.#db = db;
		this.#store = store;
		this.#source = source;
	}

	/** Entries that the source had the last time, page by page in the order of their ids: there may be a million. */
	async *standing(size: number): AsyncGenerator<Pick<Entry, 'source_id' | 'record_id'>[]> {
		for (let after = ''; ;) {
			const page = await this.#db
				.selectFrom('imported_entries')
				.select(['source_id', 'record_id'])
				.where('organisation_id', '=', this.#source.organisation)
				.where('source', '=', this.#source.from)
				.where('gone_at', 'is', null)
				.where('source_id', '>', after)
				.orderBy('source_id')
				.limit(size)
				.execute();
			const last = page.at(-1);
			if (!last) return;
			yield page;
			after = last.source_id;
		}
	}

	async entries(ids: readonly string[]): Promise<Map<string, Entry>> {
		const rows = await this.#db
			.selectFrom('imported_entries')
			.selectAll()
			.where('organisation_id', '=', this.#source.organisation)
			.where('source', '=', this.#source.from)
			.where(among(this.#store, 'source_id', ids))
			.execute();
		return new Map(rows.map((row) => [row.source_id, row]));
	}

	async records(ids: readonly string[]): Promise<Map<string, RecordState>> {
		const { organisation } = this.#source;
		const rows = await this.#db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', SERVICE)
			.where(among(this.#store, 'id', ids))
			.execute();
		const texts = rows.map(({ state }) => state);
		const states = await readStates(this.#db, this.#store, organisation, texts);
		return new Map(rows.map(({ id }, index) => [id, states[index]!]));
	}

	/** Notes what the source says now. */
	async note(trx: Trx, entries: readonly Entry[]): Promise<void> {
		await insertRows(
			trx,
			this.#store,
			'imported_entries',
			entries,
			`on conflict (organisation_id, source, source_id)
				do update set record_id = excluded.record_id, fields = excluded.fields, raw = excluded.raw, gone_at = null`
		);
	}

	async markGone(trx: Trx, ids: readonly string[], now: number): Promise<void> {
		await trx
			.updateTable('imported_entries')
			.set({ gone_at: now })
			.where('organisation_id', '=', this.#source.organisation)
			.where('source', '=', this.#source.from)
			.where(among(this.#store, 'source_id', ids))
			.execute();
	}

	async write(trx: Trx, records: readonly { id: string; state: RecordState }[]): Promise<void> {
		if (records.length === 0) return;
		const { organisation } = this.#source;
		const counter = await trx
			.updateTable('counters')
			.set((eb) => ({ change_number: eb('change_number', '+', records.length) }))
			.where('organisation_id', '=', organisation)
			.returning('change_number')
			.executeTakeFirstOrThrow();
		const last = Number(counter.change_number) - records.length;
		await insertRows(
			trx,
			this.#store,
			'records',
			records.map(({ id, state }, index) => ({
				organisation_id: organisation,
				collection: SERVICE,
				id,
				part: DIRECTORY_PART,
				change_number: last + index + 1,
				state: writeState(state)
			})),
			`on conflict (organisation_id, collection, id)
				do update set part = excluded.part, change_number = excluded.change_number, state = excluded.state`
		);
	}
}
