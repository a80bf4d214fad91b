import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { findPostgres } from '../../scripts/postgres.js';

const bin = findPostgres();

/** True where this machine can run a PostgreSQL of our own; tests on it say "skipped" otherwise. */
export const havePostgres = bin !== undefined;

/** Databases of a test file in one cluster, which may be shared with other files. */
interface Databases {
	/** `DATABASE_URL` of a fresh, empty database; in a folder of its own where one is named. */
	fresh: (folder?: string) => string;
	/** `DATABASE_URL` of a new database that has what this one has; nobody may be connected to that one. */
	copy: (url: string) => string;
	/** Takes away all that were made here, whoever is connected to them. */
	drop: () => void;
}

export interface Cluster extends Databases {
	/** Where its socket is. */
	folder: string;
	/** Its processes, the one that started the others first. */
	processes: () => number[];
	/** Whether it runs, though it may not answer. */
	lives: () => boolean;
	/** `kill -9` to all of them; returns when they are dead. */
	kill: () => void;
	/** Starts it again after it died; throws where it does not come up. */
	start: () => void;
	/** Stops it as its operator would, and starts it again: nothing is in its memory. */
	restart: () => void;
	stop: () => void;
}

/** Gives a folder to the user that PostgreSQL runs as: it refuses to run as root. */
function give(folder: string): void {
	if (process.getuid?.() === 0) {
		const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
		chownSync(folder, id('-u'), id('-g'));
	}
	chmodSync(folder, 0o755);
}

/** Processes that this one has started; empty where the system does not say. */
function childrenOf(pid: number): number[] {
	try {
		const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
		return listed === '' ? [] : listed.split(' ').map(Number);
	} catch {
		return [];
	}
}

/** A process that nobody has buried yet is dead, too. */
function isDead(pid: number): boolean {
	try {
		return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return true;
	}
}

/** Copies that are made together at most. */
const MOST_COPIES = 8;

/** Makes databases in the cluster whose socket is in this folder. */
export function databasesIn(folder: string): Databases {
	const made: string[] = [];
	/** Copies that nobody has asked for yet, and what of: to start what makes them takes longer than several of them. */
	let copies: string[] = [];
	let copied = '';
	let together = 1;
	const sql = (...commands: string[]) => sqlIn(folder, commands);
	const addressOf = (name: string) => `postgres://reppu@/${name}?host=${encodeURIComponent(folder)}`;
	const newName = () => {
		const name = `reppu_${randomBytes(6).toString('hex')}`;
		made.push(name);
		return name;
	};
	return {
		fresh(own) {
			const name = newName();
			if (own) {
				give(own);
				sql(`create tablespace ${name} location '${own}'`);
			}
			sql(`create database ${name} owner reppu${own ? ` tablespace ${name}` : ''}`);
			return addressOf(name);
		},
		copy(url) {
			if (url !== copied || copies.length === 0) {
				together = url === copied ? Math.min(MOST_COPIES, together * 2) : 1;
				copied = url;
				copies = Array.from({ length: together }, newName);
				const model = /reppu_\w+/.exec(url)![0];
				sql(
					...copies.map(
						// Page by page through the log, as it would be without being asked, takes several times as long.
						(name) => `create database ${name} owner reppu template ${model} strategy file_copy`
					)
				);
			}
			return addressOf(copies.pop()!);
		},
		drop() {
			copies = [];
			if (made.length > 0)
				sql(...made.splice(0).map((name) => `drop database if exists ${name} with (force)`));
		}
	};
}

/** Says something to a cluster as its superuser. */
function sqlIn(folder: string, commands: readonly string[]): void {
	const spoken = commands.flatMap((text) => ['-c', text]);
	execFileSync(join(bin ?? '', 'psql'), ['-q', '-h', folder, '-U', 'postgres', ...spoken], {
		stdio: 'ignore'
	});
}

/** A PostgreSQL cluster on a Unix socket, thrown away afterwards. Its log may lie in a folder of its own. */
export function startPostgres(logFolder?: string, { durable = false } = {}): Cluster {
	if (!bin) throw new Error('No PostgreSQL on this machine.');
	const folder = mkdtempSync(join(tmpdir(), 'reppu-pg-'));
	give(folder);
	if (logFolder) give(logFolder);
	const run = (program: string, args: string[]) =>
		process.getuid?.() === 0
			? execFileSync('runuser', ['-u', 'postgres', '--', join(bin, program), ...args], {
					stdio: 'ignore',
					cwd: folder
				})
			: execFileSync(join(bin, program), args, { stdio: 'ignore', cwd: folder });
	const data = join(folder, 'data');
	run('initdb', [
		...['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
		// Small files, for a small disk.
		...(logFolder ? ['--waldir', join(logFolder, 'log'), '--wal-segsize=1'] : [])
	]);
	// A process that dies loses nothing of what it gave to the system, so nothing here waits for the disk.
	const hasty = durable ? '' : '-c fsync=off -c full_page_writes=off -c synchronous_commit=off';
	const options = `-k ${folder} -c listen_addresses='' -c max_connections=300 ${hasty}`;
	const start = () => run('pg_ctl', ['-D', data, '-w', '-o', options, 'start']);
	start();
	const processes = () => {
		const first = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
		return [first, ...childrenOf(first)];
	};
	// As docs/operations.md wants the server's user: no superuser, and row-level security holds for it. It makes scratch databases for backups.
	sqlIn(folder, ['create role reppu login createdb']);
	return {
		...databasesIn(folder),
		folder,
		processes,
		lives() {
			try {
				return !isDead(processes()[0]!);
			} catch {
				// It took its file away when it stopped.
				return false;
			}
		},
		kill() {
			const all = processes();
			for (const pid of all) process.kill(pid, 'SIGKILL');
			while (!all.every(isDead)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
			// Their numbers stand there until somebody buries them, and the next start would wait for that.
			for (const file of [join(data, 'postmaster.pid'), join(folder, '.s.PGSQL.5432.lock')])
				rmSync(file, { force: true });
		},
		start,
		restart: () => run('pg_ctl', ['-D', data, '-w', '-m', 'fast', '-o', options, 'restart']),
		stop() {
			run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
