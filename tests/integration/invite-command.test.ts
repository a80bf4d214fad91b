import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import process from 'node:process';
import { afterAll, expect, it } from 'vitest';
import { handleEnrolment } from '#lib/server/accounts/handle-accounts.ts';
import { call, newOrganisation, post, startServer, stopServers, type Phone } from '../support/server.ts';
import { TEST_SECRET } from '../support/built-server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

onEveryStore('npm run invite', (fresh) => {
	it('prints a link for the administrator or a named member, and asks which where several are meant', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { phones } = await newOrganisation(server, 'administrator', 'adviser');
		const [administrator, adviser] = phones as [Phone, Phone];
		const run = (...args: string[]) => {
			const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/invite.js', ...args], {
				env: {
					...process.env,
					DATABASE_URL: database,
					REPPU_SECRET: TEST_SECRET,
					ORIGIN: 'https://reppu.example.fi'
				},
				encoding: 'utf8'
			});
			return { status, stdout, stderr };
		};
		const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
		const enrolled = async (out: string) => {
			const [, code] = /https:\/\/reppu\.example\.fi\/start#([0-9A-Z]{10})\n$/.exec(out) ?? [];
			const body = { code, deviceName: 'new', publicKey: { kty: 'EC', crv: 'P-256', x, y } };
			const answer = await call(server, handleEnrolment, post('/api/v1/enrolments', body));
			return (await answer.json()) as unknown;
		};
		const first = run();
		expect(first).toMatchObject({ status: 0, stderr: '' });
		expect(await enrolled(first.stdout)).toMatchObject({ membership: administrator.enrolled.membership });
		const named = run('--person', adviser.enrolled.membership);
		expect(await enrolled(named.stdout)).toMatchObject({
			membership: adviser.enrolled.membership,
			role: 'adviser'
		});
		const unknown = run('--person', 'x');
		expect(unknown).toMatchObject({ status: 2, stdout: '' });
		expect(unknown.stderr).toContain(adviser.enrolled.membership);
		await newOrganisation(server, 'administrator');
		expect(run()).toMatchObject({ status: 2, stdout: '' });
	});
});
