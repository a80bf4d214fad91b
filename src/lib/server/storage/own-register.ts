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
	lockFor(path);
	const fault = existsSync(path) ? faultOf(path) : undefined;
	if (fault !== undefined)
		throw new UnusableRegister(
			`The register that DATABASE_URL names is damaged (${fault}). Nothing was changed. Restore a backup: see docs/operations.md.`
		);
}

/** Result codes of SQLite, https://www.sqlite.org/rescode.html. */
const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

/** The primary result code; extended ones have more above it. */
const codeOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

/** Locks a file beside the register: the database's own locks are for one write each. */
function lockFor(path: string): void {
	let lock: DatabaseSync | undefined;
	try {
		mkdirSync(dirname(path), { recursive: true });
		lock = new DatabaseSync(`${path}.lock`, { timeout: PATIENCE });
		lock.exec('PRAGMA journal_mode=OFF; BEGIN EXCLUSIVE');
		held.push(lock);
	} catch (error) {
		lock?.close();
		const code = codeOf(error);
		if (code === BUSY)
			throw new UnusableRegister(
				'Another server has the register that DATABASE_URL names. Nothing was changed. Stop that one first; several servers need PostgreSQL: see docs/operations.md.'
			);
		// On a full disk there is no room for the lock, nor can anybody write: what is there can be read.
		if (code !== FULL)
			throw new UnusableRegister(
				`The setting DATABASE_URL is wrong: ${doesNotOpen(error).message}. See .env.example.`
			);
	}
}

/** What SQLite finds wrong with a file, in one line. What else keeps it from looking is told by the store, which opens it next. */
function faultOf(path: string): string | undefined {
	let db: DatabaseSync | undefined;
	try {
		db = new DatabaseSync(path, { timeout: PATIENCE });
		const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
		return found === 'ok' ? undefined : String(found).split('\n').join(' ');
	} catch (error) {
		const isDamaged = [CORRUPT, NOT_A_DATABASE].includes(codeOf(error));
		return isDamaged ? String((error as { errstr?: string }).errstr) : undefined;
	} finally {
		db?.close();
	}
}
