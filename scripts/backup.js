/**
 * `npm run backup`: copies the register that DATABASE_URL names, also while a server writes to it, reads the copy back as a whole, and
 * tells the register how far it is covered, so that phones may let go of what they keep until then. Run it by a timer; a run that fails
 * ends with 1 and a line that says why; so does one that was made, but in which the audit trail is not whole.
 *
 *     npm run backup -- [folder]      the default is the folder `backups` beside the register
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { backUpPostgres } from './backup/postgres.js';
import { backUpSqlite } from './backup/sqlite.js';
import { readEnvironment } from './environment.js';

readEnvironment();
const url = process.env.DATABASE_URL || 'data/reppu.db';
const postgres = /^postgres(ql)?:\/\//.test(url);
const folder = process.argv[2] ?? (postgres ? 'data/backups' : join(dirname(url), 'backups'));
mkdirSync(folder, { recursive: true });
const time = new Date().toISOString().replace(/[:.]/g, '-');
const file = join(folder, `reppu-${time}.${postgres ? 'dump' : 'db'}`);

try {
	const { bytes, covers, audit } = await (postgres ? backUpPostgres(url, file) : backUpSqlite(url, file));
	const changes = covers.reduce((sum, { change }) => sum + change, 0);
	console.log(
		`${file}: ${bytes} bytes, verified, ${changes} changes of ${covers.length} organisations covered`
	);
	if (audit.damaged) {
		console.error(`The backup was made, but ${audit.text}`);
		process.exitCode = 1;
	} else console.log(audit.text);
} catch (error) {
	console.error(`No backup was made: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}
