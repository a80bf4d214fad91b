/**
 * `npm run restore -- FILE`: puts a backup in the place of a register that was lost or damaged. Stop the server first. What stands there
 * is kept beside it. The restored register starts a new epoch: phones notice and send again what the backup lacks.
 *
 *     --key FILE      the key of a sealed backup
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { auditTrailOf } from './backup/audit-trail.js';
import { restorePostgres } from './backup/postgres.js';
import { openFolder } from './backup/open-folder.js';
import { isSealed, openFile } from './backup/sealing.js';
import { restoreSqlite } from './backup/sqlite.js';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';

readEnvironment();
const url = process.env.DATABASE_URL || 'data/reppu.db';
const { values, positionals } = readArguments({ key: { type: 'string' } });
const [file] = positionals;
if (!file || !existsSync(file)) refuse('Which backup? npm run restore -- data/backups/reppu-….db');
const { key } = values;
const postgres = /^postgres(ql)?:\/\//.test(url);
let remove = () => {};
try {
	let plain = file;
	if (await isSealed(file)) {
		if (!key || !existsSync(key))
			throw new Error(`this backup is sealed. With which key? npm run restore -- ${file} --key FILE`);
		if (!postgres) mkdirSync(dirname(url), { recursive: true });
		const opened = openFolder(postgres ? tmpdir() : dirname(url));
		remove = opened.remove;
		plain = join(opened.folder, 'copy');
		await openFile(file, plain, key);
	}
	const restore = postgres ? restorePostgres : restoreSqlite;
	const { verified, kept } = await restore(plain, url, { epoch: newEpoch(), now: Date.now() });
	const changes = verified.covers.reduce((sum, { change }) => sum + change, 0);
	console.log(
		`Restored ${changes} changes of ${verified.covers.length} organisations. The server may start.`
	);
	console.log((await auditTrailOf(url)).text);
	if (kept) console.log(`What stood there before is kept in ${kept}.`);
} catch (error) {
	console.error(`Nothing was restored: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
} finally {
	remove();
}

/** Names a life of the database; only that it is new and random at its end matters. */
function newEpoch() {
	return `${Date.now().toString(16).padStart(12, '0')}-${randomBytes(12).toString('hex')}`;
}
