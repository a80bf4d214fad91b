import { createHash, hash } from 'node:crypto';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { emptyRecord, REMOVED, type RecordState } from '#lib/domain/record.ts';
import { readLanguageField, SERVER_AUTHOR, SERVICE, sourceField } from '#lib/domain/service-record.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import { writeState } from '#lib/server/storage/record-text.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { joinAsServer } from '#lib/server/sync/publish.ts';
import { complete, type Origin } from './complete.ts';
import type { Draft, ReportLine } from './draft.ts';
import type { Staging } from './staging.ts';

/** Entries worked on at once. */
const AT_ONCE = 500;
/** Share of a source's entries that may vanish with one import without somebody's word for it. */
const SHRINK = 0.2;

export interface ApplyOptions {
	/** Works out everything and writes nothing. */
	dryRun?: boolean;
	/** What the source does not name stays: for pages and single entries. */
	partial?: boolean;
	/** Somebody has said that more than a fifth may vanish. */
	mayShrink?: boolean;
}

/** What an import did, or would do. */
export interface Outcome {
	new: number;
	changed: number;
	unchanged: number;
	/** Removed here, because the source names them no more. */
	removed: number;
	/** Fields that somebody has edited here and that stay as they were edited. */
	kept: number;
}

/** More than a fifth of what this source brought earlier would vanish: nothing was changed. */
export class WouldShrink extends Error {
	readonly before: number;
	readonly gone: number;

	constructor(before: number, gone: number) {
		super(`${gone} of ${before} entries of this source would vanish.`);
		this.before = before;
		this.gone = gone;
	}
}

type Entry = Database['imported_entries'];

/** Undoes a dry run. */
class Undo extends Error {}

/**
 * Takes staged drafts into an organisation's directory, all of them or none. Only what has changed at the source since its last import is
 * written, and what somebody has edited here stays as they left it.
 */
export async function applyImport(
	store: Store,
	organisation: string,
	staging: Staging,
	origin: Origin,
	report: (line: ReportLine) => void,
	now: number,
	options: ApplyOptions = {}
): Promise<Outcome> {
	let outcome: Outcome = nothing();
	try {
		await store.write(async (trx) => {
			outcome = nothing();
			const work = new Import(trx, store, organisation, origin, now, outcome);
			for (const drafts of staging.pages(AT_ONCE)) await work.take(drafts, report);
			if (!options.partial) await work.letGo(staging, options.mayShrink ?? false);
			if (options.dryRun) throw new Undo();
		});
	} catch (error) {
		if (!(error instanceof Undo)) throw error;
	}
	return outcome;
}

const nothing = (): Outcome => ({ new: 0, changed: 0, unchanged: 0, removed: 0, kept: 0 });

const hashOf = (value: unknown) => hash('sha256', JSON.stringify(value)).slice(0, 16);

