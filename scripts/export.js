/**
 * `npm run export -- FILE`: writes the organisation's directory as HSDS 3: `services.json`, or with `--format hsds-csv` a folder of tables with
 * `datapackage.json`. What came in as HSDS and was not changed here goes out as it came. DATABASE_URL names the store, as for the server,
 * which may run meanwhile.
 *
 *     --format FORMAT      hsds-json (default) or hsds-csv
 *     --hsds VERSION       of the tables: 3.0 (default) or 3.1
 *     --organisation ID    where the store has more than one
 */
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { helsinki } from '../src/lib/domain/dates.ts';
import { hsdsDataPackage, writeHsdsTables } from '../src/lib/server/directory/export/hsds-csv.ts';
import { hsdsServices, jsonList } from '../src/lib/server/directory/export/services-out.ts';
import { readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { organisationOf } from './organisation.js';

/** @param {string} text @returns {never} */
function refuse(text) {
	console.error(text);
	process.exit(2);
}

function readArguments() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: {
				format: { type: 'string', default: 'hsds-json' },
				hsds: { type: 'string', default: '3.0' },
				organisation: { type: 'string' }
			}
		});
	} catch (error) {
		return refuse(error instanceof Error ? error.message : String(error));
	}
}

const {
	values: { format, hsds, organisation },
	positionals: [path]
} = readArguments();
if (path === undefined) refuse('Into which file? npm run export -- services.json');
if (existsSync(path)) refuse(`${path} is there already; an export replaces nothing.`);
if (format !== 'hsds-json' && format !== 'hsds-csv') refuse('The format is one of hsds-json, hsds-csv.');
if (hsds !== '3.0' && hsds !== '3.1') refuse('The version of HSDS is 3.0 or 3.1.');

const store = await openStore(readSettings(process.env).databaseUrl);
/** What is half is never taken for whole. */
const unfinished = `${path}.part`;
try {
	const { id, name } = await organisationOf(store, organisation, refuse);
	let count = 0;
	const services = async function* () {
		for await (const service of hsdsServices(store, id, helsinki(Date.now()).date)) {
			count += 1;
			yield service;
		}
	};
	rmSync(unfinished, { recursive: true, force: true });
	if (format === 'hsds-json') await pipeline(jsonList(services()), createWriteStream(unfinished));
	else {
		mkdirSync(unfinished);
		await writeHsdsTables(services(), hsds, (file, text) => appendFile(join(unfinished, file), text));
		await writeFile(join(unfinished, 'datapackage.json'), JSON.stringify(hsdsDataPackage(hsds), null, '\t'));
	}
	renameSync(unfinished, path);
	console.log(`${name}: ${count} services, ${format}, in ${path}.`);
} finally {
	await store.close();
}
