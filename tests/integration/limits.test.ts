import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RequestLimits } from '#lib/server/limits/request-limits.ts';
import { endIfSlow, NODE_LIMITS } from '../../scripts/time-limits.js';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { newOrganisation, newPhone, startServer, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** As in limits/request-limits.ts. */
const ADDRESS_BURST = 6000;
const DEVICE_BURST = 20_000;
/** What a report costs of an address's requests. */
const COSTLY = 50;

describe.skipIf(!hasBuild())('requests of one address', () => {
	const plain = new BuiltServer({ DEMO: 'false' });
	const behind = new BuiltServer({ DEMO: 'false', ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: '1' });
	beforeAll(() => Promise.all([plain.start(), behind.start()]), 60_000);
	afterAll(() => Promise.all([plain.remove(), behind.remove()]));

	const ask = (server: BuiltServer, forwarded?: string) =>
		rawAnswer(`${server.url}/api/v1/report`, {
			headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
		});

	/** Asks costly questions until they are refused; how many went through. */
	async function flood(
		server: BuiltServer,
		forwarded: (time: number) => string | undefined
	): Promise<number> {
		for (let time = 0; time < 400; time += 1) {
			const answer = await ask(server, forwarded(time));
			if (answer.status !== 429) continue;
			expect(JSON.parse(answer.body)).toEqual({ error: 'busy' });
			expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
			expect(answer.headers['cache-control']).toBe('no-store');
			return time;
		}
		return Infinity;
	}

	it('are limited, and a header that nobody trusts moves nothing', async () => {
		const through = await flood(plain, (time) => `198.51.100.${time % 250}`);
		expect(through).toBeGreaterThanOrEqual(ADDRESS_BURST / COSTLY);
		expect(through).toBeLessThan(300);
		expect((await rawAnswer(`${plain.url}/api/health`)).status).toBe(200);
		// Files and the shell need no work and are given all the same.
		expect((await rawAnswer(`${plain.url}/shell`)).status).toBe(200);
		expect(plain.output).not.toContain('"level":50');
	});

	it('are told apart by what the proxy says last; what the client says itself moves nothing, and others are let in [fault 91]', async () => {
		const through = await flood(behind, (time) => `10.9.8.${time % 250}, 192.0.2.1`);
		expect(through).toBeLessThan(300);
		for (const other of ['192.0.2.2', '192.0.2.1, 192.0.2.3', '2001:db8::1'])
			expect((await ask(behind, other)).status).toBe(401);
		expect((await ask(behind, '2001:db8:9:9::1, 192.0.2.1')).status).toBe(429);
		// Around the proxy, as a container's probe comes.
		expect((await rawAnswer(`${behind.url}/api/health`)).status).toBe(200);
	});

	it('headers that say who speaks which protocol for whom are not believed', async () => {
		for (const headers of [
			{ 'x-forwarded-host': 'evil.example' },
			{ 'x-forwarded-proto': 'https' },
			{ 'x-reppu-protocol': 'https' },
			{ forwarded: 'for=1.2.3.4;host=evil.example;proto=https' }
		]) {
			const { status, headers: answered } = await rawAnswer(`${behind.url}/api/v1/session`, {
				method: 'DELETE',
				headers: { origin: behind.url, 'x-forwarded-for': '192.0.2.9', ...headers }
			});
			expect([headers, status]).toEqual([headers, 204]);
			expect(JSON.stringify(answered)).not.toContain('evil.example');
		}
	});

	it('the same parameter twice is the first one or refused, and never breaks anything', async () => {
		for (const query of [
			'from=2026-01-01&from=2026-02-02',
			'from[]=2026-01-01',
			'from=2026-01-01&from=',
			'lang=fi&lang=sv'
		]) {
			const answer = await rawAnswer(`${behind.url}/api/v1/report?${query}`, {
				headers: { 'x-forwarded-for': '192.0.2.10' }
			});
			expect([query, answer.status]).toEqual([query, 401]);
		}
	});
});

onEveryStore('requests of one address', (fresh) => {
	it('are as many after a restart as before, and nothing is kept of them once that has run out [fault 96]', async () => {
		const server = await startServer(fresh());
		const { now } = server;
		const from = (address: string) =>
			({ route: { id: '/api/v1/sync' }, getClientAddress: () => address }) as unknown as RequestEvent;
		const loud = from('2001:db8:1:1::1');
		const neighbour = from('2001:db8:1:1::2');
		const ask = async (event: RequestEvent, times: number) => {
			for (let time = 0; time < times; time += 1) await server.limits.countRequest(event, server.now());
		};
		await ask(from('192.0.2.1'), 100);
		await expect(ask(loud, ADDRESS_BURST + 1000)).rejects.toThrow('busy');
		server.limits = await RequestLimits.open(server.store, now());
		await expect(ask(neighbour, 1500)).rejects.toThrow('busy');
		// Whoever goes on for minutes is not forgiven either: at 50 a second as much comes as runs out.
		let seconds = 0;
		const begun = now();
		server.now = () => begun + seconds * 1000;
		for (; seconds < 200; seconds += 1) await expect(ask(neighbour, 100)).rejects.toThrow('busy');
		server.limits = await RequestLimits.open(server.store, server.now());
		await expect(ask(neighbour, 700)).rejects.toThrow('busy');
		await ask(from('2001:db8:1:2::1'), 1);
		const rows = () => server.store.db.selectFrom('address_loads').select('address').execute();
		// Whoever asks little is not written down.
		expect(await rows()).toEqual([{ address: '2001:db8:1:1' }]);
		await RequestLimits.open(server.store, server.now() + 121_000);
		expect(await rows()).toEqual([]);
		await stopServers();
	});
});

onEveryStore('ops of one device', (fresh) => {
	it('are limited, others are not held up, and a restart forgives nothing [fault 96]', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [loud, calm] = [
			phones[0]!,
			await newPhone(server, phones[0]!.enrolled.organisation, phones[0]!.enrolled.membership)
		];
		const sender = { organisation, device: loud.enrolled.device };
		const { now } = server;
		// What 39 full batches count, without the work of taking them in.
		for (let batch = 0; batch < DEVICE_BURST / 500 - 1; batch += 1)
			await server.limits.countOps(sender, 500, now());
		const last = Array.from({ length: 498 }, () => loud.visit());
		expect((await loud.send({ ops: last }, { gzip: true })).status).toBe(200);
		const refused = await loud.send({ ops: Array.from({ length: 20 }, () => loud.visit()) });
		expect(refused.status).toBe(429);
		expect(await refused.json()).toEqual({ error: 'busy' });
		const wait = Number(refused.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(0);
		expect((await calm.send({ ops: [calm.visit()] })).status).toBe(200);
		// Nobody uses it up in the name of another: what is not signed by it does not count for it.
		const forged = await calm.sendBytes(new TextEncoder().encode('{}'), {
			'reppu-device': loud.enrolled.device
		});
		expect(forged.status).not.toBe(200);

		server.limits = await RequestLimits.open(server.store, now());
		let forgiven = 0;
		const more = () => server.limits.countOps(sender, 100, now()).then(() => (forgiven += 100));
		await expect(
			Promise.resolve().then(async () => {
				for (;;) await more();
			})
		).rejects.toThrow('busy');
		expect(forgiven).toBeLessThan(1500);
		const later = now() + (wait + 900) * 1000;
		server.now = () => later;
		expect((await loud.send({ ops: last }, { gzip: true })).status).toBe(200);

		// A day later nothing is kept of who sent how much.
		await RequestLimits.open(server.store, later + 86_400_000);
		expect(await server.store.db.selectFrom('device_loads').selectAll().execute()).toEqual([]);
		await stopServers();
	});
});

describe('the time that a request may take', () => {
	/** A request that never arrives as a whole; when its connection was ended, ms. */
	function endedAfter(path: string, headers: Record<string, string>): number {
		vi.useFakeTimers();
		let ended = Infinity;
		const begun = Date.now();
		const request = { headers, complete: false, socket: { destroy: () => (ended = Date.now() - begun) } };
		endIfSlow(request as unknown as IncomingMessage, new EventEmitter() as ServerResponse, path);
		vi.advanceTimersByTime(2_000_000);
		vi.useRealTimers();
		return ended;
	}
	const body = { 'content-length': '100' };

	it.each([
		['/api/v1/enrolments', 30_000],
		['/api/v1/invitations', 30_000],
		['/', 30_000],
		['/api/v1/sync', 65_000],
		['/api/v1/sync/', 30_000],
		['/api/v1/clips', 65_000],
		['/api/v1/imports', 30_000],
		['/api/v1/imports/01890a5d-ac96-774b-bcce-b302099a8057/files/a.json', 900_000]
	])('%s: %i ms', (path, within) => {
		expect(endedAfter(path, body)).toBe(within);
		expect(endedAfter(path, { 'transfer-encoding': 'chunked' })).toBe(within);
	});

	it('is not measured where there is no body, and Node ends what has no whole headers after 15 s', () => {
		expect(endedAfter('/', {})).toBe(Infinity);
		expect(NODE_LIMITS).toMatchObject({ headersTimeout: 15_000, maxHeaderSize: 16_384 });
	});

	it('an answer that was given ends the watch', () => {
		vi.useFakeTimers();
		const destroy = vi.fn();
		const response = new EventEmitter() as ServerResponse;
		endIfSlow(
			{ headers: body, complete: false, socket: { destroy } } as unknown as IncomingMessage,
			response,
			'/'
		);
		response.emit('close');
		vi.advanceTimersByTime(2_000_000);
		vi.useRealTimers();
		expect(destroy).not.toHaveBeenCalled();
	});
});