/** The id of an entry's record: the same for the same entry of the same source, always. UUID version 8 (RFC 9562). */
function recordIdOf(organisation: string, source: string, id: string): string {
	const hex = createHash('sha256').update([organisation, source, id].join('\n')).digest('hex');
	const variant = '89ab'[parseInt(hex.charAt(16), 16) % 4];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Texts that somebody has edited here and that the source changes, by the edited field: what the source says now. */
function overtaken(heads: RecordState['heads'], name: string, said: unknown): Record<string, unknown> {
	const textIn = (texts: unknown, language: string) => (texts as Texts | null | undefined)?.[language];
	return Object.fromEntries(
		Object.keys(heads).flatMap((edited) => {
			const place = readLanguageField(edited);
			if (place?.field !== name || !heads[edited]?.some(({ author }) => author !== SERVER_AUTHOR)) return [];
			const now = textIn(said, place.language);
			if (now?.text === textIn(heads[name]?.at(-1)?.value, place.language)?.text) return [];
			return [[sourceField(edited), now ?? null]];
		})
	);
}

class Import {
	readonly #trx: Trx;
	readonly #store: Store;
	readonly #organisation: string;
	readonly #origin: Origin;
	readonly #now: number;
	readonly #outcome: Outcome;

	constructor(trx: Trx, store: Store, organisation: string, origin: Origin, now: number, outcome: Outcome) {
		this.#trx = trx;
		this.#store = store;
		this.#organisation = organisation;
		this.#origin = origin;
		this.#now = now;
		this.#outcome = outcome;
	}

	/** Takes in one page of drafts. */
	async take(drafts: readonly Draft[], report: (line: ReportLine) => void): Promise<void> {
		const entries = await this.#entries(drafts.map(({ id }) => id));
		const idOf = (id: string) =>
			entries.get(id)?.record_id ?? recordIdOf(this.#organisation, this.#origin.from, id);
		const records = await this.#records(drafts.map(({ id }) => idOf(id)));
		const written: { id: string; state: RecordState }[] = [];
		const noted: Entry[] = [];
		for (const draft of drafts) {
			const found = complete(draft, this.#origin, report);
			if (!found) continue;
			const id = idOf(draft.id);
			const before = entries.get(draft.id);
			const hashes = Object.fromEntries(
				Object.entries(found.said).map(([name, value]) => [name, hashOf(value)])
			);
			noted.push({
				organisation_id: this.#organisation,
				source: this.#origin.from,
				source_id: draft.id,
				record_id: id,
				fields: JSON.stringify(hashes),
				raw: draft.raw === undefined ? null : JSON.stringify(draft.raw),
				gone_at: null
			});
			const state = records.get(id) ?? emptyRecord;
			const fields = before ? this.#changed(before, hashes, found.whole, state) : found.whole;
			const isNote = (name: string) => !(name in found.whole) && name.endsWith(sourceField(''));
			const says = Object.keys(fields).some((name) => !isNote(name));
			this.#outcome[!says ? 'unchanged' : before ? 'changed' : 'new'] += 1;
			if (Object.keys(fields).length === 0) continue;
			const plain = JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>;
			written.push({
				id,
				state: joinAsServer(state, { collection: SERVICE, id, fields: plain }, this.#now)
			});
		}
		await this.#write(written);
		await insertRows(
			this.#trx,
			this.#store,
			'imported_entries',
			noted,
			`on conflict (organisation_id, source, source_id)
				do update set record_id = excluded.record_id, fields = excluded.fields, raw = excluded.raw, gone_at = null`
		);
	}

	/**
	 * Fields that the source says otherwise than the last time. What somebody has edited here stays: of a text the languages that they
	 * edited lie above it, and of everything else is only noted what the source says now.
	 */
	#changed(
		{ fields, gone_at }: Entry,
		hashes: Readonly<Record<string, string>>,
		whole: object,
		{ heads }: RecordState
	): Record<string, unknown> {
		const last = JSON.parse(fields) as Record<string, string>;
		const values = whole as Record<string, unknown>;
		const names = [...new Set([...Object.keys(last), ...Object.keys(hashes)])].filter(
			(name) => last[name] !== hashes[name]
		);
		const changed: Record<string, unknown> = gone_at === null ? {} : { [REMOVED]: false };
		for (const name of names) {
			const said = values[name] ?? null;
			const isEdited = heads[name]?.some(({ author }) => author !== SERVER_AUTHOR) ?? false;
			changed[isEdited ? sourceField(name) : name] = said;
			const texts = overtaken(heads, name, said);
			Object.assign(changed, texts);
			if (isEdited || Object.keys(texts).length > 0) this.#outcome.kept += 1;
		}
		return changed;
	}

	/** Removes what the source names no more. Throws `WouldShrink`. */
	async letGo(staging: Staging, mayShrink: boolean): Promise<void> {
		const rows = await this.#trx
			.selectFrom('imported_entries')
			.select(['source_id', 'record_id'])
			.where('organisation_id', '=', this.#organisation)
			.where('source', '=', this.#origin.from)
			.where('gone_at', 'is', null)
			.execute();
		const gone = rows.filter(({ source_id }) => !staging.has(source_id));
		const before = rows.length - this.#outcome.new;
		if (!mayShrink && gone.length > before * SHRINK) throw new WouldShrink(before, gone.length);
		for (let first = 0; first < gone.length; first += AT_ONCE) {
			const some = gone.slice(first, first + AT_ONCE);
			const records = await this.#records(some.map(({ record_id }) => record_id));
			await this.#write(
				[...records].map(([id, state]) => ({
					id,
					state: joinAsServer(state, { collection: SERVICE, id, fields: { [REMOVED]: true } }, this.#now)
				}))
			);
			await this.#trx
				.updateTable('imported_entries')
				.set({ gone_at: this.#now })
				.where('organisation_id', '=', this.#organisation)
				.where('source', '=', this.#origin.from)
				.where(
					among(
						this.#store,
						'source_id',
						some.map(({ source_id }) => source_id)
					)
				)
				.execute();
		}
		this.#outcome.removed = gone.length;
	}

	async #entries(ids: readonly string[]): Promise<Map<string, Entry>> {
		const rows = await this.#trx
			.selectFrom('imported_entries')
			.selectAll()
			.where('organisation_id', '=', this.#organisation)
			.where('source', '=', this.#origin.from)
			.where(among(this.#store, 'source_id', ids))
			.execute();
		return new Map(rows.map((row) => [row.source_id, row]));
	}

	async #records(ids: readonly string[]): Promise<Map<string, RecordState>> {
		const rows = await this.#trx
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', this.#organisation)
			.where('collection', '=', SERVICE)
			.where(among(this.#store, 'id', ids))
			.execute();
		const texts = rows.map(({ state }) => state);
		const states = await readStates(this.#trx, this.#store, this.#organisation, texts);
		return new Map(rows.map(({ id }, index) => [id, states[index]!]));
	}

	async #write(records: readonly { id: string; state: RecordState }[]): Promise<void> {
		if (records.length === 0) return;
		const counter = await this.#trx
			.updateTable('counters')
			.set((eb) => ({ change_number: eb('change_number', '+', records.length) }))
			.where('organisation_id', '=', this.#organisation)
			.returning('change_number')
			.executeTakeFirstOrThrow();
		const last = Number(counter.change_number) - records.length;
		await insertRows(
			this.#trx,
			this.#store,
			'records',
			records.map(({ id, state }, index) => ({
				organisation_id: this.#organisation,
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
