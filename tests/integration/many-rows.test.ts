import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganisation } from '#lib/server/first-start.ts';
import { openStore } from '#lib/server/storage/store.ts';

/** `ROWS=1000000 vitest run many-rows` for as many as the soak takes. */
const ROWS = Math.ceil(Number(process.env['ROWS'] ?? 30_000) / 10) * 10;
/** Memory that the import may take for what it keeps, megabytes: rows that were kept would be many times that. */
const MEMORY = 256;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'reppu-rows-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
	'a directory of very many rows is read a row at a time, and each that is wrong is told',
	{ timeout: 600_000 },
	async () => {
		const database = join(folder, 'reppu.db');
		const store = await openStore(database);
		await store.write((trx) => createOrganisation(trx, 'Monta', { demo: false, now: Date.now() }));
		await store.close();
		const path = join(folder, 'services.csv');
		const file = createWriteStream(path);
		file.write('id,name,description,status\n');
		// Of ten rows one has no name, and one has the id of the row before.
		for (let row = 0; row < ROWS; row += 1) {
			const [id, name] = [row % 10 === 7 ? row - 1 : row, row % 10 === 3 ? '' : `Palvelu ${row}`];
			if (!file.write(`x${id},${name},Teksti ${row},active\n`)) await once(file, 'drain');
		}
		file.end();
		await finished(file);
		const run = spawnSync(
			process.execPath,
			[
				`--max-old-space-size=${MEMORY}`,
				'scripts/import.js',
				path,
				'--from',
				'many',
				'--dry-run',
				'--lines',
				'4'
			],
			{ encoding: 'utf8', env: { ...process.env, DATABASE_URL: database }, maxBuffer: 64 * 1024 * 1024 }
		);
		const [right, wrong] = [(ROWS / 10) * 8, (ROWS / 10) * 2];
		expect(run.stderr).toBe('');
		expect(run.status).toBe(0);
		expect(run.stdout).toContain(`${right} read, ${wrong} skipped; ${right} new`);
		expect(run.stdout).toContain('services.csv line 9 · skipped · duplicate_id · id · x6');
		expect(run.stdout).toContain(`${wrong / 2} × no_name`);
	}
);
