import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { stopServers } from './server.ts';
import { havePostgres, startPostgres, type Cluster } from './postgres.ts';

/** Runs a suite on every store; on a machine without PostgreSQL its half says "skipped". `fresh` gives a new database. */
export function onEveryStore(
	name: string,
	suite: (fresh: () => string, kind: 'sqlite' | 'postgres') => void
): void {
	describe(`${name}, SQLite`, () => {
		let folder = '';
		let count = 0;
		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), 'reppu-sqlite-'));
		});
		afterAll(async () => {
			await stopServers();
			rmSync(folder, { recursive: true, force: true });
		});
		suite(() => join(folder, `${(count += 1)}.db`), 'sqlite');
	});
	describe.skipIf(!havePostgres)(
		`${name}, PostgreSQL${havePostgres ? '' : ' (skipped: not installed)'}`,
		() => {
			let cluster: Cluster;
			beforeAll(() => {
				cluster = startPostgres();
			}, 60_000);
			afterAll(async () => {
				await stopServers();
				cluster.stop();
			});
			suite(() => cluster.fresh(), 'postgres');
		}
	);
}
