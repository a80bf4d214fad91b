import type { InputFile, ReportLine } from '#lib/server/directory/draft.ts';

/** Says that something of a record could not be understood and was left out. */
export type Mended = (code: string, field: string, found?: unknown) => void;

/** A value of a source as a report shows it: 80 characters at most. */
export function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
	return text.length > 80 ? `${text.slice(0, 79)}…`.toWellFormed() : text;
}

/** The voice of one record in the report. */
export function mendedBy(report: (line: ReportLine) => void, where: string, id: string): Mended {
	return (code, field, found) => {
		const line: ReportLine = { where, id, outcome: 'mended', code, field };
		report(found === undefined ? line : { ...line, found: shown(found) });
	};
}

/** Where a record stands, for the report. */
export const recordIn = (file: InputFile, number: number | string) => `${file.name} record ${number}`.trim();
