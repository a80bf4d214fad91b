import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import selfsigned from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { directoryChecks } from '#lib/protocol/directory-checks.ts';
import type { Net } from '#lib/server/directory/guarded-net.ts';
import { askLink, type LinkAnswer } from '#lib/server/directory/links/ask-link.ts';
import { checkLinks } from '#lib/server/directory/links/check-links.ts';
import { checkLinksDaily } from '#lib/server/directory/links/daily-checks.ts';
import { handleChecks } from '#lib/server/directory/links/handle-checks.ts';
import { isPublicAddress } from '#lib/server/directory/runs/public-address.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { call, newOrganisation, ORIGIN, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

let server: Server;
let port = 0;
let net: Net;
/** Requests that came, as `METHOD path`. */
const asked: string[] = [];

beforeAll(async () => {
	const hosts = ['palvelu.example.fi', 'inside.example.fi', 'lost.example.fi'];
	const pems = await selfsigned.generate([{ name: 'commonName', value: hosts[0] }], {
		keySize: 2048,
		extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }]
	});
	server = createServer({ key: pems.private, cert: pems.cert }, ({ method, url = '' }, response) => {
		asked.push(`${method} ${url}`);
		if (url.startsWith('/to?')) response.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end();
		else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
		else if (url === '/no-head') response.writeHead(method === 'HEAD' ? 404 : 200).end();
		else if (url === '/people-only') response.writeHead(403).end();
		else if (url === '/down') response.writeHead(500).end();
		else if (url === '/gone') response.writeHead(404).end();
		else if (url !== '/silent') response.end('page');
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	port = (server.address() as AddressInfo).port;
	net = {
		addressesOf: async (host) => {
			if (host === 'lost.example.fi') throw new Error('ENOTFOUND');
			return host === 'inside.example.fi' ? ['10.0.0.7'] : ['127.0.0.1'];
		},
		// This machine stands for the public internet.
		mayAsk: (address) => address === '127.0.0.1' || isPublicAddress(address),
		ca: pems.cert
	};
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const at = (path: string, host = 'palvelu.example.fi') => `https://${host}:${port}${path}`;
const look = (url: string) => askLink(url, { within: 300 }, net);

describe('a page that is asked for', () => {
	it('is there, by its headers alone', async () => {
		asked.length = 0;
		expect(await look(at('/'))).toEqual({ fault: null, status: 200 });
		expect(asked).toEqual(['HEAD /']);
	});

	it.each([
		['does not answer a question for its headers only', '/no-head', null, 200],
		['lets no machine in', '/people-only', null, 403],
		['is gone', '/gone', 'status', 404],
		['is down', '/down', 'status', 500],
		['leads in a circle', '/loop', 'redirects', null],
		['says nothing', '/silent', 'silent', null]
	])('%s', async (_, path, fault, status) => {
		expect(await look(at(path))).toEqual({ fault, status });
	});

	it('may have moved, also to http, where it is not followed', async () => {
		expect(await look(at(`/to?${encodeURIComponent(at('/new'))}`))).toEqual({ fault: null, status: 200 });
		expect(await look(at(`/to?${encodeURIComponent('http://palvelu.example.fi/')}`))).toMatchObject({
			fault: null
		});
		expect(await look(at(`/to?${encodeURIComponent(at('/gone'))}`))).toEqual({
			fault: 'status',
			status: 404
		});
	});

	it('is never asked for inside a network, by an address, with a name and password, or by another protocol', async () => {
		asked.length = 0;
		for (const url of [
			at('/', 'inside.example.fi'),
			at('/', '127.0.0.1'),
			`https://[::1]:${port}/`,
			`https://user:word@palvelu.example.fi:${port}/`,
			`http://palvelu.example.fi:${port}/`
		])
			expect(await look(url)).toEqual({ fault: 'private', status: null });
		expect(asked).toEqual([]);
		expect(await look(at(`/to?${encodeURIComponent(at('/', 'inside.example.fi'))}`))).toMatchObject({
			fault: 'private'
		});
		expect(await look(at('/', 'lost.example.fi'))).toEqual({ fault: 'unknown_host', status: null });
	});
});

const DAY = 86_400_000;
/** Those of the test: every organisation has the shipped directory besides. */
const own = (urls: string[]) => urls.filter((url) => url.includes('.example.fi')).sort();
const entry = (...urls: string[]) => ({
	id: newId(),
	collection: 'service',
	part: 'directory' as const,
	fields: {
		kind: 'local',
		name: { fi: { text: 'Neuvonta', origin: 'written' } },
		links: urls.map((url) => ({ url, language: 'fi' })),
		phones: [],
		topics: [],
		serviceLanguages: [],
		municipalities: [],
		critical: [],
		source: { title: 'Kunta', date: '2026' },
		verified: null,
		mayHandOver: true
	}
});

onEveryStore('links of the directory', (fresh) => {
	async function start() {
		const context = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(context, 'coordinator', 'adviser');
		const [coordinator, adviser] = phones as [Phone, Phone];
		const checks = async () => {
			const response = await call(
				context,
				handleChecks,
				new Request(`${ORIGIN}/api/v1/directory/checks`, {
					headers: { 'reppu-membership': coordinator.enrolled.membership }
				}),
				{ jar: coordinator.jar }
			);
			return directoryChecks.parse(await response.json());
		};
		return { context, organisation, adviser, checks };
	}

	it('count as broken after three days, are sound again with the first good answer, and go with their entry', async () => {
		const { context, organisation, checks } = await start();
		const { store } = context;
		const pages = [
			entry('https://a.example.fi/', 'https://a.example.fi/form'),
			entry('https://a.example.fi/', 'https://b.example.fi/')
		];
		await store.write((trx) => publish(trx, organisation, pages, Date.now()));
		const down = new Set(['https://a.example.fi/form']);
		const looked: string[] = [];
		const ask = async (url: string): Promise<LinkAnswer> => {
			looked.push(url);
			return down.has(url) ? { fault: 'status', status: 404 } : { fault: null, status: 200 };
		};
		const run = (day: number) => checkLinks(store, organisation, () => Date.UTC(2026, 2, day, 10), ask, 0);
		const { links, asked: first } = await run(1);
		expect(first).toBe(links);
		expect(await run(1)).toEqual({ links, asked: 0, broken: 0 });
		expect(own(looked)).toEqual([
			'https://a.example.fi/',
			'https://a.example.fi/form',
			'https://b.example.fi/'
		]);
		await run(2);
		expect((await checks()).broken).toEqual([]);
		expect(await run(3)).toEqual({ links, asked: links, broken: 1 });
		expect(await checks()).toMatchObject({
			broken: [{ url: 'https://a.example.fi/form', since: '2026-03-01', fault: 'status', status: 404 }],
			checked: '2026-03-03'
		});
		down.clear();
		expect((await run(4)).broken).toBe(0);
		await store.write((trx) =>
			publish(trx, organisation, [{ ...pages[0]!, fields: { removed: true } as never }], Date.now())
		);
		expect((await run(5)).links).toBe(links - 1);
		const left = await store.db.selectFrom('link_checks').select('url').execute();
		expect(own(left.map(({ url }) => url))).toEqual(['https://a.example.fi/', 'https://b.example.fi/']);
	});

	it('are looked at once a day, by one of several servers, and not at all where a setting says so', async () => {
		const { context, organisation } = await start();
		await context.store.write((trx) =>
			publish(trx, organisation, [entry('https://a.example.fi/')], Date.now())
		);
		const looked: string[] = [];
		const ask = async (url: string): Promise<LinkAnswer> => {
			looked.push(url);
			return { fault: null, status: 200 };
		};
		const on = (day: number, linkChecks = true) => ({
			...context,
			settings: { ...context.settings, linkChecks },
			now: () => Date.UTC(2026, 2, day, 10)
		});
		await checkLinksDaily(on(1, false), ask, 0);
		expect(looked).toEqual([]);
		await Promise.all([checkLinksDaily(on(1), ask, 0), checkLinksDaily(on(1), ask, 0)]);
		expect(own(looked)).toEqual(['https://a.example.fi/']);
		await checkLinksDaily(on(2), ask, 0);
		expect(own(looked)).toHaveLength(2);
	});

	it('stand beside what clients were shown unchecked, of the last ninety days, entry by entry', async () => {
		const { adviser, checks } = await start();
		const [service, other] = [newId(), newId()];
		const now = Date.now();
		const shown = (id: string, count: number, ago: number, language = 'ar') => {
			const time = now - ago * DAY;
			const fields = { service: id, language, day: new Date(time).toISOString().slice(0, 10), count };
			return { ...adviser.visit({}, time), collection: 'service-shown', recordId: newId(time), fields };
		};
		const { receipts } = await adviser.sync([
			shown(service, 3, 0),
			shown(service, 4, 40),
			shown(service, 50, 120),
			shown(service, 2, 3, 'so'),
			shown(other, 1, 1)
		]);
		expect(receipts.every(({ outcome }) => outcome === 'applied')).toBe(true);
		expect((await checks()).shown).toEqual({ [service]: { ar: 7, so: 2 }, [other]: { ar: 1 } });
	});
});
