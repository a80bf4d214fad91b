import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import selfsigned from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { newDeviceKey } from '../support/http-phone.ts';
import { rawAnswer, type RawAnswer } from '../support/raw-answer.ts';

const ROOT = join(import.meta.dirname, '../..');
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Every address of the files of a folder whose names end so, as a browser would ask for them. */
function addresses(folder: string, end: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(end))
		.map(
			(file) => `/${file.replaceAll('\\', '/').slice(0, file.length - end.length)}`.replace(/\/$/, '') || '/'
		);
}

/** Pages by their address: without groups, with something for each parameter. */
const pages = addresses('src/routes', '+page.svelte').map(
	(path) => path.replace(/\/\([^/]*\)/g, '').replace(/\/\[[^/]*\]+/g, `/${UNKNOWN}`) || '/'
);
const endpoints = addresses('src/routes', '+server.ts').map((path) =>
	path.replace(/\/\([^/]*\)/g, '').replace(/\[[^\]]*\]/g, UNKNOWN)
);
/** Every file but those that only differ in their packing and the many parts of the app, of which some stand for all. */
const files = hasBuild()
	? [
			...addresses('build/client', '').filter(
				(path) => /^\/[^/]+\.\w+$/.test(path) && !/\.(br|gz)$/.test(path)
			),
			...['entry', 'nodes', 'chunks', 'workers', 'assets'].flatMap((part) =>
				addresses('build/client', '')
					.filter((path) => path.startsWith(`/_app/immutable/${part}/`) && !/\.(br|gz)$/.test(path))
					.slice(0, 2)
			),
			'/_app/version.json'
		]
	: [];
/** What is not there, or no address at all. */
const nothing = [
	'/nowhere',
	'/api',
	'/api/nowhere',
	'/api/v1/nowhere',
	'/_app',
	'/_app/immutable/',
	'/_app/immutable/entry/none.js',
	'/.git/config',
	'/.env',
	'/package.json',
	'/src/hooks.server.ts',
	'/server/index.js',
	'/%ff%fe',
	'/%2e%2e/%2e%2e/etc/passwd',
	'//evil.example/',
	'/shell/',
	'/s/x/y/../../../etc/passwd'
];

/** A policy by its directives. */
function directives(policy: string): Record<string, string[]> {
	return Object.fromEntries(
		policy.split(';').map((part) => {
			const [name = '', ...values] = part.trim().split(/\s+/);
			return [name, values];
		})
	);
}

/** What is wrong with the headers of an answer; nothing, where all is well. */
function faultsOf(
	path: string,
	{ headers, body }: RawAnswer,
	{ ancestors = "'none'", https = true } = {}
): string[] {
	const faults: string[] = [];
	const must = (name: string, expected: string | RegExp | undefined) => {
		const value = headers[name];
		const good = expected instanceof RegExp ? expected.test(String(value)) : value === expected;
		if (!good) faults.push(`${name}: ${String(value)}`);
	};
	must('x-content-type-options', 'nosniff');
	must('referrer-policy', 'no-referrer');
	must('cross-origin-opener-policy', 'same-origin');
	must('cross-origin-resource-policy', 'same-origin');
	must('permissions-policy', /camera=\(\).*geolocation=\(\).*microphone=\((self)?\)/);
	must('strict-transport-security', https ? 'max-age=63072000; includeSubDomains' : undefined);
	must('access-control-allow-origin', undefined);
	must('x-powered-by', undefined);
	must('server', undefined);
	if (body !== '')
		must('content-type', /^(text\/[\w+-]+|image\/svg\+xml); ?charset=utf-8$|^(?!text\/|.*xml)[\w/+.-]+/);
	if (path.startsWith('/api/')) must('cache-control', 'no-store');

	const policy = directives(String(headers['content-security-policy']));
	const only = (name: string, allowed: RegExp) => {
		const odd = (policy[name] ?? []).filter((value) => !allowed.test(value));
		if (odd.length > 0) faults.push(`policy ${name}: ${odd.join(' ')}`);
	};
	for (const [name, expected] of Object.entries({
		'default-src': "'none'",
		'base-uri': "'none'",
		'object-src': "'none'",
		'frame-ancestors': ancestors
	}))
		if (policy[name]?.join(' ') !== expected)
			faults.push(`policy ${name}: ${policy[name]?.join(' ') ?? 'missing'}`);
	only('script-src', /^'(self|none|wasm-unsafe-eval|sha256-[\w+/=]+|nonce-[\w+/=]+)'$/);
	only('style-src', /^'(self|none|sha256-[\w+/=]+|nonce-[\w+/=]+)'$/);
	only('style-src-attr', /^'(none|unsafe-hashes|sha256-[\w+/=]+|nonce-[\w+/=]+)'$/);
	only('img-src', /^('self'|data:|blob:)$/);
	for (const name of ['connect-src', 'font-src', 'worker-src', 'manifest-src', 'form-action', 'frame-src'])
		only(name, /^'(self|none)'$/);
	const isPage = /^text\/html/.test(String(headers['content-type']));
	if (isPage && policy['require-trusted-types-for']?.join() !== "'script'") faults.push('no trusted types');
	return faults;
}

