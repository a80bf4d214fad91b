/** SQLite: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN. */
const SQLITE = new Set([5, 6, 7, 8, 10, 11, 13, 14]);
/** PostgreSQL: serialisation, deadlock and their kin; connection, resources, operator, system; read-only; and a row that another writer made at once. */
const POSTGRES = /^(40|08|53|57|58)|^(25006|23505)$/;

/** A medium that takes no writes, whatever it lets read. SQLite: READONLY, IOERR, CANTOPEN; PostgreSQL: a read-only server, an I/O error. */
const UNWRITABLE = new Set<unknown>([8, 10, 14, '25006', '58030']);

/** What the system was asked to do where a database cannot be reached, or its connection broke. */
const ON_A_CONNECTION = new Set<unknown>(['connect', 'read', 'write']);
/** The same in the words of the driver, which gives no code for it. */
const LOST =
	/^(Connection terminated|Client has encountered a connection error|timeout expired|timeout exceeded when trying to connect)/;

/** Codes of a failed statement: SQLite's primary result code, PostgreSQL's SQLSTATE. */
function failureCode(error: unknown): { sqlite?: number; postgres?: string } {
	if (!(error instanceof Error)) return {};
	if ('errcode' in error && typeof error.errcode === 'number') return { sqlite: error.errcode & 0xff };
	if ('code' in error && typeof error.code === 'string') return { postgres: error.code };
	return {};
}

/**
 * True where two writers made the same row at once. Tried again, the second one finds the row; where it comes up again and
 * again, the fault lies in what is written.
 */
export function isCollision(error: unknown): boolean {
	return failureCode(error).postgres === '23505';
}

/** True where the store itself failed, so that nothing can be said about any single op. */
export function isStoreFailure(error: unknown): boolean {
	const { sqlite, postgres } = failureCode(error);
	if (sqlite !== undefined) return SQLITE.has(sqlite);
	if (postgres !== undefined && POSTGRES.test(postgres)) return true;
	if (!(error instanceof Error)) return false;
	return LOST.test(error.message) || ('syscall' in error && ON_A_CONNECTION.has(error.syscall));
}

/** The failure of a database that does not open, with what its driver says of the reason and without its address. */
export function doesNotOpen(error: unknown): Error {
	const { code, errstr } = error as { code?: unknown; errstr?: unknown };
	return new Error(`the database does not open (${String(errstr ?? code ?? 'unknown')})`, { cause: error });
}

/**
 * Awaits a note of what is only good to know, for instance when somebody was last here. Where the store cannot write it, for
 * want of room, reading goes on without it.
 */
export async function noteIfPossible(note: Promise<unknown>): Promise<void> {
	try {
		await note;
	} catch (error) {
		if (!isStoreFailure(error)) throw error;
	}
}

/** True where the medium took no write, for another reason than want of room. */
export function isUnwritable(error: unknown): boolean {
	const { sqlite, postgres } = failureCode(error);
	return UNWRITABLE.has(sqlite ?? postgres);
}

/** True where no room was left on the server's disk. */
export function isStorageFull(error: unknown): boolean {
	const { sqlite, postgres } = failureCode(error);
	return sqlite === 13 || postgres === '53100';
}
