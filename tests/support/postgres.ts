import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { findPostgres } from '../../scripts/postgres.js';

const bin = findPostgres();

/** True where this machine can run a PostgreSQL of our own; tests on it say "skipped" otherwise. */
export const havePostgres = bin !== undefined;

export interface Cluster {
	/** `DATABASE_URL` of a fresh, empty database. */
	fresh: () => string;
	stop: () => void;
}

/** A PostgreSQL cluster for one test file, on a Unix socket, thrown away afterwards. */
export function startPostgres(): Cluster {
	if (!bin) throw new Error('No PostgreSQL on this machine.');
	const folder = mkdtempSync(join(tmpdir(), 'reppu-pg-'));
	const root = process.getuid?.() === 0;
	if (root) {
		const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
		chownSync(folder, id('-u'), id('-g'));
	}
	chmodSync(folder, 0o755);
	const run = (program: string, args: string[]) =>
		root
			? execFileSync('runuser', ['-u', 'postgres', '--', join(bin, program), ...args], {
					stdio: 'ignore',
					cwd: folder
				})
			: execFileSync(join(bin, program), args, { stdio: 'ignore', cwd: folder });
	const data = join(folder, 'data');
	run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8']);
	const options = `-k ${folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off`;
	run('pg_ctl', ['-D', data, '-w', '-o', options, 'start']);
	let databases = 0;
	return {
		fresh() {
			databases += 1;
			const name = `reppu${databases}`;
			run('createdb', ['-h', folder, '-U', 'postgres', name]);
			return `postgres://postgres@/${name}?host=${encodeURIComponent(folder)}`;
		},
		stop() {
			run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
