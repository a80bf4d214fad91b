import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { mayMount, SmallDisk } from '../support/small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'reppu-ground-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outcomes = async (answer: Response) =>
	((await answer.json()) as { receipts: { outcome: string }[] }).receipts.map(({ outcome }) => outcome);

describe.skipIf(!hasBuild())('the ground under a server', () => {
	it.skipIf(!mayMount)(
		'that cannot be written is told with one line at the start, and nothing is answered meanwhile',
		async () => {
			const disk = new SmallDisk();
			const server = new BuiltServer({ DATABASE_URL: join(disk.folder, 'reppu.db') });
			try {
				await server.start();
				server.signal('SIGTERM');
				await server.ended();
				execFileSync('mount', ['-o', 'remount,ro', disk.folder]);
				const { code, printed } = await server.startWrongly({ PORT: '0' });
				expect(code).toBe(1);
				expect(printed.trim().split('\n')).toEqual([
					expect.stringMatching(/^The setting DATABASE_URL is wrong: .*See \.env\.example\.$/)
				]);
			} finally {
				await server.remove();
				disk.remove();
			}
		}
	);

	it('a reader that holds the database for long holds up nobody who writes', async () => {
		const server = new BuiltServer();
		await server.start();
		const reader = new DatabaseSync(server.database, { readOnly: true });
		try {
			const phone = await HttpPhone.enrol(server.url, 'adviser');
			const count = () => reader.prepare('SELECT count(*) n FROM journal').get()?.['n'];
			reader.exec('BEGIN');
			const before = count();
			for (let batch = 0; batch < 5; batch += 1) {
				const visits = Array.from({ length: 100 }, () => phone.visit());
				expect(await outcomes(await phone.send(visits))).toEqual(visits.map(() => 'applied'));
			}
			// It still sees what it saw when it began, and then everything.
			expect(count()).toBe(before);
			reader.exec('COMMIT');
			expect(Number(count()) - Number(before)).toBeGreaterThanOrEqual(500);
		} finally {
			reader.close();
			await server.remove();
		}
	});

	it('a log that nobody takes any more stops nothing', async () => {
		const child = spawn(process.execPath, ['scripts/serve.js'], {
			cwd: join(import.meta.dirname, '../..'),
			env: {
				...process.env,
				BUILD_OUT: 'build',
				DATABASE_URL: join(folder, 'log.db'),
				DEMO: 'true',
				HOST: 'localhost',
				LOG_LEVEL: 'debug',
				PORT: '0'
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		});
		try {
			const port = await new Promise<number>((resolve) =>
				child.once('message', (message: { listening: number }) => resolve(message.listening))
			);
			child.stdout?.destroy();
			child.stderr?.destroy();
			const phone = await HttpPhone.enrol(`http://localhost:${port}`, 'adviser');
			for (let round = 0; round < 20; round += 1)
				expect(await outcomes(await phone.send([phone.visit(), phone.visit({ at: 'yesterday' })]))).toEqual([
					'applied',
					'rejected'
				]);
			expect([child.exitCode, child.signalCode]).toEqual([null, null]);
		} finally {
			child.kill('SIGKILL');
		}
	});
});
