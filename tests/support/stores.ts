import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '#lib/server/storage/store.ts';
import { stopServers } from './server.ts';
import { havePostgres, startPostgres, type Cluster } from './postgres.ts';

/** Gives a database the tables that a server would give it at its first start. */
async function migrated(url: string): Promise<string> {
	await (await openStore(url)).close();
	return url;
}

/**
 * Runs a suite on every store; on a machine without PostgreSQL its half says "skipped". `fresh` gives a new database; its tables are made once
 * and copied, for on PostgreSQL that takes longer than most tests. `empty` gives one without.
 */
export function onEveryStore(
	name: string,
	suite: (fresh: () => string, kind: 'sqlite' | 'postgres', empty: () => string) => void
): void {
	describe(`${name}, SQLite`, () => {
		let folder = '';
		let count = 0;
		let model = '';
		beforeAll(async () => {
			folder = mkdtempSync(join(tmpdir(), 'reppu-sqlite-'));
			model = await migrated(join(folder, 'model.db'));
		});
		afterAll(async () => {
			await stopServers();
			rmSync(folder, { recursive: true, force: true });
		});
		const empty = () => join(folder, `${(count += 1)}.db`);
		const fresh = () => {
			const path = empty();
			copyFileSync(model, path);
			return path;
		};
		suite(fresh, 'sqlite', empty);
	});
	describe.skipIf(!havePostgres)(
		`${name}, PostgreSQL${havePostgres ? '' : ' (skipped: not installed)'}`,
		() => {
			let cluster: Cluster;
			let model = '';
			beforeAll(async () => {
				cluster = startPostgres();
				model = await migrated(cluster.fresh());
			});
			afterAll(async () => {
				await stopServers();
				cluster.stop();
			});
			suite(
				() => cluster.copy(model),
				'postgres',
				() => cluster.fresh()
			);
		}
	);
}
