import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';

describe.skipIf(!hasBuild())('a secret from a file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-secret-'));
	const file = join(folder, 'database-url');
	const server = new BuiltServer({ DATABASE_URL: '', DATABASE_URL_FILE: file, DEMO: 'false' });
	afterAll(async () => {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	});

	it('names the register, and is printed nowhere', async () => {
		const database = join(folder, 'hunter2.db');
		writeFileSync(file, `${database}\n`, { mode: 0o600 });
		await server.start();
		expect(await (await fetch(`${server.url}/api/health`)).json()).toMatchObject({
			status: 'ok',
			store: 'sqlite'
		});
		expect(server.output).not.toContain('hunter2');
	});

	it.each([
		['that is missing', { DATABASE_URL_FILE: join(folder, 'hunter2') }, 'a file that can be read'],
		['beside the same from the environment', { DATABASE_URL: 'hunter2.db' }, 'either this or DATABASE_URL'],
		['that is empty', { DATABASE_URL_FILE: join(folder, 'empty') }, 'a file with a value in it']
	])('%s stops the server with one line', async (_name, environment, takes) => {
		writeFileSync(join(folder, 'empty'), '\n');
		const { code, printed } = await server.startWrongly({ PORT: '0', ...environment });
		expect([code, printed.trim()]).toEqual([
			1,
			`The setting DATABASE_URL_FILE is wrong: ${takes}. See .env.example.`
		]);
		expect(printed).not.toContain('hunter2');
	});
});
