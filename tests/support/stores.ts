import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { stopServers } from './server.ts';
import { migrated } from './migrated.ts';
import { databasesIn, havePostgres } from './postgres.ts';

/**
 * Runs a suite on every store; on a machine without PostgreSQL its half says "skipped". `fresh` gives a new database; its tables are made once
 * and copied, for on PostgreSQL that takes longer than most tests, and its cluster is one for all files. `empty` gives one without.
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
			const postgres = inject('postgres');
			const databases = databasesIn(postgres?.folder ?? '');
			afterAll(async () => {
				await stopServers();
				databases.drop();
			});
			suite(
				() => databases.copy(postgres?.model ?? ''),
				'postgres',
				() => databases.fresh()
			);
		}
	);
}
