import type { JsonValue } from '#lib/domain/json.ts';
import type { ServiceFields } from '#lib/domain/service.ts';

/** An entry as a reader has understood it, not yet checked against the schema of the directory. */
export interface Draft {
	/** The entry's id in its source: the same entry is brought up to date the next time. */
	id: string;
	/** Where it stood, for people: `record 12`, `services.csv line 7`. */
	where: string;
	/** What it says. A member that the source does not know is left out, so what somebody added here stays. */
	fields: Partial<Omit<ServiceFields, 'imported' | 'verified' | 'mayHandOver' | 'kind'>>;
	/** When it was last changed at its source, ISO 8601, if that is said. */
	changed?: string;
	/** The version of its format, where that is told by the record itself. */
	format?: NonNullable<ServiceFields['imported']>['format'];
	/** The record as it came, for an export that gives back what was brought in. */
	raw?: JsonValue;
}

/**
 * - `skipped`: the record is not taken in, and why
 * - `mended`: it is taken in, without something that could not be understood
 */
export interface ReportLine {
	where: string;
	id?: string;
	outcome: 'skipped' | 'mended';
	/** Stable code in lower case with underscores, for instance `no_name`, `bad_date`, `unsafe_link`. */
	code: string;
	/** Field of the source that is meant. */
	field?: string;
	/** The value that was found, cut to 80 characters. */
	found?: string;
}

/** What is wrong with the input as a whole: nothing of it is taken in. */
export class BadInput extends Error {
	readonly code: string;

	/** @param code stable, for instance `not_json`, `cut_off`, `unknown_format`, `zip_too_large` */
	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/** A file of an import. */
export interface InputFile {
	/** Its name, perhaps with folders before it. */
	name: string;
	/** Reads it from its beginning, as often as it is called. */
	open(): AsyncIterable<Uint8Array>;
}

/** Reads files piece by piece and never holds all of one. Throws `BadInput`. */
export type Reader = (
	files: readonly InputFile[],
	report: (line: ReportLine) => void
) => AsyncIterable<Draft>;