describe.skipIf(!hasBuild())('what protects every answer', () => {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-tls-'));
	const open = new BuiltServer({ DEMO: 'false', ORIGIN: 'https://reppu.example.fi' });
	const demo = new BuiltServer({ REPPU_TLS: folder });
	let secure = '';
	beforeAll(async () => {
		const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
			keySize: 2048
		});
		writeFileSync(join(folder, 'key.pem'), key);
		writeFileSync(join(folder, 'cert.pem'), cert);
		await Promise.all([open.start(), demo.start()]);
		secure = demo.url.replace('http:', 'https:');
	});
	afterAll(async () => {
		await Promise.all([open.remove(), demo.remove()]);
		rmSync(folder, { recursive: true, force: true });
	});

	/** Faults by path, and each status that was answered. */
	async function walk(paths: readonly string[], method = 'GET') {
		const faults: Record<string, string[]> = {};
		const statuses: Record<string, number> = {};
		for (const path of paths) {
			const answer = await rawAnswer(`${open.url}${path}`, { method, headers: { accept: 'text/html' } });
			statuses[path] = answer.status;
			const found = faultsOf(path, answer);
			if (found.length > 0) faults[path] = found;
			// Nobody is told what broke, or where.
			if (/node_modules|\.ts:\d|\.js:\d|SQLITE|select /i.test(answer.body) && answer.status >= 400)
				faults[path] = [...(faults[path] ?? []), answer.body.slice(0, 200)];
		}
		return { faults, statuses };
	}

	it('stands on every page', async () => {
		const { faults, statuses } = await walk(pages);
		expect(faults).toEqual({});
		// The demo's page is not there outside it, and unknown records are told by the page itself.
		expect(Object.entries(statuses).filter(([, status]) => status !== 200)).toEqual([['/demo', 404]]);
		expect(pages.length).toBeGreaterThan(20);
	});

	it('stands on every route of the API and of the public pages, also on what they refuse', async () => {
		for (const method of ['GET', 'POST', 'DELETE', 'HEAD'])
			expect((await walk(endpoints, method)).faults).toEqual({});
		expect(endpoints.length).toBeGreaterThan(25);
	});

	it('stands on every kind of file, the service worker and the workers among them', async () => {
		const { faults, statuses } = await walk(files);
		expect(faults).toEqual({});
		expect(new Set(Object.values(statuses))).toEqual(new Set([200]));
		expect(files).toContain('/service-worker.js');
		// A worker may compile WebAssembly, and evaluate no text.
		const workers = files.filter((path) => path.includes('/workers/'));
		expect(workers.length).toBeGreaterThan(0);
		for (const path of ['/service-worker.js', ...workers]) {
			const { headers } = await rawAnswer(`${open.url}${path}`);
			const policy = directives(String(headers['content-security-policy']));
			expect(policy['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
			expect(policy['trusted-types']).toEqual(["'none'"]);
		}
	});

	it('stands on what is not there, and nothing of the machine, the sources or a folder is shown [fault 92]', async () => {
		const { faults, statuses } = await walk(nothing);
		expect(faults).toEqual({});
		const { '/shell/': moved, ...missing } = statuses;
		expect(moved).toBe(308);
		expect(Object.entries(missing).filter(([, status]) => status !== 404 && status !== 400)).toEqual([]);
	});

	it('stands on the answer to what is no request at all', async () => {
		const answer = await rawAnswer(`${open.url}/`, { headers: { x: 'y'.repeat(20_000) } });
		expect(answer.status).toBe(431);
		expect(faultsOf('/api/', answer)).toEqual([]);
	});

	it('methods that nobody needs are refused, and no other origin is let in', async () => {
		for (const method of ['TRACE', 'OPTIONS', 'PROPFIND', 'LOCK']) {
			const answer = await rawAnswer(`${open.url}/api/v1/session`, {
				method,
				headers: { origin: 'https://evil.example' }
			});
			expect([method, answer.status]).toEqual([method, 405]);
			expect(faultsOf('/api/v1/session', answer)).toEqual([]);
		}
	});

	it('the prerendered shell has its own hashes in the header, as in its meta element', async () => {
		const { headers, body } = await rawAnswer(`${open.url}/shell`);
		const policy = directives(String(headers['content-security-policy']));
		const meta = /<meta http-equiv="content-security-policy" content="([^"]+)"/.exec(body)?.[1] ?? '';
		expect(policy).toEqual({ ...directives(meta), 'frame-ancestors': ["'none'"] });
		expect(policy['script-src']?.some((value) => value.startsWith("'sha256-"))).toBe(true);
		expect(policy['script-src']).toContain("'wasm-unsafe-eval'");
		expect(policy['trusted-types']?.length).toBeGreaterThan(0);
	});

	it('the demo stands in its own frames only; over https cookies are for this host alone and no script reads them', async () => {
		const { headers: moved, status } = await rawAnswer(`${secure}/`);
		expect([status, moved.location]).toEqual([302, '/demo']);
		const own = { ancestors: "'self'", https: false };
		for (const path of ['/', '/demo', '/log', '/shell', '/robots.txt', '/api/health', '/nowhere'])
			expect([path, faultsOf(path, await rawAnswer(`${secure}${path}`), own)]).toEqual([path, []]);
		const { status: made, headers } = await rawAnswer(`${secure}/api/v1/demo`, {
			method: 'POST',
			headers: { origin: secure, 'content-type': 'application/json' },
			body: JSON.stringify({ door: 'coordinator', deviceName: 'x', publicKey: newDeviceKey().jwk })
		});
		expect(made).toBe(201);
		expect(headers['set-cookie']).toEqual([
			expect.stringMatching(
				/^__Host-reppu-[0-9a-f-]{36}=[\w-]{43}; (?=.*Path=\/)(?=.*HttpOnly)(?=.*Secure)(?=.*SameSite=Strict)(?!.*Domain)/
			)
		]);
		const [cookie = ''] = (headers['set-cookie'] ?? []).map((value) => value.split(';')[0] ?? '');
		const membership = /reppu-([0-9a-f-]{36})/.exec(cookie)?.[1] ?? '';
		for (const path of [
			'/api/v1/directory',
			'/api/v1/directory/tables',
			'/api/v1/directory/sheet?format=csv&from=fi&to=sv'
		]) {
			const answer = await rawAnswer(`${secure}${path}`, {
				headers: { cookie, 'reppu-membership': membership }
			});
			expect([path, answer.status]).toEqual([path, 200]);
			expect(faultsOf(path, answer, own)).toEqual([]);
			expect([path, answer.headers['content-disposition']]).toEqual([
				path,
				expect.stringMatching(/^attachment; filename="[\w.-]+"$/)
			]);
		}
	});

	it('TLS is 1.2 at least', async () => {
		const handshake = (maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
			new Promise<string>((resolve) => {
				const socket = connect(
					{
						port: demo.port,
						host: 'localhost',
						rejectUnauthorized: false,
						minVersion: 'TLSv1',
						maxVersion,
						ciphers: 'DEFAULT@SECLEVEL=0'
					},
					() => {
						resolve(String(socket.getProtocol()));
						socket.destroy();
					}
				);
				socket.on('error', () => resolve('refused'));
			});
		expect(await handshake('TLSv1.1')).toBe('refused');
		expect(await handshake('TLSv1.2')).toBe('TLSv1.2');
		expect(await handshake('TLSv1.3')).toBe('TLSv1.3');
	});
});
