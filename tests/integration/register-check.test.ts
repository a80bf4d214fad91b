import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { checkHealth } from '#lib/server/health.ts';
import type { Log } from '#lib/server/log.ts';
import { call, newOrganisation, ORIGIN, startServer, stopServers, type Phone } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'reppu-check-'));
afterAll(async () => {
	await stopServers();
	rmSync(folder, { recursive: true, force: true });
});

const DAY = 86_400_000;

it('a register that gets damaged while it is served is found by the next day, and the health of the server says so', async () => {
	const path = join(folder, 'register.db');
	const server = await startServer(path, { erasedFile: join(folder, 'erased') });
	const { phones } = await newOrganisation(server, 'adviser');
	const [phone] = phones as [Phone];
	await phone.sync(Array.from({ length: 300 }, () => phone.visit({ topics: ['work', 'housing'] })));
	const said: [string, string, unknown][] = [];
	const log = Object.fromEntries(
		(['debug', 'info', 'warn', 'error'] as const).map((level) => [
			level,
			(event: string, facts: unknown) => void said.push([level, event, facts])
		])
	) as unknown as Log;
	const health = async () => {
		const answer = await call(server, checkHealth, new Request(`${ORIGIN}/api/health`));
		return [answer.status, ((await answer.json()) as { status: string }).status];
	};
	const start = Date.now();

	// The start has looked.
	await server.check.look(log, start + DAY - 60_000);
	expect(said).toEqual([]);
	await server.check.look(log, start + DAY);
	expect(said).toEqual([['info', 'register is whole', undefined]]);
	expect(await health()).toEqual([200, 'ok']);
	// Whoever works meanwhile is not held up, and leaves it whole.
	await Promise.all([server.check.look(log, start + 2 * DAY), phone.sync([phone.visit()])]);
	expect(said.splice(0).map(([, event]) => event)).toEqual(['register is whole', 'register is whole']);

	// Everything out of the log into the file, and then a page that is not what was written.
	const beside = new DatabaseSync(path);
	beside.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	const page = beside.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'journal_bodies'`).get();
	beside.close();
	const file = openSync(path, 'r+');
	writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, (Number(page?.['rootpage']) - 1) * 4096);
	closeSync(file);

	await server.check.look(log, start + 2 * DAY + 60_000);
	expect([said, await health()]).toEqual([[], [200, 'ok']]);
	await server.check.look(log, start + 3 * DAY);
	expect(said).toEqual([
		[
			'error',
			'register is damaged: stop the server and restore a backup',
			{ fault: expect.stringMatching(/\S/) as string }
		]
	]);
	expect(await health()).toEqual([503, 'damaged']);
	// It stays so, and is said once.
	await server.check.look(log, start + 4 * DAY);
	expect(said).toHaveLength(1);
});

it('one in memory has no file to look at', async () => {
	const server = await startServer(':memory:');
	await server.check.look(server.log, Date.now() + 2 * DAY);
	expect(server.check.fault).toBeUndefined();
});
