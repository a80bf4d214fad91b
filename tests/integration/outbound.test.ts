import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { rawAnswer } from '../support/raw-answer.ts';

const RECORDER = pathToFileURL(join(import.meta.dirname, '../support/outbound.js')).href;

describe.skipIf(!hasBuild())('whom the server asks', () => {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-outbound-'));
	const seen = join(folder, 'seen');
	const server = new BuiltServer({
		NODE_OPTIONS: `--import=${RECORDER}`,
		OUTBOUND: seen,
		IMPORT_HOSTS: 'data.example.fi,files.example.fi:8443'
	});
	let session: Record<string, string> = {};
	beforeAll(async () => {
		writeFileSync(seen, '');
		await server.start();
		const phone = await HttpPhone.enrol(server.url, 'coordinator');
		session = { cookie: phone.cookie, 'reppu-membership': phone.membership, origin: server.url };
		await phone.send([phone.visit({ topicText: 'https://text.example/' })]);
	});
	afterAll(async () => {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	});
	const asked = () => readFileSync(seen, 'utf8').trim().split('\n').filter(Boolean);

	it('is nobody, from its start through everything that it serves', async () => {
		for (const path of ['/', '/demo', '/log', '/office', '/shell', '/licences.txt', '/nowhere'])
			await rawAnswer(`${server.url}${path}`);
		for (const path of [
			'session',
			'people',
			'report?from=2026-01-01&to=2026-12-31',
			'coverage',
			'directory',
			'directory/checks',
			'imports',
			'pack'
		])
			await rawAnswer(`${server.url}/api/v1/${path}`, { headers: session });
		expect(asked()).toEqual([]);
	});

	it('is a host of the list, where somebody brings in a directory from there, and no other whatever the address says', async () => {
		const post = (path: string, body: object) =>
			rawAnswer(`${server.url}/api/v1/imports${path}`, {
				method: 'POST',
				headers: { ...session, 'content-type': 'application/json' },
				body: JSON.stringify(body)
			});
		/** Makes the import and has it checked, which is when the address is asked; says whether it came so far. */
		const bringIn = async (address: string): Promise<boolean> => {
			const made = await post('', { source: 'test', language: 'fi', partial: true, address });
			if (made.status !== 201) return false;
			const { id } = JSON.parse(made.body) as { id: string };
			const done = await post(`/${id}`, { do: 'check' });
			expect([address, done.status]).toEqual([address, 202]);
			await expect
				.poll(
					async () => (await rawAnswer(`${server.url}/api/v1/imports/${id}`, { headers: session })).body,
					{ timeout: 10_000 }
				)
				.toContain('"state":"failed"');
			return true;
		};
		const refused = [
			'https://evil.example/services.json',
			'http://data.example.fi/services.json',
			'https://data.example.fi:8443/x',
			'https://files.example.fi/x',
			'https://user@data.example.fi/x',
			'https://data.example.fi.evil.example/x',
			'https://data.example.fi@evil.example/x',
			'https://evil.example#data.example.fi',
			'https://169.254.169.254/latest/meta-data/',
			'https://2852039166/',
			'https://0x7f.1/',
			'https://[::1]/',
			'https://[::ffff:10.0.0.1]/',
			'https://localhost/',
			'file:///etc/passwd',
			'gopher://data.example.fi/',
			'data:application/json,[]',
			'//data.example.fi/x'
		];
		const tried = [];
		for (const address of refused) if (await bringIn(address)) tried.push(address);
		// Some have not even the form of an address; the others are refused when they are to be asked.
		expect(tried.length).toBeGreaterThan(8);
		expect(asked()).toEqual([]);
		expect(await bringIn('https://data.example.fi/services.json')).toBe(true);
		expect(new Set(asked())).toEqual(new Set(['connect data.example.fi:443', 'lookup data.example.fi']));
	});

	it('is the municipality’s directory, once somebody signs in by it', async () => {
		writeFileSync(seen, '');
		const real = new BuiltServer({
			NODE_OPTIONS: `--import=${RECORDER}`,
			OUTBOUND: seen,
			DEMO: 'false',
			ORIGIN: 'https://reppu.example.fi',
			OIDC_ISSUER: 'https://login.example.fi/tenant',
			OIDC_CLIENT_ID: 'reppu',
			OIDC_CLIENT_SECRET: 'a secret of the client',
			OIDC_NAME: 'City'
		});
		try {
			await real.start();
			const address = `${real.url}/api/v1/sign-in/directory`;
			expect((await rawAnswer(address)).body).toBe('{"name":"City"}');
			await rawAnswer(`${address}/callback?state=x&code=y&iss=https://evil.example`);
			expect(asked()).toEqual([]);
			const answer = await rawAnswer(address, {
				method: 'POST',
				headers: { origin: 'https://reppu.example.fi', 'content-type': 'application/json' },
				body: '{"again":false}'
			});
			expect([answer.status, answer.body]).toEqual([503, '{"error":"directory_silent"}']);
			expect(new Set(asked())).toEqual(new Set(['connect login.example.fi:443', 'lookup login.example.fi']));
		} finally {
			await real.remove();
		}
	});
});
