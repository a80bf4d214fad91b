import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { doesNotOpen } from './failures.ts';

/** Thrown at a start where the register may not be used; its message is for whoever started the server. */
export class UnusableRegister extends Error {}

/** How long a server that is on its way out may still hold the register, ms. */
const PATIENCE = 5000;

/** Locks are held until this process ends, however it ends: the system takes them away. */
const held: DatabaseSync[] = [];

/**
 * Takes a register in one SQLite file for this server alone, and looks whether it is whole. Two servers on one file would each believe that
 * what they know is all there is; a damaged one would get worse with each write. Commands of `npm run` that are made to run beside a server do not
 * come here. Throws `UnusableRegister`.
 *
 * @param path of the database's file
 */
export function takeRegister(path: string): void {
	if (path === ':memory:') return;
	const lock = lockFor(path);
	if (!lock)
		throw new UnusableRegister(
			'Another server has the register that DATABASE_URL names. Nothing was changed. Stop that one first; several servers need PostgreSQL: see docs/operations.md.'
		);
	held.push(lock);
	const fault = existsSync(path) ? faultOf(path) : undefined;
	if (fault !== undefined)
		throw new UnusableRegister(
			`The register that DATABASE_URL names is damaged (${fault}). Nothing was changed. Restore a backup: see docs/operations.md.`
		);
}

/** A lock beside the register, which the database's own locks know nothing of; undefined: another server has it. */
function lockFor(path: string): DatabaseSync | undefined {
	let lock: DatabaseSync | undefined;
	try {
		mkdirSync(dirname(path), { recursive: true });
		lock = new DatabaseSync(`${path}.lock`, { timeout: PATIENCE });
		lock.exec('BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		lock?.close();
		if (isBusy(error)) return undefined;
		throw doesNotOpen(error);
	}
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy. */
const isBusy = (error: unknown) => (error as { errcode?: unknown }).errcode === 5;

/** What SQLite finds wrong with a file, in one line. */
function faultOf(path: string): string | undefined {
	const db = new DatabaseSync(path, { timeout: PATIENCE });
	try {
		const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
		return found === 'ok' ? undefined : String(found).split('\n').join(' ');
	} catch (error) {
		const { errcode, errstr } = error as { errcode?: number; errstr?: string };
		// SQLITE_CORRUPT and SQLITE_NOTADB.
		if (errcode !== undefined && [11, 26].includes(errcode & 0xff)) return errstr;
		throw doesNotOpen(error);
	} finally {
		db.close();
	}
}
