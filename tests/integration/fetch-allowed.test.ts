import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import selfsigned from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadInput } from '#lib/server/directory/draft.ts';
import type { Net } from '#lib/server/directory/guarded-net.ts';
import { fetchAllowed, type FetchLimits } from '#lib/server/directory/runs/fetch-allowed.ts';
import { fetchPages } from '#lib/server/directory/runs/fetch-pages.ts';
import { isPublicAddress } from '#lib/server/directory/runs/public-address.ts';

const folder = mkdtempSync(join(tmpdir(), 'reppu-fetch-'));
const path = join(folder, 'file');
let server: Server;
let port = 0;
let net: Net;
let limits: FetchLimits;
/** Names that were looked up. */
const asked: string[] = [];

beforeAll(async () => {
	const pems = await selfsigned.generate([{ name: 'commonName', value: 'data.example.fi' }], {
		keySize: 2048,
		extensions: [
			{
				name: 'subjectAltName',
				altNames: ['data.example.fi', 'other.example.fi', 'inside.example.fi'].map((value) => ({ type: 2, value }))
			}
		]
	}); // prettier-ignore
	server = createServer({ key: pems.private, cert: pems.cert }, ({ url = '' }, response) => {
		if (url === '/services.json') response.end('[1]');
		else if (url === '/api/services') response.setHeader('content-type', 'application/json').end('[2]');
		else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
		else if (url.startsWith('/to?')) response.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end();
		else if (url === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
		else if (url === '/cut') {
			response.writeHead(200, { 'content-length': '100' });
			response.write('[');
			setTimeout(() => response.destroy(), 20);
		} else if (url === '/silent') response.writeHead(200).write('[');
		else if (url === '/endless') {
			const more = () => response.write('x'.repeat(10_000), (error) => !error && setImmediate(more));
			more();
		} else if (url.startsWith('/pages')) response.end(pageAt(new URL(url, 'https://x')));
		else response.writeHead(404).end('no');
	}); // prettier-ignore
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	port = (server.address() as AddressInfo).port;
	net = {
		addressesOf: async (host) => {
			asked.push(host);
			return host === 'inside.example.fi' ? ['127.0.0.1', '10.0.0.7'] : ['127.0.0.1'];
		},
		// This machine stands for the public internet.
		mayAsk: (address) => address === '127.0.0.1' || isPublicAddress(address),
		ca: pems.cert
	};
	limits = {
		hosts: [`data.example.fi:${port}`, `inside.example.fi:${port}`],
		most: 50_000,
		silent: 300,
		whole: 5000
	};
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
	rmSync(folder, { recursive: true, force: true });
});

/** An API of three pages, in the ways that APIs have them. */
function pageAt({ pathname, searchParams }: URL): string {
	const number = Number(searchParams.get('page') ?? 1);
	const contents = [{ name: `on page ${number}`, words: '"total_pages": 9,' }];
	switch (pathname) {
		case '/pages/hsds':
			return JSON.stringify({ total_items: 3, total_pages: 3, page_number: number, size: 1, contents });
		case '/pages/ptv':
			return JSON.stringify({ itemList: contents, pageNumber: number, pageSize: 1, pageCount: 3 }, null, 2);
		case '/pages/deaf':
			return JSON.stringify({ total_pages: 3, page_number: 1, contents });
		case '/pages/shrinking':
			return JSON.stringify({ total_items: 40 - number, total_pages: 3, page_number: number, contents });
		case '/pages/growing':
			return JSON.stringify({ total_pages: number + 1, page_number: number, contents });
		case '/pages/far':
			return JSON.stringify({
				contents: [{ words: 'x'.repeat(200_000) }],
				page_number: number,
				total_pages: 2
			});
		default:
			return JSON.stringify(contents);
	}
}

const get = (address: string, more: Partial<FetchLimits> = {}) =>
	fetchAllowed(address, path, { ...limits, ...more }, net).catch((error: unknown) => {
		if (error instanceof BadInput) return error.code;
		throw error;
	});
const at = (rest: string, host = 'data.example.fi') => `https://${host}:${port}${rest}`;

describe('a file from an address', () => {
	it('comes from an allowed host, also over redirects within the list, with a name that says its format', async () => {
		expect(await get(at('/services.json'))).toEqual({ name: 'services.json', bytes: 3 });
		expect(readFileSync(path, 'utf8')).toBe('[1]');
		expect(await get(at(`/to?${encodeURIComponent(at('/api/services'))}`))).toEqual({
			name: 'services.json',
			bytes: 3
		});
		expect(readFileSync(path, 'utf8')).toBe('[2]');
	});

	it('is all pages of an API, each once, with its own choices of what is asked for', async () => {
		const pages = async (address: string, most = limits.most) => {
			const files = (number: number) => join(folder, `page-${number}`);
			try {
				const found = await fetchPages(at(address), files, { ...limits, most }, net);
				return found.map((_, number) => /on page \d/.exec(readFileSync(files(number), 'utf8'))?.[0] ?? 'far');
			} catch (error) {
				if (error instanceof BadInput) return error.code;
				throw error;
			}
		};
		const all = ['on page 1', 'on page 2', 'on page 3'];
		expect(await pages('/pages/hsds?per_page=1')).toEqual(all);
		expect(await pages('/pages/ptv')).toEqual(all);
		expect(await pages('/pages/far', 500_000)).toEqual(['far', 'far']);
		expect(await pages('/pages/hsds?page=2')).toEqual(['on page 2']);
		expect(await pages('/pages/hsds?page=1')).toEqual(all);
		expect(await pages('/pages/shrinking')).toBe('address_failed');
		expect(await pages('/pages/plain')).toEqual(['on page 1']);
		expect(await pages('/pages/deaf')).toBe('address_failed');
		expect(await pages('/pages/growing')).toBe('address_failed');
		// Of all of them together.
		expect(await pages('/pages/hsds', 300)).toBe('too_large');
	});

	it('is not asked for at any other host, by http, with a password or at a number', async () => {
		asked.length = 0;
		for (const address of [
			at('/services.json', 'other.example.fi'),
			'https://data.example.fi/services.json',
			`http://data.example.fi:${port}/services.json`,
			`https://user:secret@data.example.fi:${port}/services.json`,
			`https://127.0.0.1:${port}/services.json`,
			`https://[::1]:${port}/services.json`,
			'file:///etc/passwd',
			'nothing'
		])
			expect([address, await get(address)]).toEqual([address, 'address_not_allowed']);
		expect(asked).toEqual([]);
		expect(await get(`https://127.0.0.1:${port}/`, { hosts: [`127.0.0.1:${port}`] })).toBe(
			'address_not_allowed'
		);
	});

	it('is not followed to another host, and not into a network, even where only one of its addresses lies there', async () => {
		for (const target of [
			at('/services.json', 'other.example.fi'),
			'http://data.example.fi/',
			'file:///etc/passwd'
		])
			expect(await get(at(`/to?${encodeURIComponent(target)}`))).toBe('address_not_allowed');
		expect(await get(at('/services.json', 'inside.example.fi'))).toBe('address_private');
		expect(await get(at(`/to?${encodeURIComponent(at('/services.json', 'inside.example.fi'))}`))).toBe(
			'address_private'
		);
	});

	it('is looked up anew for each request, and reached at the address that was looked at', async () => {
		let turn = 0;
		const changing: Net = {
			...net,
			addressesOf: async () => [(turn += 1) === 1 ? '127.0.0.1' : '192.168.1.1']
		};
		const code = await fetchAllowed(at('/to?/services.json'), path, limits, changing).catch(
			(error: BadInput) => error.code
		);
		expect([turn, code]).toEqual([2, 'address_private']);
	});

	it('may be neither endless, silent, cut off, compressed, missing nor a loop', async () => {
		expect(await get(at('/endless'))).toBe('too_large');
		for (const rest of ['/silent', '/cut', '/gzip', '/missing', '/loop'])
			expect([rest, await get(at(rest))]).toEqual([rest, 'address_failed']);
		expect(await get(at('/silent'), { silent: 5000, whole: 200 })).toBe('address_failed');
	});

	it.each([
		['8.8.8.8', true],
		['2a00:1450:400f:80c::200e', true],
		['127.0.0.1', false],
		['10.1.2.3', false],
		['172.31.255.255', false],
		['192.168.0.1', false],
		['169.254.169.254', false],
		['100.64.0.1', false],
		['0.0.0.0', false],
		['255.255.255.255', false],
		['224.0.0.1', false],
		['::1', false],
		['::', false],
		['::ffff:10.0.0.1', false],
		['::ffff:8.8.8.8', false],
		['64:ff9b::a00:1', false],
		['fe80::1', false],
		['fd00::1', false],
		['2002:a00:1::', false],
		['2001:db8::1', false],
		['not an address', false]
	])('%s is public: %s', (address, expected) => {
		expect(isPublicAddress(address)).toBe(expected);
	});
});
