import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { afterAll, expect, it } from 'vitest';
import { TEST_SECRET } from '../support/built-server.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

onEveryStore('npm run add-organisation', (fresh) => {
	it('makes one more, with a link for its first administrator, and touches no other', async () => {
		const database = fresh();
		const server = await startServer(database);
		const run = (...args: string[]) => {
			const env = {
				...process.env,
				DATABASE_URL: database,
				REPPU_SECRET: TEST_SECRET,
				ORIGIN: 'https://reppu.example.fi'
			};
			const { status, stdout, stderr } = spawnSync(
				process.execPath,
				['scripts/add-organisation.js', ...args],
				{ env, encoding: 'utf8' }
			);
			return { status, stdout, stderr };
		};
		const members = () =>
			server.store.db.selectFrom('memberships').select(['organisation_id', 'role']).execute();

		expect(run('--name', 'Oulun neuvonta')).toMatchObject({ status: 2, stdout: '' });
		const { organisation } = await newOrganisation(server, 'coordinator');
		const made = run('--name', 'Oulun neuvonta');
		expect(made).toMatchObject({ status: 0, stderr: '' });
		const [, id] = /^Oulun neuvonta: ([0-9a-f-]{36})\n/.exec(made.stdout) ?? [];
		expect(made.stdout).toMatch(/https:\/\/reppu\.example\.fi\/start#[0-9A-Z]{10}\n$/);
		expect(await members()).toEqual(
			expect.arrayContaining([
				{ organisation_id: organisation, role: 'coordinator' },
				{ organisation_id: id, role: 'administrator' }
			])
		);
		expect(await members()).toHaveLength(2);
		for (const args of [['--name', 'Oulun neuvonta'], ['--name', ' '], []])
			expect(run(...args)).toMatchObject({ status: 2, stdout: '' });
		expect(await members()).toHaveLength(2);
	});
});
