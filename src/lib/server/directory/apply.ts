import { createHash, hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { emptyRecord, REMOVED, type RecordState } from '#lib/domain/record.ts';
import { readLanguageField, SERVER_AUTHOR, SERVICE, sourceField } from '#lib/domain/service-record.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { joinAsServer } from '#lib/server/sync/publish.ts';
import { complete, type Origin } from './complete.ts';
import type { ReportLine } from './draft.ts';
import { ImportRows, type Entry } from './import-rows.ts';
import type { StagedDraft, Staging } from './staging.ts';

/** Entries worked on at once: few enough that what they leave behind is gone before it counts as old. */
const AT_ONCE = 100;
/** Share of a source's entries that may vanish with one import without somebody's word for it. */
const SHRINK = 0.2;

export interface ApplyOptions {
	/** Works out everything and writes nothing. */
	dryRun?: boolean;
	/** What the source does not name stays: for pages and single entries. */
	partial?: boolean;
	/** Somebody has said that more than a fifth may vanish. */
	mayShrink?: boolean;
	/** `plan` of the dry run that somebody has looked at: nothing else is done. */
	plan?: string;
	/** What is written in the same transaction. */
	also?: (trx: Trx, outcome: Outcome) => Promise<void>;
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
	/** Entries that the source had the last time. */
	before: number;
	/** Hash of all that is written: the same means that the same would be done. */
	plan: string;
}

/** Whether more than a fifth of what a source brought earlier vanishes. */
export const shrinks = ({ before, removed }: Pick<Outcome, 'before' | 'removed'>) =>
	removed > before * SHRINK;

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

/** Something else would be done by now than was shown: nothing was changed. */
export class ChangedSince extends Error {}

/**
 * Takes staged drafts into an organisation's directory, all of them or none. Only what has changed at the source since its last import is
 * written, and what somebody has edited here stays as they left it. A dry run holds up nobody who writes.
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
	const source = { organisation, from: origin.from };
	if (options.dryRun)
		return new Import(new ImportRows(store.db, store, source), undefined, organisation, origin, now).run(
			staging,
			report,
			options
		);
	return store.write(async (trx) => {
		const rows = new ImportRows(trx, store, source);
		const outcome = await new Import(rows, trx, organisation, origin, now).run(staging, report, options);
		if (options.plan !== undefined && options.plan !== outcome.plan)
			throw new ChangedSince('The directory has changed since the dry run.');
		await options.also?.(trx, outcome);
		return outcome;
	});
}

const hashOf = (value: unknown) => hash('sha256', JSON.stringify(value)).slice(0, 16);

/** The id of an entry's record: the same for the same entry of the same source, always. UUID version 8 (RFC 9562). */
export function recordIdOf(organisation: string, source: string, id: string): string {
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
	readonly #rows: ImportRows;
	/** Undefined: a dry run. */
	readonly #trx: Trx | undefined;
	readonly #organisation: string;
	readonly #origin: Origin;
	readonly #now: number;
	readonly #plan = createHash('sha256');
	readonly #counts = { new: 0, changed: 0, unchanged: 0, removed: 0, kept: 0, before: 0 };

	constructor(rows: ImportRows, trx: Trx | undefined, organisation: string, origin: Origin, now: number) {
		this.#rows = rows;
		this.#trx = trx;
		this.#organisation = organisation;
		this.#origin = origin;
		this.#now = now;
	}

	async run(
		staging: Staging,
		report: (line: ReportLine) => void,
		{ partial = false, mayShrink = false }: ApplyOptions
	): Promise<Outcome> {
		await this.#letGo(staging, partial, mayShrink);
		for (const drafts of staging.pages(AT_ONCE)) {
			// SQLite leaves no pause in which others are heard.
			await nextTurn();
			await this.#take(drafts, report);
		}
		return { ...this.#counts, plan: this.#plan.digest('hex') };
	}

	/** Takes in one page of drafts. */
	async #take(drafts: readonly StagedDraft[], report: (line: ReportLine) => void): Promise<void> {
		const entries = await this.#rows.entries(drafts.map(({ id }) => id));
		const found = drafts.flatMap((draft) => this.#read(draft, entries.get(draft.id), report) ?? []);
		// Most of what comes again is as it was: its record need not be looked at.
		const open = found.filter(({ before, names }) => before?.gone_at !== null || names.length > 0);
		const records = await this.#rows.records(open.map(({ entry }) => entry.record_id));
		this.#counts.unchanged += found.length - open.length;
		const written: { id: string; state: RecordState }[] = [];
		for (const { entry, before, names, whole } of open) {
			const { source_id, record_id: id } = entry;
			const state = records.get(id) ?? emptyRecord;
			const fields = before ? this.#changed(before, names, whole, state) : whole;
			const isNote = (name: string) => !(name in whole) && name.endsWith(sourceField(''));
			const says = Object.keys(fields).some((name) => !isNote(name));
			this.#counts[!says ? 'unchanged' : before ? 'changed' : 'new'] += 1;
			if (Object.keys(fields).length === 0) continue;
			const text = JSON.stringify(fields);
			this.#plan.update(`${JSON.stringify(source_id)} ${text}\n`);
			if (!this.#trx) continue;
			const plain = JSON.parse(text) as Record<string, JsonValue>;
			written.push({
				id,
				state: joinAsServer(state, { collection: SERVICE, id, fields: plain }, this.#now)
			});
		}
		if (!this.#trx) return;
		await this.#rows.write(this.#trx, written);
		await this.#rows.note(
			this.#trx,
			found.map(({ entry }) => entry)
		);
	}

	/** A draft as the entry that is noted of it, with the names of the fields that its source says otherwise than before. */
	#read(draft: StagedDraft, before: Entry | undefined, report: (line: ReportLine) => void) {
		const read = complete(draft, this.#origin, report);
		if (!read) return undefined;
		const hashes = Object.fromEntries(
			Object.entries(read.said).map(([name, value]) => [name, hashOf(value)])
		);
		const entry: Entry = {
			organisation_id: this.#organisation,
			source: this.#origin.from,
			source_id: draft.id,
			record_id: before?.record_id ?? recordIdOf(this.#organisation, this.#origin.from, draft.id),
			fields: JSON.stringify(hashes),
			raw: draft.rawText,
			gone_at: null
		};
		const last = JSON.parse(before?.fields ?? '{}') as Record<string, string>;
		const names = [...new Set([...Object.keys(last), ...Object.keys(hashes)])].filter(
			(name) => last[name] !== hashes[name]
		);
		return { entry, before, names, whole: read.whole };
	}

	/**
	 * Fields that the source says otherwise than the last time. What somebody has edited here stays: of a text the languages that they
	 * edited lie above it, and of everything else is only noted what the source says now.
	 */
	#changed(
		{ gone_at }: Entry,
		names: readonly string[],
		whole: object,
		{ heads }: RecordState
	): Record<string, unknown> {
		const values = whole as Record<string, unknown>;
		const changed: Record<string, unknown> = gone_at === null ? {} : { [REMOVED]: false };
		for (const name of names) {
			const said = values[name] ?? null;
			const isEdited = heads[name]?.some(({ author }) => author !== SERVER_AUTHOR) ?? false;
			changed[isEdited ? sourceField(name) : name] = said;
			const texts = overtaken(heads, name, said);
			Object.assign(changed, texts);
			if (isEdited || Object.keys(texts).length > 0) this.#counts.kept += 1;
		}
		return changed;
	}

	/** Removes what the source names no more. Throws `WouldShrink`; a dry run only says it. */
	async #letGo(staging: Staging, partial: boolean, mayShrink: boolean): Promise<void> {
		const isGone = ({ source_id }: { source_id: string }) => !staging.has(source_id);
		for await (const page of this.#rows.standing(AT_ONCE)) {
			this.#counts.before += page.length;
			// SQLite leaves no pause in which others are heard.
			await nextTurn();
			if (partial) continue;
			for (const { source_id } of page.filter(isGone)) {
				this.#counts.removed += 1;
				this.#plan.update(`${JSON.stringify([source_id])}\n`);
			}
		}
		const { before, removed } = this.#counts;
		if (!this.#trx || removed === 0) return;
		if (!mayShrink && shrinks(this.#counts)) throw new WouldShrink(before, removed);
		for await (const page of this.#rows.standing(AT_ONCE)) {
			const gone = page.filter(isGone);
			const records = await this.#rows.records(gone.map(({ record_id }) => record_id));
			const written = [...records].map(([id, state]) => ({
				id,
				state: joinAsServer(state, { collection: SERVICE, id, fields: { [REMOVED]: true } }, this.#now)
			}));
			await this.#rows.write(this.#trx, written);
			await this.#rows.markGone(
				this.#trx,
				gone.map(({ source_id }) => source_id),
				this.#now
			);
		}
	}
}
