/**
 * Backup and restore of a register in PostgreSQL with its own tools, `pg_dump`, `pg_restore` and `psql`, which must be installed where
 * this runs. A backup counts only after it was restored into a scratch database and read there (design.md §5.8).
 */
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import process from 'node:process';
import { auditTrailOf } from './audit-trail.js';

/** @typedef {import('./sqlite.js').Verified} Verified */

/** Runs one of PostgreSQL's programs; its last words are the error. @param {string} program @param {string[]} args @param {string} [input] */
function run(program, args, input) {
	const { PG_BIN, PGOPTIONS = '' } = process.env;
	// Through row-level security: a backup is of all organisations (storage/reach.ts).
	const env = { ...process.env, PGOPTIONS: `${PGOPTIONS} -c reppu.organisation=*` };
	const { status, stdout, stderr, error } = spawnSync(PG_BIN ? `${PG_BIN}/${program}` : program, args, {
		encoding: 'utf8',
		input,
		env,
		maxBuffer: 64 * 1024 * 1024
	});
	if (error)
		throw new Error(`${program} cannot run: ${error.message}. It comes with PostgreSQL's client tools.`);
	if (status !== 0) throw new Error(`${program} failed: ${stderr.trim().split('\n').at(-1)}`);
	return stdout;
}

/** The rows of one query, as text. @param {string} url @param {string} sql @returns {string[][]} */
function query(url, sql) {
	const out = run(
		'psql',
		['-X', '-q', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', '-'],
		sql
	);
	return out
		.split('\n')
		.filter(Boolean)
		.map((line) => line.split('\t'));
}

/** The same address with another database. @param {string} url @param {string} name */
function withDatabase(url, name) {
	// Not by `URL`: an address with a socket's folder has no host.
	return url.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${name}`);
}

/** @param {string} url @param {number} bytes @returns {Omit<Verified, 'audit'>} */
function read(url, bytes) {
	const [[epoch] = []] = query(url, "SELECT value FROM server_facts WHERE key = 'epoch'");
	if (!epoch) throw new Error('This is no register of Reppu.');
	const [[lost] = []] = query(
		url,
		`SELECT count(*) FROM journal LEFT JOIN journal_bodies USING (organisation_id, op_id)
		WHERE journal_bodies.op_id IS NULL`
	);
	if (lost !== '0') throw new Error(`The backup lacks the bodies of ${lost} ops.`);
	const covers = query(url, 'SELECT organisation_id, change_number FROM counters').map(
		([organisation = '', change]) => ({ organisation, change: Number(change) })
	);
	return { bytes, epoch, covers };
}

/** Gives a scratch database to the task and drops it afterwards. @template T @param {string} url @param {(scratch: string) => Promise<T>} task */
async function inScratch(url, task) {
	const name = `reppu_scratch_${process.pid}`;
	query(url, `DROP DATABASE IF EXISTS ${name}`);
	query(url, `CREATE DATABASE ${name}`);
	try {
		return await task(withDatabase(url, name));
	} finally {
		query(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
	}
}

/** @param {string} url @param {import('./place.js').Place} place @returns {Promise<Verified>} */
export async function backUpPostgres(url, { partial, put }) {
	try {
		run('pg_dump', ['-Fc', '--no-owner', '--enable-row-security', '-d', url, '-f', partial]);
		const verified = await inScratch(url, async (scratch) => {
			run('pg_restore', ['--no-owner', '--exit-on-error', '-d', scratch, partial]);
			return { ...read(scratch, statSync(partial).size), audit: await auditTrailOf(scratch) };
		});
		await put(partial);
		const marks = verified.covers.map(
			({ organisation, change }) => `UPDATE counters SET durable = ${change}
				WHERE organisation_id = '${organisation.replaceAll("'", "''")}' AND (durable IS NULL OR durable < ${change})
				AND EXISTS (SELECT 1 FROM server_facts WHERE key = 'epoch' AND value = '${verified.epoch}');`
		);
		query(url, marks.join('\n'));
		return verified;
	} finally {
		rmSync(partial, { force: true });
	}
}

/**
 * Restores into the database of the address. What stands there moves to the schema `replaced_<time>`.
 *
 * @param {string} file @param {string} url @param {{ epoch: string, now: number }} options
 * @returns {Promise<{ verified: Omit<Verified, 'audit'>, kept: string | undefined }>}
 */
export async function restorePostgres(file, url, { epoch, now }) {
	const verified = await inScratch(url, async (scratch) => {
		run('pg_restore', ['--no-owner', '--exit-on-error', '-d', scratch, file]);
		return read(scratch, statSync(file).size);
	});
	refuseWhileUsed(url);
	const [[tables] = []] = query(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
	const kept = tables === '0' ? undefined : `replaced_${now}`;
	if (kept) query(url, `ALTER SCHEMA public RENAME TO ${kept}; CREATE SCHEMA public;`);
	try {
		run('pg_restore', ['--no-owner', '--exit-on-error', '--single-transaction', '-d', url, file]);
		query(
			url,
			`BEGIN; UPDATE server_facts SET value = '${epoch}' WHERE key = 'epoch';
			UPDATE counters SET durable = change_number; COMMIT;`
		);
	} catch (error) {
		if (kept) query(url, `DROP SCHEMA public CASCADE; ALTER SCHEMA ${kept} RENAME TO public;`);
		throw error;
	}
	return { verified, kept: kept && `the schema ${kept}` };
}

/** Throws while somebody else is connected. PostgreSQL's own workers come and go and do not count. @param {string} url */
export function refuseWhileUsed(url) {
	// One that has just said goodbye is counted for another moment.
	for (let tries = 4; ; tries -= 1) {
		const [[others] = []] = query(
			url,
			`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
			AND pid <> pg_backend_pid() AND backend_type = 'client backend'`
		);
		if (others === '0') return;
		if (tries > 0) query(url, 'SELECT pg_sleep(0.25)');
		else throw new Error(`${others} connections use this database: stop the servers first.`);
	}
}
