import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const DEBIAN = '/usr/lib/postgresql';

/** Folder with `initdb` and `pg_ctl`, if this machine has PostgreSQL; POSTGRES_BIN overrides the search. @returns {string | undefined} */
export function findPostgres() {
	if (process.env.POSTGRES_BIN) return process.env.POSTGRES_BIN;
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
	const found = versions
		.map((version) => join(DEBIAN, version, 'bin'))
		.find((bin) => existsSync(join(bin, 'initdb')));
	if (found) return found;
	try {
		return execFileSync('pg_config', ['--bindir'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		}).trim();
	} catch {
		return undefined;
	}
}
