/**
 * `npm run import -- FILE…` or `-- https://…`: brings a directory of services into the organisation's own, whole or not at all. HSDS 3 (JSON, NDJSON, CSV as
 * files or zip), PTV (Suomi.fi) 11 and 12, and Reppu's own spreadsheet (XLSX or CSV), which changes texts and facts of entries that are
 * there. DATABASE_URL names the store, as for the server, which may run meanwhile. An address must be
 * on one of IMPORT_HOSTS.
 *
 *     --from NAME          name of the source; the same name brings the same entries up to date (default: the first file's name)
 *     --organisation ID    where the store has more than one
 *     --language TAG       language of texts whose source does not say it (default: fi)
 *     --format FORMAT      hsds-json, hsds-csv, ptv-11, ptv-12 or sheet, where it is not found out
 *     --dry-run            says what would be done, and does nothing
 *     --partial            what the files do not name stays
 *     --may-shrink         more than a fifth of the source's entries may vanish
 *     --lines N            lines of the report that are printed (default: 20)
 */
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { shrinks, WouldShrink } from '../src/lib/server/directory/apply.ts';
import { BadInput } from '../src/lib/server/directory/draft.ts';
import { importFiles } from '../src/lib/server/directory/import-files.ts';
import { SERVICE } from '../src/lib/domain/service-record.ts';
import { importFormats } from '../src/lib/protocol/imports.ts';
import { fetchPages } from '../src/lib/server/directory/runs/fetch-pages.ts';
import { noteRun } from '../src/lib/server/directory/runs/run-rows.ts';
import { indexDirectory } from '../src/lib/server/directory/pack/index-directory.ts';
import { keepPack } from '../src/lib/server/directory/pack/keep.ts';
import { readSettings } from '../src/lib/server/settings.ts';
import { ErasedFile } from '../src/lib/server/storage/erased-list.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

/** Entries of a directory of which the pack is made at once: more take minutes and a gigabyte, and whoever brings them in would wait. */
const MOST_PACKED = 25_000;

const { values, positionals: files } = readArguments({
	from: { type: 'string' },
	organisation: { type: 'string' },
	language: { type: 'string', default: 'fi' },
	format: { type: 'string' },
	'dry-run': { type: 'boolean', default: false },
	partial: { type: 'boolean', default: false },
	'may-shrink': { type: 'boolean', default: false },
	lines: { type: 'string', default: '20' }
});
const [first] = files;
if (first === undefined) refuse('Which files? npm run import -- services.json --from suomi.fi');
/** @param {string} file */
const isAddress = (file) => /^https?:\/\//i.test(file);
for (const file of files) if (!isAddress(file) && !existsSync(file)) refuse(`There is no file ${file}.`);
const format = importFormats.find((name) => name === values.format);
if (values.format !== undefined && !format) refuse(`The format is one of ${importFormats.join(', ')}.`);

readEnvironment();
const settings = readSettings(process.env);
const erased = settings.erasedFile === undefined ? undefined : new ErasedFile(settings.erasedFile);
const store = await openStore(settings.databaseUrl, erased);
const folder = mkdtempSync(join(tmpdir(), 'reppu-fetched-'));
let code = 0;
try {
	const { id, name } = await organisationOf(store, values.organisation, refuse);
	const inputs = [];
	for (const [number, file] of files.entries()) {
		if (!isAddress(file)) {
			inputs.push({ name: basename(file), path: file, bytes: statSync(file).size });
			continue;
		}
		/** @param {number} page */
		const pathOf = (page) => join(folder, `${number}-${page}`);
		const fetched = await fetchPages(file, pathOf, settings.imports);
		inputs.push(...fetched.map((one, page) => ({ ...one, path: pathOf(page) })));
	}
	const from = values.from ?? (isAddress(first) ? new URL(first).host : basename(first));
	const now = Date.now();
	const report = await importFiles(
		store,
		inputs.map(({ name: called, path }) => ({ name: called, open: () => createReadStream(path) })),
		{
			organisation: id,
			from,
			format,
			language: values.language,
			dryRun: values['dry-run'],
			partial: values.partial,
			mayShrink: values['may-shrink'],
			also: (trx, outcome, { format: found, origin, ...read }) =>
				noteRun(
					trx,
					{
						organisation_id: id,
						source: from,
						format: found,
						language: values.language,
						partial: Number(values.partial),
						files: JSON.stringify(inputs.map(({ name: called, bytes }) => ({ name: called, bytes })))
					},
					{ ...read, ...outcome, date: origin.date, shrinks: shrinks(outcome), changedSince: false },
					now
				)
		},
		now
	);
	for (const line of report.lines.slice(0, Number(values.lines)))
		console.log(
			[line.where, line.outcome, line.code, line.field, line.found]
				.filter((part) => part !== undefined)
				.join(' · ')
		);
	for (const [said, count] of Object.entries(report.codes))
		console.log(`${String(count).padStart(7)} × ${said}`);
	const { read, skipped, new: added, changed, unchanged, removed, kept } = report;
	console.log(
		`${values['dry-run'] ? 'A dry run, nothing was changed. ' : ''}${name}, ${report.format}: ${read} read, ${skipped} skipped; ` +
			`${added} new, ${changed} changed, ${unchanged} as before, ${removed} removed, ${kept} fields kept as edited here.`
	);
	if (values['dry-run'] && shrinks(report) && !values['may-shrink']) {
		code = 1;
		console.error(
			`${removed} of ${report.before} entries of this source would vanish: without --may-shrink nothing will be brought in.`
		);
	}
	// Phones fetch a large directory as one pack; the server's own job makes it within the hour where it is not made here.
	if (added + changed + removed > 0 && !values['dry-run']) {
		const { count } = await store.db
			.selectFrom('records')
			.select(({ fn }) => fn.countAll().as('count'))
			.where('organisation_id', '=', id)
			.where('collection', '=', SERVICE)
			.executeTakeFirstOrThrow();
		const { packRegions } = settings;
		const deps = { store, now: () => Date.now(), packRegions, buildIndex: indexDirectory };
		const kept = Number(count) > MOST_PACKED ? 'later' : await keepPack(deps, id, true);
		if (kept === 'later') console.log('The server makes the pack for phones within the hour.');
		if (kept === 'built') console.log('The pack for phones is up to date.');
	}
} catch (error) {
	code = 1;
	if (error instanceof WouldShrink)
		console.error(
			`Nothing was changed: ${error.message} If that is right, say --may-shrink; if the files are a part only, say --partial.`
		);
	else if (error instanceof BadInput) console.error(`Nothing was changed (${error.code}): ${error.message}`);
	else throw error;
} finally {
	rmSync(folder, { recursive: true, force: true });
	await store.close();
}
process.exit(code);
