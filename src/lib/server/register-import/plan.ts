import { createHash, createHmac } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RegisterMapping, RegisterResult } from '#lib/protocol/register-import.ts';
import type { InputFile, ReportLine } from '#lib/server/directory/draft.ts';
import { shown } from '#lib/server/directory/import/report-line.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { fold } from './fold.ts';
import type { Around, KnownWords } from './known-words.ts';
import { readRows, type RegisterRow } from './read-rows.ts';
import { RowTaker, type Say, type TakenRow } from './take-row.ts';

/** Rows that are looked for in the database at once. */
const AT_ONCE = 500;

export interface PlanInput {
	organisation: string;
	file: InputFile;
	mapping: RegisterMapping;
	known: KnownWords;
	around: Around;
	/** Of the hashes of rows: it is in no database. */
	key: Buffer;
	now: number;
}

/** A row that comes in, and by what it is known again. */
export interface PlannedRow extends TakenRow {
	key: string;
}

/** Outcome of a whole file; `plan`: hash of all that comes in. */
export type Planned = Omit<RegisterResult, 'changedSince'> & { plan: string };

/**
 * Goes through a file: which of its rows come in, what they say, and what is wrong with the others. What was in it before is told by what the row says,
 * all its columns together, and by how many rows before it say the same: order, place and number of columns without content do not matter. `take`
 * gets the new rows in batches.
 */
export async function goThrough(
	store: Store,
	trx: Trx | Store['db'],
	input: PlanInput,
	report: (line: ReportLine) => void,
	take: (rows: readonly PlannedRow[]) => Promise<void>
): Promise<Planned> {
	const going = new Going(store, trx, input, report);
	return going.through(await firstDays(input), take);
}

/** The first day of each client's code, where that tells who is new: registers are in any order. */
async function firstDays({ file, mapping, known, around, now }: PlanInput): Promise<Map<string, string>> {
	const days = new Map<string, string>();
	const taker = new RowTaker(mapping, known, around, now);
	if (!taker.tellsByCode) return days;
	const nothing = () => undefined;
	for await (const row of readRows(file, nothing, nothing)) {
		const read = taker.clientDay(row);
		if (read && read.date < (days.get(read.client) ?? '9')) days.set(read.client, read.date);
	}
	return days;
}

class Going {
	readonly #store: Store;
	readonly #trx: Trx | Store['db'];
	readonly #input: PlanInput;
	readonly #report: (line: ReportLine) => void;
	#names: readonly string[] = [];
	/** As rows are known again by them. */
	#folded: readonly string[] = [];
	readonly #same = new Map<string, number>();
	readonly #hash = createHash('sha256');
	readonly #codes: Record<string, number> = {};
	readonly #years: Record<string, number> = {};
	readonly #counts = { rows: 0, taken: 0, contacts: 0, leftOut: 0, before: 0 };

	constructor(store: Store, trx: Trx | Store['db'], input: PlanInput, report: (line: ReportLine) => void) {
		this.#store = store;
		this.#trx = trx;
		this.#input = input;
		this.#report = report;
	}

	async through(
		days: ReadonlyMap<string, string>,
		take: (rows: readonly PlannedRow[]) => Promise<void>
	): Promise<Planned> {
		const { file, mapping, known, around, now } = this.#input;
		const taker = new RowTaker(mapping, known, around, now, days);
		const rows = readRows(
			file,
			({ names }) => {
				this.#names = names;
				this.#folded = names.map(fold);
			},
			(sheet) => this.#say(sheet)('mended', 'other_sheet')
		);
		let batch: RegisterRow[] = [];
		const flush = async () => {
			const some = batch;
			batch = [];
			await this.#batch(some, taker, take);
			// SQLite leaves no pause in which others are heard.
			await nextTurn();
		};
		for await (const row of rows) {
			batch.push(row);
			if (batch.length >= AT_ONCE) await flush();
		}
		await flush();
		return { ...this.#counts, codes: this.#codes, years: this.#years, plan: this.#hash.digest('hex') };
	}

	async #batch(
		rows: readonly RegisterRow[],
		taker: RowTaker,
		take: (rows: readonly PlannedRow[]) => Promise<void>
	): Promise<void> {
		const keyed = rows.map((row) => ({ row, key: this.#keyOf(row) }));
		const before = await this.#before(keyed.map(({ key }) => key));
		const planned: PlannedRow[] = [];
		for (const { row, key } of keyed) {
			this.#counts.rows += 1;
			const say = this.#say(row.where);
			const isBefore = before.has(key);
			// What is in already is told once, whatever is odd about it; its client is counted as seen all the same.
			const taken = taker.take(row, isBefore ? () => undefined : say);
			if (isBefore) {
				this.#counts.before += 1;
				say('skipped', 'in_before');
			} else if (!taken) this.#counts.leftOut += 1;
			else {
				const year = taken.date.slice(0, 4);
				this.#counts.taken += 1;
				this.#counts.contacts += taken.contacts;
				this.#years[year] = (this.#years[year] ?? 0) + taken.contacts;
				const { desk, deskMunicipality, ...others } = taken.fields;
				const said = Object.entries(others).filter(([name]) => !name.startsWith('notes/'));
				this.#hash.update(JSON.stringify([key, taken.contacts, desk, deskMunicipality ?? '', said]));
				planned.push({ ...taken, key });
			}
		}
		if (planned.length > 0) await take(planned);
	}

	async #before(keys: readonly string[]): Promise<Set<string>> {
		const rows = await this.#trx
			.selectFrom('register_rows')
			.select('row_key')
			.where('organisation_id', '=', this.#input.organisation)
			.where(among(this.#store, 'row_key', keys))
			.execute();
		return new Set(rows.map(({ row_key }) => row_key));
	}

	/** What a row is known again by. The hash is keyed: a row may have columns that are not brought in, and names in them. */
	#keyOf({ cells }: RegisterRow): string {
		const said = cells.flatMap((cell, at) => (cell === '' ? [] : [`${this.#folded[at] ?? ''}\t${cell}`])).sort(); // prettier-ignore
		const text = said.join('\n');
		const same = (this.#same.get(text) ?? 0) + 1;
		this.#same.set(text, same);
		return createHmac('sha256', this.#input.key)
			.update(`${this.#input.organisation}\n${same}\n${text}`)
			.digest('hex')
			.slice(0, 32);
	}

	#say =
		(where: string): Say =>
		(outcome, code, column, found) => {
			this.#codes[code] = (this.#codes[code] ?? 0) + 1;
			const name = column === undefined ? undefined : this.#names[column];
			this.#report({
				where,
				outcome,
				code,
				...(name !== undefined && { field: shown(name) }),
				...(found !== undefined && found !== '' && { found: shown(found) })
			});
		};
}
