import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';

describe.skipIf(!hasBuild())('bytes that no browser sends', () => {
	const server = new BuiltServer({ DEMO: 'false' });
	beforeAll(() => server.start(), 60_000);
	afterAll(async () => {
		await server.remove();
		expect(server.output.split('\n').filter((line) => /"level":50|Error:/.test(line))).toEqual([]);
	});

	/** Says this on a connection of its own and gives back everything that was answered until it ended. */
	const say = (...lines: string[]) =>
		new Promise<string>((resolve) => {
			let heard = '';
			const socket = connect(server.port, 'localhost', () => socket.write(lines.join('\r\n'), 'latin1'));
			socket.on('data', (data) => (heard += data.toString('latin1')));
			socket.on('error', () => resolve(heard));
			socket.on('close', () => resolve(heard));
			socket.setTimeout(2000, () => socket.destroy());
		});
	const statuses = (heard: string) =>
		[...heard.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
	const CLOSE = 'connection: close';

	it.each([
		['none', []],
		['two', ['host: localhost', 'host: evil.example']],
		['an empty one', ['host:']],
		['a space', ['host: local host']],
		['a slash', ['host: evil.example/path']],
		['a user', ['host: user@evil.example']],
		['a number of a port that is none', ['host: localhost:99999']],
		['quotes', ['host: "><script>alert(1)</script>']],
		['bytes', ['host: \xff\xfe']]
	])('an odd host, %s: refused, or answered without a word of it', async (_name, hosts) => {
		for (const path of ['/', '/api/health', '/api/v1/session', '/nowhere']) {
			const heard = await say(`GET ${path} HTTP/1.1`, ...hosts, CLOSE, '', '');
			expect(statuses(heard).filter((status) => ![200, 400, 401, 404].includes(status))).toEqual([]);
			expect(statuses(heard)).toHaveLength(1);
			expect(heard).not.toMatch(/evil\.example|<script>alert/);
			expect(heard).toContain('x-content-type-options: nosniff');
		}
	});

	it('an address of another server is not fetched for anybody', async () => {
		for (const target of [
			'http://evil.example/',
			'https://127.0.0.1:1/',
			'//evil.example/x',
			'evil.example:443'
		]) {
			const heard = await say(`GET ${target} HTTP/1.1`, 'host: localhost', CLOSE, '', '');
			expect([target, statuses(heard).every((status) => status === 400 || status === 404)]).toEqual([
				target,
				true
			]);
			expect(heard).not.toMatch(/^location: .*evil/im);
		}
		expect(await say('CONNECT evil.example:443 HTTP/1.1', 'host: evil.example:443', '', '')).not.toMatch(
			/ 200 /
		);
	});

	const post = (...headers: string[]) => [
		'POST /api/v1/enrolments HTTP/1.1',
		'host: localhost',
		'content-type: application/json',
		...headers,
		''
	];
	const HIDDEN = 'GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n';

	it.each([
		['length and chunks', post('content-length: 4', 'transfer-encoding: chunked'), `0\r\n\r\n${HIDDEN}`],
		['two lengths', post('content-length: 0', `content-length: ${HIDDEN.length}`), HIDDEN],
		['a length with a sign', post(`content-length: +${HIDDEN.length}`), HIDDEN],
		['a length in hex', post('content-length: 0x10'), HIDDEN],
		['chunks spelled oddly', post('transfer-encoding: chunked, identity'), `0\r\n\r\n${HIDDEN}`],
		['chunks behind a space', post('transfer-encoding : chunked'), `0\r\n\r\n${HIDDEN}`],
		['chunks twice', post('transfer-encoding: chunked', 'transfer-encoding: identity'), `0\r\n\r\n${HIDDEN}`],
		['a header over two lines', post('x: a', ' transfer-encoding: chunked'), `0\r\n\r\n${HIDDEN}`],
		[
			'a bare line feed',
			['POST /api/v1/enrolments HTTP/1.1\nhost: localhost\ncontent-length: 4', ''],
			`0\n\n${HIDDEN}`
		],
		['a chunk with letters behind its size', post('transfer-encoding: chunked'), `0x\r\n\r\n${HIDDEN}`]
	])('%s: no second request is hidden in the first', async (_name, head, body) => {
		const heard = await say([...head, body].join('\r\n'));
		expect(heard).not.toContain('"status":"ok"');
		expect(statuses(heard).filter((status) => status < 400)).toEqual([]);
	});

	it('many headers, and one that is too long: refused, and the next one is served', async () => {
		const many = Array.from({ length: 3000 }, (_, index) => `x-${index}: 1`);
		expect(statuses(await say('GET / HTTP/1.1', 'host: localhost', ...many, CLOSE, '', ''))).toEqual([431]);
		expect(
			statuses(
				await say('GET / HTTP/1.1', 'host: localhost', `cookie: ${'a=b; '.repeat(4000)}`, CLOSE, '', '')
			)
		).toEqual([431]);
		expect(
			statuses(await say(`GET /${'a'.repeat(20_000)} HTTP/1.1`, 'host: localhost', CLOSE, '', ''))
		).toEqual([431]);
		expect(await say('GET /api/health HTTP/1.1', 'host: localhost', CLOSE, '', '')).toContain(
			'"status":"ok"'
		);
	});
});
