/**
 * Backup and restore of a register in one SQLite file. A backup is a whole database file of its own; it counts only after it was read
 * back, and only then phones let go of what it covers (design.md §5.8).
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { auditTrailOf } from './audit-trail.js';

/**
 * @typedef {{ organisation: string, change: number }} Covered How far a backup covers an organisation's changes.
 * @typedef {{ bytes: number, epoch: string, covers: Covered[], audit: import('./audit-trail.js').Trail }} Verified
 */

/** Copies a register, also while a server writes to it; verifies the copy; tells the register how far it is covered.
 * @param {string} path @param {import('./place.js').Place} place @returns {Promise<Verified>} */
export async function backUpSqlite(path, { partial, put }) {
	if (!existsSync(path)) throw new Error(`There is no register at ${path}.`);
	rmSync(partial, { force: true });
	const live = new DatabaseSync(path, { timeout: 10_000 });
	try {
		await backup(live, partial);
		const verified = { ...verifySqlite(partial), audit: await auditTrailOf(partial) };
		await put(partial);
		markDurable(live, verified);
		return verified;
	} finally {
		live.close();
		rmSync(partial, { force: true });
	}
}

/** Reads a backup as a whole and throws where it is not what it must be. @param {string} file @returns {Omit<Verified, 'audit'>} */
function verifySqlite(file) {
	const db = new DatabaseSync(file);
	try {
		const problems = db.prepare('PRAGMA integrity_check').all();
		if (problems.length !== 1 || problems[0]?.integrity_check !== 'ok')
			throw new Error(`${file} is damaged: ${JSON.stringify(problems.slice(0, 3))}`);
		const epoch = db.prepare("SELECT value FROM server_facts WHERE key = 'epoch'").get()?.value;
		if (typeof epoch !== 'string') throw new Error(`${file} is no register of Reppu.`);
		const covers = db
			.prepare('SELECT organisation_id, change_number FROM counters')
			.all()
			.map((row) => ({ organisation: String(row.organisation_id), change: Number(row.change_number) }));
		const lost = db
			.prepare(
				`SELECT count(*) AS n FROM journal LEFT JOIN journal_bodies USING (organisation_id, op_id)
				WHERE journal_bodies.op_id IS NULL`
			)
			.get();
		if (Number(lost?.n) !== 0) throw new Error(`${file} lacks the bodies of ${lost?.n} ops.`);
		return { bytes: statSync(file).size, epoch, covers };
	} finally {
		db.close();
	}
}

/** @param {DatabaseSync} live @param {Omit<Verified, 'audit'>} verified */
function markDurable(live, { epoch, covers }) {
	live.exec('BEGIN IMMEDIATE');
	try {
		const now = live.prepare("SELECT value FROM server_facts WHERE key = 'epoch'").get()?.value;
		// Restored meanwhile: the numbers of the copy mean nothing in another epoch.
		if (now === epoch) {
			const mark = live.prepare(
				'UPDATE counters SET durable = ? WHERE organisation_id = ? AND (durable IS NULL OR durable < ?)'
			);
			for (const { organisation, change } of covers) mark.run(change, organisation, change);
		}
		live.exec('COMMIT');
	} catch (error) {
		live.exec('ROLLBACK');
		throw error;
	}
}

/**
 * Puts a backup in the place of a register that was lost or damaged. What stood there is kept beside it. The restored register starts
 * a new epoch, so that phones send again what it lacks.
 *
 * @param {string} file @param {string} path @param {{ epoch: string, now: number }} options
 * @returns {{ verified: Omit<Verified, 'audit'>, kept: string | undefined }}
 */
export function restoreSqlite(file, path, { epoch, now }) {
	const verified = verifySqlite(file);
	if (existsSync(path)) refuseWhileOpen(path);
	const fresh = `${path}.restoring`;
	rmSync(fresh, { force: true });
	const source = new DatabaseSync(file);
	try {
		source.prepare('VACUUM INTO ?').run(fresh);
	} finally {
		source.close();
	}
	const db = new DatabaseSync(fresh);
	try {
		db.exec('BEGIN IMMEDIATE');
		db.prepare("UPDATE server_facts SET value = ? WHERE key = 'epoch'").run(epoch);
		// The backup that it comes from covers all that it has.
		db.exec('UPDATE counters SET durable = change_number');
		db.exec('COMMIT');
	} finally {
		db.close();
	}
	verifySqlite(fresh);
	let kept;
	if (existsSync(path)) {
		kept = `${path}.replaced-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
		for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, kept + end);
	}
	renameSync(fresh, path);
	return { verified, kept };
}

/** Throws while a server has the register open. @param {string} path */
export function refuseWhileOpen(path) {
	let db;
	try {
		db = new DatabaseSync(path);
		db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK;');
	} catch (error) {
		const busy = /** @type {{ errcode?: number }} */ (error).errcode;
		// A damaged file is no reason to refuse: it is why one restores.
		if (busy === 5 || busy === 261)
			throw new Error(`A server has ${path} open: stop it first.`, { cause: error });
	} finally {
		db?.close();
	}
}
