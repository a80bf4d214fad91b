import { nextClock } from '#lib/domain/clock.ts';
import { newId, newReplica } from '#lib/domain/ids.ts';
import { baseOf, REMOVED } from '#lib/domain/record.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { VISIT_SCHEMA } from '#lib/domain/visit.ts';
import { recordIdOf } from '#lib/server/directory/apply.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { writeBatch, type ReceivedOp, type Sender } from '#lib/server/sync/effects.ts';
import { opText } from '#lib/server/sync/op-text.ts';
import type { PlannedRow } from './plan.ts';

/** Ops of one batch, as of a phone's request. */
const BATCH = 500;

/**
 * Writes visits of an old register as a phone's ops are written: through the journal, with facts, audit and change numbers, inside the caller's
 * transaction. A replica of its own numbers them.
 */
export class ImportWriter {
	readonly #trx: Trx;
	readonly #store: Store;
	readonly #sender: Sender;
	readonly #id: string;
	readonly #owner: string;
	readonly #now: number;
	readonly #replica = newReplica();
	#seq = 0;
	#ops: ReceivedOp[] = [];

	/** @param id of the import */
	constructor(
		trx: Trx,
		store: Store,
		sender: Sender,
		{ id, owner }: { id: string; owner: string },
		now: number
	) {
		this.#trx = trx;
		this.#store = store;
		this.#sender = sender;
		this.#id = id;
		this.#owner = owner;
		this.#now = now;
	}

	/** Notes rows as brought in, and makes a visit of each of their contacts. */
	async add(rows: readonly PlannedRow[]): Promise<void> {
		const { organisation } = this.#sender;
		await insertRows(
			this.#trx,
			this.#store,
			'register_rows',
			rows.map(({ key, contacts }) => ({
				organisation_id: organisation,
				row_key: key,
				import_id: this.#id,
				contacts
			}))
		);
		for (const { key, contacts, fields } of rows)
			for (const recordId of recordsOf(organisation, this.#id, key, contacts)) {
				this.#ops.push(this.#op(recordId, fields, {}));
				if (this.#ops.length >= BATCH) await this.flush();
			}
	}

	/** Removes what the import has brought, as a person removes a visit; what is erased already stays so. Gives the number of visits. */
	async takeBack(): Promise<number> {
		const { organisation } = this.#sender;
		let count = 0;
		for (let last = ''; ;) {
			const rows = await this.#trx
				.selectFrom('register_rows')
				.select(['row_key', 'contacts'])
				.where('organisation_id', '=', organisation)
				.where('import_id', '=', this.#id)
				.where('row_key', '>', last)
				.orderBy('row_key')
				.limit(BATCH)
				.execute();
			const ids = rows.flatMap(({ row_key, contacts }) =>
				recordsOf(organisation, this.#id, row_key, contacts)
			);
			for (let first = 0; first < ids.length; first += BATCH)
				count += await this.#remove(ids.slice(first, first + BATCH));
			if (rows.length < BATCH) break;
			last = rows.at(-1)!.row_key;
		}
		await this.#trx
			.deleteFrom('register_rows')
			.where('organisation_id', '=', organisation)
			.where('import_id', '=', this.#id)
			.execute();
		return count;
	}

	/** Writes what waits. */
	async flush(): Promise<void> {
		const ops = this.#ops;
		this.#ops = [];
		if (ops.length === 0) return;
		const items = ops.map((op) => ({ op, text: opText(op), again: false }));
		const written = await writeBatch(this.#trx, this.#store, this.#sender, items, this.#now);
		// All of it or nothing: what was read by the same rules cannot be refused, and where it is, nobody has foreseen why.
		for (const row of written.values())
			if (row.outcome !== 'applied' || row.code !== null)
				throw new Error(
					`A visit of an import was not taken in: ${row.outcome} ${row.code ?? ''} ${row.field ?? ''}`
				);
	}

	async #remove(ids: readonly string[]): Promise<number> {
		const rows = await this.#trx
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', this.#sender.organisation)
			.where('collection', '=', 'visit')
			.where(among(this.#store, 'id', ids))
			.where('state', '!=', ERASED)
			.execute();
		const states = await readStates(this.#trx, this.#store, this.#sender.organisation, rows.map(({ state }) => state)); // prettier-ignore
		for (const [at, { id }] of rows.entries()) {
			const state = states[at]!;
			this.#ops.push(this.#op(id, { [REMOVED]: true }, baseOf(state, Object.keys(state.heads))));
		}
		await this.flush();
		return rows.length;
	}

	#op(recordId: string, fields: Record<string, JsonValue>, base: Record<string, string[]>): ReceivedOp {
		this.#seq += 1;
		return {
			opId: newId(this.#now),
			replica: this.#replica,
			seq: this.#seq,
			collection: 'visit',
			recordId,
			fields,
			clock: nextClock(this.#now, this.#replica, Object.values(base).flat()),
			...(Object.keys(base).length > 0 && { base }),
			schema: VISIT_SCHEMA,
			...(this.#owner !== this.#sender.membership && { of: this.#owner }),
			imported: true
		};
	}
}

/** The records of a row's contacts: they follow from the import and the row. */
function recordsOf(organisation: string, id: string, key: string, contacts: number): string[] {
	return Array.from({ length: contacts }, (_, at) => recordIdOf(organisation, id, `${key} ${at}`));
}
