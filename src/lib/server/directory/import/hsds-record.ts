import type { JsonValue } from '#lib/domain/json.ts';
import type { ReportLine } from '#lib/server/directory/draft.ts';

/** An object of HSDS as it came: any member may be missing, null or of another type than the standard says. */
export type HsdsRecord = { [member: string]: JsonValue };

/** Reports what is wrong with one record. `found` may be any value; it is cut to 80 characters. */
export type Tell = (outcome: ReportLine['outcome'], code: string, field?: string, found?: unknown) => void;

/** What tells of one record: where it stood and its id are the same in every line. */
export function teller(report: (line: ReportLine) => void, where: string, id?: string): Tell {
	return (outcome, code, field, found) => {
		const line: ReportLine = { where, outcome, code };
		if (id) line.id = id;
		if (field) line.field = field;
		if (found !== undefined) {
			const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? '');
			line.found = text.slice(0, 80).toWellFormed();
		}
		report(line);
	};
}

export function isRecord(value: unknown): value is HsdsRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member's text without the spaces around it; empty where it has none. Numbers count as text. */
export function textOf(record: HsdsRecord, member: string): string {
	const value = record[member];
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() : '';
}

/** A member's number, also where it is written as text; undefined where it has none. */
export function numberOf(record: HsdsRecord, member: string): number | undefined {
	const text = textOf(record, member);
	if (text === '') return undefined;
	const number = Number(text);
	return Number.isFinite(number) ? number : undefined;
}

/** A member that is an object. */
export function recordOf(record: HsdsRecord, member: string): HsdsRecord | undefined {
	const value = record[member];
	return isRecord(value) ? value : undefined;
}

/** A member's list of objects; missing or null is empty, anything else is reported. */
export function listOf(record: HsdsRecord, member: string, tell: Tell): HsdsRecord[] {
	const value = record[member];
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) {
		tell('mended', 'not_a_list', member, value);
		return [];
	}
	const records = value.filter(isRecord);
	if (records.length < value.length) tell('mended', 'not_an_object', member);
	return records;
}
