import {
	BadInput,
	type Draft,
	type InputFile,
	type Reader,
	type ReportLine
} from '#lib/server/directory/draft.ts';
import { hsdsTables, tableOfFile } from '#lib/server/directory/hsds-tables.ts';
import { csvRows } from './csv-rows.ts';
import { decodeText } from './decode-text.ts';
import { HsdsJoin } from './hsds-join.ts';
import { isRecord, textOf, type HsdsRecord } from './hsds-record.ts';
import { readHsdsService, type HsdsOptions } from './hsds-service.ts';
import { languageOf } from './hsds-terms.ts';
import { openZip, ZIP_LIMITS, type ZipLimits } from './zip-files.ts';

type Report = (line: ReportLine) => void;

/** Characters of `datapackage.json` at most; the official one has 124 000. */
const LONGEST_PACKAGE = 5_000_000;

/** Names of tables by file, from `datapackage.json`: it may call its files as it likes. */
async function namedByPackage(files: InputFile[], report: Report): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	const file = files.find(({ name }) => /(?:^|[\\/])datapackage\.json$/i.test(name));
	if (!file) return names;
	let text = '';
	for await (const chunk of decodeText(file.open(), file.name, report)) {
		text += chunk;
		if (text.length > LONGEST_PACKAGE) break;
	}
	try {
		const { resources } = JSON.parse(text) as { resources?: unknown };
		for (const resource of Array.isArray(resources) ? (resources as unknown[]) : []) {
			if (!isRecord(resource)) continue;
			const name = textOf(resource, 'name');
			if (hsdsTables.has(name)) names.set(textOf(resource, 'path').toLowerCase(), name);
		}
	} catch {
		// The tables have names of their own, which nearly everybody keeps.
		report({ where: file.name, outcome: 'skipped', code: 'bad_datapackage' });
	}
	return names;
}

/** A row as the object that HSDS JSON has: numbers as numbers, empty cells left out. */
function recordOf(table: string, cells: Record<string, string>): HsdsRecord {
	const numbers = hsdsTables.get(table)?.numbers;
	const record: HsdsRecord = {};
	for (const [column, cell] of Object.entries(cells)) {
		const number = numbers?.has(column) ? Number(cell) : NaN;
		const value = Number.isFinite(number) && cell.trim() !== '' ? number : cell;
		Object.defineProperty(record, column, { value, enumerable: true, writable: true, configurable: true });
	}
	return record;
}

/** Takes in one file; returns the language that it says the texts of services are in, if it is the one that does. */
async function load(
	file: InputFile,
	table: string,
	join: HsdsJoin,
	report: Report
): Promise<string | undefined> {
	let said: string | undefined;
	let rows = 0;
	for await (const { line, cells } of csvRows(file, report)) {
		rows += 1;
		const where = `${file.name} line ${line}`;
		const record = recordOf(table, cells);
		const id = textOf(record, 'id');
		if (id === '') {
			if (rows === 1 && table === 'service' && !('name' in cells))
				throw new BadInput('unknown_format', `${file.name} has no columns of HSDS`);
			report({ where, outcome: 'skipped', code: 'no_id', field: 'id' });
		} else if (!join.add(table, id, line, record))
			report({ where, id, outcome: 'skipped', code: 'duplicate_id', field: 'id', found: id.slice(0, 80) });
		else if (table === 'meta_table_description' && tableOfFile(textOf(record, 'name')) === 'service')
			said = languageOf(textOf(record, 'language'));
	}
	return said;
}

/**
 * Reads services of HSDS 3.0 and 3.1 from the files of a tabular package, in any order: `services.csv`, what belongs to it,
 * and `datapackage.json` if there is one; other files are left alone. Cells may stand between commas, semicolons or tabs, in
 * UTF-8, UTF-16 or Latin-1. The tables are put together in a temporary file, so memory stays small.
 *
 * Throws `BadInput`: `unknown_format` (no services), `cut_off`, `not_csv`, `record_too_large`; all before the first entry is
 * given out.
 */
export async function* readHsdsFiles(
	files: InputFile[],
	options: HsdsOptions,
	report: Report
): AsyncGenerator<Draft> {
	const names = await namedByPackage(files, report);
	const tables = files
		.filter(({ name }) => /\.(?:csv|tsv|txt)$/i.test(name))
		.map((file) => {
			const base = file.name.toLowerCase().replace(/^.*[\\/]/, '');
			return { file, table: names.get(file.name.toLowerCase()) ?? names.get(base) ?? tableOfFile(file.name) };
		});
	const services = tables.find(({ table }) => table === 'service')?.file;
	if (!services) throw new BadInput('unknown_format', 'There is no services.csv');
	using join = new HsdsJoin();
	let { language } = options;
	for (const { file, table } of tables)
		if (table) language = (await load(file, table, join, report)) ?? language;
	for (const { service, line } of join.services()) {
		const draft = readHsdsService(service, `${services.name} line ${line}`, { ...options, language }, report);
		if (draft) yield draft;
	}
	for (const [table, count] of join.unused()) {
		if (table === 'meta_table_description') continue;
		const where = hsdsTables.get(table)?.file ?? table;
		report({ where, outcome: 'skipped', code: 'belongs_to_no_service', found: String(count) });
	}
}

/**
 * Reads services from a tabular package in a zip archive; see `readHsdsFiles`.
 *
 * Throws `BadInput`: also `zip_too_large`, `bad_zip`, `empty`.
 */
export async function* readHsdsZip(
	archive: InputFile,
	options: HsdsOptions,
	report: Report,
	limits: ZipLimits = ZIP_LIMITS
): AsyncGenerator<Draft> {
	yield* readHsdsFiles(await openZip(archive.open(), limits), options, report);
}

/** Reads tabular packages: each archive by itself, and all other files as one. */
export function readHsdsTables(options: HsdsOptions): Reader {
	return async function* (files, report) {
		const single: InputFile[] = [];
		for (const file of files) {
			if (/\.zip$/i.test(file.name)) yield* readHsdsZip(file, options, report);
			else single.push(file);
		}
		if (single.length > 0) yield* readHsdsFiles(single, options, report);
	};
}
