/**
 * `npm run backup`: copies the register that DATABASE_URL names, also while a server writes to it, reads the copy back as a whole, and
 * tells the register how far it is covered, so that phones may let go of what they keep until then. Run it by a timer; a run that fails
 * ends with 1 and a line that says why; so does one that was made, but in which the audit trail is not whole.
 *
 *     npm run backup -- [folder]      the default is the folder `backups` beside the register
 *
 * With BACKUP_RECIPIENT it is sealed: only who has the key of `npm run backup-key` can read or restore it.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { placeOf } from './backup/place.js';
import { backUpPostgres } from './backup/postgres.js';
import { readRecipients } from './backup/sealing.js';
import { backUpSqlite } from './backup/sqlite.js';
import { readEnvironment } from './environment.js';

readEnvironment();
const url = process.env.DATABASE_URL || 'data/reppu.db';
const postgres = /^postgres(ql)?:\/\//.test(url);
const folder = process.argv[2] ?? (postgres ? 'data/backups' : join(dirname(url), 'backups'));
const time = new Date().toISOString().replace(/[:.]/g, '-');
const name = join(folder, `reppu-${time}.${postgres ? 'dump' : 'db'}`);
let remove = () => {};

try {
	const recipients = readRecipients(process.env.BACKUP_RECIPIENT);
	if (!postgres && !existsSync(url)) throw new Error(`There is no register at ${url}.`);
	mkdirSync(folder, { recursive: true });
	const placed = placeOf(name, { register: postgres ? undefined : url, recipients });
	remove = placed.remove;
	const { place } = placed;
	const { bytes, covers, audit } = await (postgres ? backUpPostgres(url, place) : backUpSqlite(url, place));
	const changes = covers.reduce((sum, { change }) => sum + change, 0);
	console.log(
		`${place.file}: ${bytes} bytes, verified, ${changes} changes of ${covers.length} organisations covered, ${
			recipients.length > 0
				? 'sealed'
				: 'not sealed: whoever has the file reads the register (set BACKUP_RECIPIENT)'
		}`
	);
	if (audit.damaged) {
		console.error(`The backup was made, but ${audit.text}`);
		process.exitCode = 1;
	} else console.log(audit.text);
} catch (error) {
	console.error(`No backup was made: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
} finally {
	remove();
}
