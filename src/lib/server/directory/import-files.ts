import { setImmediate as nextTurn } from 'node:timers/promises';
import { helsinki } from '#lib/domain/dates.ts';
import type { ImportFormat } from '#lib/protocol/imports.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { applyImport, type ApplyOptions, type Outcome } from './apply.ts';
import type { Origin } from './complete.ts';
import { BadInput, type InputFile, type Reader, type ReportLine } from './draft.ts';
import { formatOf, sourceFormat } from './format.ts';
import { readHsdsTables } from './import/hsds-csv.ts';
import { readHsdsJson } from './import/hsds-json.ts';
import { readPtv11 } from './import/ptv-11.ts';
import { readPtv12 } from './import/ptv-12.ts';
import { applySheet } from './sheet/apply-sheet.ts';
import { readSheets } from './sheet/read-sheet.ts';
import { Staging } from './staging.ts';

export interface ReadOptions {
	/** Name of the source: the same name brings the same entries up to date. */
	from: string;
	/** Undefined: found out from the files. */
	format?: ImportFormat | undefined;
	/** Language of texts whose source does not say it, BCP 47. */
	language: string;
}

export interface ImportOptions extends ReadOptions, Omit<ApplyOptions, 'also' | 'plan'> {
	organisation: string;
	/** What is written in the same transaction. */
	also?: (trx: Trx, outcome: Outcome, read: Read & Pick<Voice, 'skipped' | 'codes'>) => Promise<void>;
}

/** What was read. */
export interface Read {
	format: ImportFormat;
	origin: Origin;
	/** Entries that were understood. */
	read: number;
}

/** What an import read and did. */
export interface Report extends Outcome {
	format: ImportFormat;
	read: number;
	skipped: number;
	/** How often each code was reported, by code. */
	codes: Record<string, number>;
	/** The first lines, in their order. */
	lines: ReportLine[];
}

/** The code of records that their source has taken back. */
const NOT_PUBLISHED = 'not_published';

/** Entries that are read without a pause. */
const AT_ONCE = 200;

/** Lines that a report carries itself. */
const FIRST_LINES = 1000;

/** Counts what is said of an import; the lines themselves are kept with the drafts. */
export class Voice {
	readonly codes: Record<string, number> = {};
	skipped = 0;
	readonly #staging: Staging;

	constructor(staging: Staging) {
		this.#staging = staging;
	}

	readonly add = (line: ReportLine): void => {
		this.codes[line.code] = (this.codes[line.code] ?? 0) + 1;
		if (line.outcome === 'skipped') {
			this.skipped += 1;
			// A bad record is no reason to remove its entry; that it is published no more is one.
			if (line.id !== undefined && line.code !== NOT_PUBLISHED) this.#staging.passOver(line.id);
		}
		this.#staging.say(line);
	};
}

function readerOf(
	format: Exclude<ImportFormat, 'sheet'>,
	{ from, language }: ReadOptions,
	on: string
): Reader {
	const hsds = { from, language, country: 'FI', on } as const;
	switch (format) {
		case 'hsds-json':
			return readHsdsJson(hsds);
		case 'hsds-csv':
			return readHsdsTables(hsds);
		case 'ptv-11':
			return readPtv11;
		case 'ptv-12':
			return readPtv12;
	}
}

/** Reads files to their end into a staging. Throws `BadInput` where that cannot be done. */
export async function readFiles(
	inputs: readonly InputFile[],
	options: ReadOptions,
	staging: Staging,
	voice: Voice,
	now: number
): Promise<Read> {
	const format = options.format ?? (await formatOf(inputs));
	const origin: Origin = { from: options.from, format: sourceFormat(format), date: helsinki(now).date };
	let read = 0;
	let seen = 0;
	const found =
		format === 'sheet'
			? readSheets(inputs, origin.date, voice.add)
			: readerOf(format, options, origin.date)(inputs, voice.add);
	for await (const one of found) {
		seen += 1;
		// A reader may have much at hand: others are let in between.
		if (seen % AT_ONCE === 0) await nextTurn();
		if (staging.add(one)) read += 1;
		else voice.add({ where: one.where, id: one.id, outcome: 'skipped', code: 'duplicate_id' });
	}
	if (read === 0) throw new BadInput('empty', 'There is not one entry in it that could be taken in.');
	return { format, origin, read };
}

/** Takes in what was read, or works out what that would do. `author`: membership of whoever does it; undefined: the command line. */
export async function applyStaged(
	store: Store,
	organisation: string,
	staging: Staging,
	{ format, origin }: Pick<Read, 'format' | 'origin'>,
	report: (line: ReportLine) => void,
	now: number,
	options: ApplyOptions,
	author?: string
): Promise<Outcome> {
	const apply = format === 'sheet' ? applySheet : applyImport;
	return apply(store, organisation, staging, origin, report, now, options, author);
}

/**
 * Brings files into an organisation's directory, whole or not at all. Throws `BadInput` where they cannot be read to their end, and
 * `WouldShrink`; nothing is changed then.
 */
export async function importFiles(
	store: Store,
	inputs: readonly InputFile[],
	options: ImportOptions,
	now: number
): Promise<Report> {
	const staging = new Staging();
	const voice = new Voice(staging);
	try {
		const found = await readFiles(inputs, options, staging, voice, now);
		const { format, read } = found;
		const { also, ...others } = options;
		const outcome = await applyStaged(store, options.organisation, staging, found, voice.add, now, {
			...others,
			...(also && {
				also: (trx: Trx, done: Outcome) =>
					also(trx, done, { ...found, skipped: voice.skipped, codes: voice.codes })
			})
		});
		const lines = staging.lines(FIRST_LINES);
		return { format, read, ...outcome, skipped: voice.skipped, codes: voice.codes, lines };
	} finally {
		staging.remove();
	}
}
