/**
 * `npm run export -- FILE`: writes the organisation's directory as HSDS 3: `services.json`, or with `--format hsds-csv` a folder of tables with
 * `datapackage.json`. What came in as HSDS and was not changed here goes out as it came. With `--format xlsx` or `csv` it is a sheet for
 * translators, which `npm run import` brings in again. DATABASE_URL names the store, as for the server, which may run meanwhile.
 *
 *     --format FORMAT      hsds-json (default), hsds-csv, xlsx or csv
 *     --hsds VERSION       of the tables: 3.0 (default) or 3.1
 *     --organisation ID    where the store has more than one
 *     --languages TAGS     of a sheet: languages to translate to, as in ar,so,uk
 *     --source TAG         of a sheet: language that is translated from (default: fi)
 *     --table NAME         of a CSV sheet: texts (default) or services
 */
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { helsinki } from '../src/lib/domain/dates.ts';
import { note } from '../src/lib/server/audit/note.ts';
import { writeHsdsPackage } from '../src/lib/server/directory/export/hsds-package.ts';
import { hsdsServices, jsonList } from '../src/lib/server/directory/export/services-out.ts';
import { factRows, readSheetLanguages, textRows } from '../src/lib/server/directory/sheet/sheet-rows.ts';
import { sheetCsv, workbook } from '../src/lib/server/directory/sheet/write-sheet.ts';
import { standingServices } from '../src/lib/server/directory/standing-services.ts';
import { readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

const {
	values: { format, hsds, organisation, languages: to, source, table },
	positionals: [path]
} = readArguments({
	format: { type: 'string', default: 'hsds-json' },
	hsds: { type: 'string', default: '3.0' },
	organisation: { type: 'string' },
	languages: { type: 'string', default: '' },
	source: { type: 'string', default: 'fi' },
	table: { type: 'string', default: 'texts' }
});
if (path === undefined) refuse('Into which file? npm run export -- services.json');
if (existsSync(path)) refuse(`${path} is there already; an export replaces nothing.`);
if (format !== 'hsds-json' && format !== 'hsds-csv' && format !== 'xlsx' && format !== 'csv')
	refuse('The format is one of hsds-json, hsds-csv, xlsx, csv.');
if (hsds !== '3.0' && hsds !== '3.1') refuse('The version of HSDS is 3.0 or 3.1.');
if (table !== 'texts' && table !== 'services') refuse('The table is texts or services.');
const languages = readSheetLanguages(source, to);
if ((format === 'xlsx' || (format === 'csv' && table === 'texts')) && !languages)
	refuse('Into which languages? --languages ar,so');

readEnvironment();
const store = await openStore(readSettings(process.env).databaseUrl);
/** What is half is never taken for whole. */
const unfinished = `${path}.part`;
try {
	const { id, name } = await organisationOf(store, organisation, refuse);
	/** Ids of what has gone out; a workbook goes through all of it twice. */
	const seen = new Set();
	/** @template {{ id?: unknown }} T @param {AsyncIterable<T>} all */
	const counted = async function* (all) {
		for await (const one of all) {
			seen.add(one.id);
			yield one;
		}
	};
	const standing = () => counted(standingServices(store, id));
	const hsdsOut = () => counted(hsdsServices(store, id, helsinki(Date.now()).date));
	rmSync(unfinished, { recursive: true, force: true });
	if (format === 'hsds-csv') {
		mkdirSync(unfinished);
		await writeHsdsPackage(hsdsOut(), hsds, unfinished);
	} else {
		const rows = () =>
			table === 'texts' && languages ? textRows(standing(), languages) : factRows(standing(), source);
		const sheet = () => (format === 'xlsx' && languages ? workbook(standing, languages) : sheetCsv(rows()));
		const pieces = format === 'hsds-json' ? jsonList(hsdsOut()) : sheet();
		await pipeline(pieces, createWriteStream(unfinished));
	}
	await note(store.db, { organisation: id }, [{ event: 'export', kind: 'directory' }], Date.now());
	renameSync(unfinished, path);
	console.log(`${name}: ${seen.size} services, ${format}, in ${path}.`);
} finally {
	await store.close();
}
