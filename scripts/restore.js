/**
 * `npm run restore -- FILE`: puts a backup in the place of a register that was lost or damaged. Stop the server first. What stands there
 * is kept beside it. The restored register starts a new epoch: phones notice and send again what the backup lacks.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { auditTrailOf } from './backup/audit-trail.js';
import { restorePostgres } from './backup/postgres.js';
import { restoreSqlite } from './backup/sqlite.js';
import { readEnvironment } from './environment.js';

readEnvironment();
const url = process.env.DATABASE_URL || 'data/reppu.db';
const [file] = process.argv.slice(2);
if (!file || !existsSync(file)) {
	console.error('Which backup? npm run restore -- data/backups/reppu-….db');
	process.exit(2);
}

try {
	const restore = /^postgres(ql)?:\/\//.test(url) ? restorePostgres : restoreSqlite;
	const { verified, kept } = await restore(file, url, { epoch: newEpoch(), now: Date.now() });
	const changes = verified.covers.reduce((sum, { change }) => sum + change, 0);
	console.log(
		`Restored ${changes} changes of ${verified.covers.length} organisations. The server may start.`
	);
	console.log((await auditTrailOf(url)).text);
	if (kept) console.log(`What stood there before is kept in ${kept}.`);
} catch (error) {
	console.error(`Nothing was restored: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}

/** Names a life of the database; only that it is new and random at its end matters. */
function newEpoch() {
	return `${Date.now().toString(16).padStart(12, '0')}-${randomBytes(12).toString('hex')}`;
}
