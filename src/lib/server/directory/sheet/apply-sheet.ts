import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { languageField, readService, SERVICE, withBefore } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { ChangedSince, type ApplyOptions, type Outcome } from '#lib/server/directory/apply.ts';
import type { Origin } from '#lib/server/directory/complete.ts';
import type { ReportLine } from '#lib/server/directory/draft.ts';
import { shown } from '#lib/server/directory/import/report-line.ts';
import { ImportRows } from '#lib/server/directory/import-rows.ts';
import type { Staging } from '#lib/server/directory/staging.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { joinBy } from '#lib/server/sync/publish.ts';
import { BadFact } from './bad-fact.ts';
import { markOf, markOfText } from './cell-text.ts';
import { facts } from './facts.ts';
import { fixedParts } from './fixed-parts.ts';
import type { FactChange, SheetRow, TextChange } from './sheet-row.ts';

type Report = (line: ReportLine) => void;

/** Rows worked on at once. */
const AT_ONCE = 500;

/** Author of what a sheet has brought by the command line: a person's work, but nobody whom the organisation knows. */
const SHEET_AUTHOR = 'sheet';

/**
 * Takes staged rows of a sheet into an organisation's directory, all of them or none: each change of a translation or a fact is written as
 * if its author had edited it, unless somebody has edited it here since the sheet was written.
 *
 * @param author membership of whoever brings it in; undefined: the command line
 */
export async function applySheet(
	store: Store,
	organisation: string,
	staging: Staging,
	origin: Origin,
	report: Report,
	now: number,
	options: ApplyOptions,
	author: string = SHEET_AUTHOR
): Promise<Outcome> {
	const source = { organisation, from: origin.from };
	const run = (rows: ImportRows, trx?: Trx) =>
		new SheetImport(rows, trx, origin, author, report, now).run(staging);
	if (options.dryRun) return run(new ImportRows(store.db, store, source));
	return store.write(async (trx) => {
		const outcome = await run(new ImportRows(trx, store, source), trx);
		if (options.plan !== undefined && options.plan !== outcome.plan)
			throw new ChangedSince('The directory has changed since the dry run.');
		await options.also?.(trx, outcome);
		return outcome;
	});
}

const isSameText = (a: Text | undefined, b: Text) =>
	a?.text === b.text && a.origin === b.origin && a.checked === b.checked && a.checkedBy === b.checkedBy;

class SheetImport {
	readonly #rows: ImportRows;
	/** Undefined: a dry run. */
	readonly #trx: Trx | undefined;
	readonly #origin: Origin;
	readonly #author: string;
	readonly #report: Report;
	readonly #now: number;
	readonly #plan = createHash('sha256');
	/** Of cells. */
	readonly #counts = { new: 0, changed: 0, unchanged: 0, removed: 0, kept: 0, before: 0 };

	constructor(
		rows: ImportRows,
		trx: Trx | undefined,
		origin: Origin,
		author: string,
		report: Report,
		now: number
	) {
		this.#rows = rows;
		this.#trx = trx;
		this.#origin = origin;
		this.#author = author;
		this.#report = report;
		this.#now = now;
	}

	async run(staging: Staging): Promise<Outcome> {
		for (const rows of staging.sheetPages(AT_ONCE)) {
			// SQLite leaves no pause in which others are heard.
			await nextTurn();
			await this.#take(rows);
		}
		return { ...this.#counts, plan: this.#plan.digest('hex') };
	}

	async #take(rows: readonly SheetRow[]): Promise<void> {
		const byService = Map.groupBy(rows, ({ service }) => service);
		const records = await this.#rows.records([...byService.keys()]);
		const written: { id: string; state: RecordState }[] = [];
		for (const [id, ofService] of byService) {
			const state = records.get(id);
			const service = state && removal(state) !== 'yes' ? readService(id, shownValues(state)) : undefined;
			if (!state || !service) {
				for (const { where } of ofService)
					this.#report({ where, id, outcome: 'skipped', code: 'unknown_service' });
				continue;
			}
			const fields = Object.assign({}, ...ofService.map((row) => this.#changes(row, service))) as object;
			if (Object.keys(fields).length === 0) continue;
			const plain = JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>;
			this.#plan.update(`${JSON.stringify([id, plain])}\n`);
			written.push({
				id,
				state: joinBy(
					this.#author,
					state,
					{ collection: SERVICE, id, fields: withBefore(plain, state) },
					this.#now
				)
			});
		}
		if (this.#trx) await this.#rows.write(this.#trx, written);
	}

	/** Fields that a row changes. */
	#changes(row: SheetRow, service: Service): Record<string, unknown> {
		this.#counts.unchanged += row.same;
		if ('texts' in row)
			return Object.fromEntries(
				row.texts.flatMap((change) => {
					const text = this.#text(row, change, service);
					return text ? [[languageField(row.field, change.language), text]] : [];
				})
			);
		return Object.fromEntries(
			row.facts.flatMap((change) => {
				const value = this.#fact(row, change, service);
				return value === undefined ? [] : [[change.name, value]];
			})
		);
	}

	/** A translation that may be taken in; undefined where it may not, or need not. */
	#text(
		{ where, service: id, field, source }: Extract<SheetRow, { texts: unknown }>,
		{ column, language, text, mark }: TextChange,
		service: Service
	): Text | undefined {
		const say = this.#voice(where, id, column, `${field} ${language}`);
		const now = service[field]?.[language];
		const from = source && source.language !== language ? service[field]?.[source.language] : undefined;
		const isOld = from !== undefined && source?.mark !== '' && markOf(from.text) !== source?.mark;
		const { checked: _, checkedBy: __, ...unchecked } = text;
		const wanted = isOld ? unchecked : text;
		if (isSameText(now, wanted)) {
			this.#counts.unchanged += 1;
			return undefined;
		}
		if (markOfText(now) !== mark) {
			this.#counts.kept += 1;
			say('edited_since', now?.text ?? '');
			return undefined;
		}
		const [has, should] = [fixedParts(text.text), fixedParts(from?.text ?? '')];
		const differing = [...should.filter((part) => !has.includes(part)), ...has.filter((part) => !should.includes(part))]; // prettier-ignore
		if (from && now?.text !== text.text && differing.length > 0) {
			say('other_parts', differing.join(' '));
			return undefined;
		}
		if (isOld) say('source_edited_since', from.text);
		this.#counts[now ? 'changed' : 'new'] += 1;
		return wanted;
	}

	#fact(
		{ where, service: id }: SheetRow,
		{ column, name, cell, mark }: FactChange,
		service: Service
	): unknown {
		const say = this.#voice(where, id, column, name);
		const now = facts[name].write(service);
		if (markOf(now) === markOf(cell)) {
			this.#counts.unchanged += 1;
			return undefined;
		}
		if (markOf(now) !== mark) {
			this.#counts.kept += 1;
			say('edited_since', now);
			return undefined;
		}
		try {
			const { from: title, date } = this.#origin;
			const value = facts[name].read(cell, { service, source: { title, date } });
			this.#counts[now === '' ? 'new' : 'changed'] += 1;
			return value;
		} catch (error) {
			if (!(error instanceof BadFact)) throw error;
			say(error.code, error.found);
			return undefined;
		}
	}

	/** Says what a cell is not taken in for, or is taken in without. */
	#voice(where: string, id: string, column: string, field: string): (code: string, found: string) => void {
		return (code, found) =>
			this.#report({
				where: `${where}, column ${column}`,
				id,
				outcome: 'mended',
				code,
				field,
				found: shown(found)
			});
	}
}
