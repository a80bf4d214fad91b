import { helsinki } from '#lib/domain/dates.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { applyImport, type ApplyOptions, type Outcome } from './apply.ts';
import type { Origin } from './complete.ts';
import { BadInput, type InputFile, type Reader, type ReportLine } from './draft.ts';
import { formatOf, type Format } from './format.ts';
import { readHsdsTables } from './import/hsds-csv.ts';
import { readHsdsJson } from './import/hsds-json.ts';
import { readPtv11 } from './import/ptv-11.ts';
import { readPtv12 } from './import/ptv-12.ts';
import { Staging } from './staging.ts';

export interface ImportOptions extends ApplyOptions {
	organisation: string;
	/** Name of the source: the same name brings the same entries up to date. */
	from: string;
	/** Undefined: found out from the files. */
	format?: Format | undefined;
	/** Language of texts whose source does not say it, BCP 47. */
	language: string;
}

/** What an import read and did. */
export interface Report extends Outcome {
	format: Format;
	/** Entries that were understood. */
	read: number;
	skipped: number;
	/** How often each code was reported, by code. */
	codes: Record<string, number>;
	/** The first lines, in their order. */
	lines: ReportLine[];
}

/** Lines that are kept: who needs more of them mends the source first. */
const MOST_LINES = 1000;

/** Collects what is said of an import, without keeping all of it. */
class Lines {
	readonly kept: ReportLine[] = [];
	readonly codes: Record<string, number> = {};
	skipped = 0;

	readonly add = (line: ReportLine): void => {
		this.codes[line.code] = (this.codes[line.code] ?? 0) + 1;
		if (line.outcome === 'skipped') this.skipped += 1;
		if (this.kept.length < MOST_LINES) this.kept.push(line);
	};
}

function readerOf(format: Format, { from, language }: ImportOptions, on: string): Reader {
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

const NAMED = {
	'hsds-json': 'hsds-3.0',
	'hsds-csv': 'hsds-3.0',
	'ptv-11': 'ptv-11',
	'ptv-12': 'ptv-12'
} as const;

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
	const format = options.format ?? (await formatOf(inputs));
	const lines = new Lines();
	const staging = new Staging();
	try {
		const origin: Origin = { from: options.from, format: NAMED[format], date: helsinki(now).date };
		let read = 0;
		for await (const draft of readerOf(format, options, origin.date)(inputs, lines.add)) {
			if (staging.add(draft)) read += 1;
			else lines.add({ where: draft.where, id: draft.id, outcome: 'skipped', code: 'duplicate_id' });
		}
		if (read === 0) throw new BadInput('empty', 'There is not one entry in it that could be taken in.');
		const outcome = await applyImport(store, options.organisation, staging, origin, lines.add, now, options);
		return { format, read, ...outcome, skipped: lines.skipped, codes: lines.codes, lines: lines.kept };
	} finally {
		staging.remove();
	}
}
