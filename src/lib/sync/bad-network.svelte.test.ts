import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countOutbox } from '#lib/device/delivery.ts';
import { unseal } from '#lib/device/rows.ts';
import { sentOps, testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit, changeVisit, readStamp, type Stamp } from '#lib/device/visits.ts';
import { readContact, type Contact } from './contact-row.ts';
import { depsOver, FakeServer, json, type Network } from './fake-server.ts';
import { flush } from './flush.ts';
import { readLease } from './lease-row.ts';
import { pillOf, type Pill } from './pill.ts';

let device: TestDevice;
let stamp: Stamp;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
	server = new FakeServer(device);
	for (const language of ['ar', 'ru', 'so']) await save({ language });
});

afterEach(() => device.remove());

const save = (fields: Record<string, string>) =>
	addVisit(device, stamp, { at: new Date().toISOString(), topics: ['work'], ...fields });

async function pill(): Promise<Pill> {
	const { db, open, membership } = device;
	const row = await open.memberships.get(membership.id);
	return pillOf({
		counts: await countOutbox(db),
		contact: await readContact(db),
		lease: await readLease(db, Date.now()),
		browserOnline: true,
		revoked: row?.revokedAt !== undefined,
		signInNeeded: row?.signInNeeded ?? false
	});
}

const outbox = () => device.db.outbox.orderBy('seq').toArray();
const html = (status: number, headers: Record<string, string> = {}) =>
	new Response('<!doctype html><title>Welcome to Guest WiFi</title>', {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8', ...headers }
	});

/** A Response as fetch gives it where the page may not see it; the constructor makes none. */
const disguised = (response: Response, as: Partial<Record<'type' | 'redirected', unknown>>) =>
	Object.defineProperties(
		response,
		Object.fromEntries(Object.entries(as).map(([key, value]) => [key, { value }]))
	);

const hangs: Network = (_server, { signal }) =>
	new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

/** Headers come, the body never ends. */
const bodyHangs: Network = async (_server, { signal }) =>
	new Response(
		new ReadableStream({
			start(controller) {
				controller.enqueue(new TextEncoder().encode('{"protocol":1,"receipts":['));
				signal?.addEventListener('abort', () => controller.error(signal.reason));
			}
		}),
		{ headers: { 'content-type': 'application/json' } }
	);

const answers =
	(response: () => Response): Network =>
	async () =>
		response();
const answerKeys = {
	changes: [],
	cursors: {},
	more: false,
	epoch: 'e',
	durable: null,
	serverTime: Date.now()
};

const blocked = { result: 'blocked', pill: { kind: 'offline-waiting', count: 3 } } as const;
const offline = { result: 'offline', pill: { kind: 'offline-waiting', count: 3 } } as const;
const failing = { result: 'server', pill: { kind: 'waiting', count: 3 } } as const;
const refused = { result: 'refused', pill: { kind: 'waiting', count: 3 } } as const;
const unanswered = { result: 'ok', pill: { kind: 'waiting', count: 3 } } as const;

const cases: [string, Network, { result: Contact['result']; pill: Pill }][] = [
	['a captive portal: 200 with HTML', answers(() => html(200)), blocked],
	[
		'a captive portal that calls its HTML JSON',
		answers(() => new Response('<html>', { headers: { 'content-type': 'application/json' } })),
		blocked
	],
	['an empty 200', answers(() => new Response('')), blocked],
	[
		'an empty 200 that says JSON',
		answers(() => new Response('', { headers: { 'content-type': 'application/json' } })),
		blocked
	],
	['204', answers(() => new Response(null, { status: 204 })), blocked],
	['{}', answers(() => json({})), blocked],
	['null', answers(() => json(null)), blocked],
	['a list', answers(() => json([1, 2])), blocked],
	['somebody else’s JSON', answers(() => json({ status: 'ok', receipts: 'none' })), blocked],
	[
		'JSON that was cut off',
		answers(
			() =>
				new Response('{"protocol":1,"receipts":[{"opId"', { headers: { 'content-type': 'application/json' } })
		),
		blocked
	],
	[
		'a redirect to a login page',
		answers(() => disguised(new Response(null), { type: 'opaqueredirect' })),
		blocked
	],
	['a redirect that was followed', answers(() => disguised(json({}), { redirected: true })), blocked],
	['an opaque answer', answers(() => disguised(new Response(null), { type: 'opaque' })), blocked],
	['302 from a proxy', answers(() => html(302, { location: '/login' })), blocked],
	['401 with HTML', answers(() => html(401)), blocked],
	['403 with HTML', answers(() => html(403)), blocked],
	['404 with HTML', answers(() => html(404)), blocked],
	['429 with HTML', answers(() => html(429)), failing],
	['500 with HTML', answers(() => html(500)), failing],
	['502 with HTML', answers(() => html(502)), failing],
	['500 with a JSON list', answers(() => json([], 500)), failing],
	['503', answers(() => json({ error: 'busy' }, 503)), failing],
	['507, its disk is full', answers(() => json({ error: 'storage_full' }, 507)), failing],
	[
		'401, sign in, even for a delivery',
		answers(() => json({ error: 'sign_in' }, 401)),
		{ result: 'sign_in', pill: { kind: 'sign-in', count: 3 } }
	],
	['401, unknown device', answers(() => json({ error: 'device_unknown' }, 401)), refused],
	['403, wrong origin', answers(() => json({ error: 'wrong_origin' }, 403)), refused],
	[
		'403, revoked',
		answers(() => json({ error: 'device_revoked' }, 403)),
		{ result: 'revoked', pill: { kind: 'revoked' } }
	],
	[
		'413 whatever the size',
		answers(() => json({ error: 'too_large' }, 413)),
		{ result: 'too_large', pill: { kind: 'waiting', count: 3 } }
	],
	[
		'413 with HTML whatever the size',
		answers(() => html(413)),
		{ result: 'too_large', pill: { kind: 'waiting', count: 3 } }
	],
	[
		'422 for the whole request whatever it holds',
		answers(() => json({ error: 'bad_request' }, 422)),
		refused
	],
	[
		'426, too old',
		answers(() => json({ error: 'protocol_unknown' }, 426)),
		{ result: 'outdated', pill: { kind: 'outdated' } }
	],
	['an error code of a newer server', answers(() => json({ error: 'full_moon' }, 400)), refused],
	['no network', () => Promise.reject(new TypeError('Failed to fetch')), offline],
	['a request that hangs', hangs, offline],
	['an answer that hangs in the middle', bodyHangs, offline],
	[
		'receipts for other ops',
		answers(() =>
			json({
				protocol: 1,
				receipts: [{ opId: crypto.randomUUID(), outcome: 'applied', change: 1 }],
				...answerKeys
			})
		),
		unanswered
	],
	['no receipts at all', answers(() => json({ protocol: 1, receipts: [], ...answerKeys })), unanswered]
];

describe('nothing leaves the outbox without its own receipt, and the status says the truth', () => {
	it.each(cases)('%s', async (_name, network, expected) => {
		const before = await outbox();
		await flush(device, depsOver(server, network, { timeout: 60 }));
		expect(await outbox()).toEqual(before);
		expect((await sentOps(device.db)).length).toBe(0);
		expect((await readContact(device.db))?.result).toBe(expected.result);
		expect(await pill()).toEqual(expected.pill);
		expect(await readLease(device.db, Date.now())).toBeUndefined();
		// A device that was revoked stays so; every other fault heals.
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await outbox()).toEqual([]);
		expect([...server.effects.values()]).toEqual([1, 1, 1]);
		if (expected.result !== 'revoked') expect(await pill()).toMatchObject({ kind: 'delivered' });
	});

	it.each<[string, (opIds: string[]) => unknown[]]>([
		['no outcome', (ids) => ids.map((opId) => ({ opId }))],
		['no change number', (ids) => ids.map((opId) => ({ opId, outcome: 'applied' }))],
		['an outcome of a newer server', (ids) => ids.map((opId) => ({ opId, outcome: 'shelved', change: 7 }))],
		['an outcome that is no text', (ids) => ids.map((opId) => ({ opId, outcome: 1, change: 7 }))],
		['later', (ids) => ids.map((opId) => ({ opId, outcome: 'later' }))]
	])('half a receipt: %s', async (_name, receipts) => {
		const before = await outbox();
		const network: Network = async () =>
			json({ protocol: 1, receipts: receipts(before.map((row) => row.opId)), ...answerKeys });
		await flush(device, depsOver(server, network));
		expect(await outbox()).toEqual(before);
		expect(await pill()).toEqual({ kind: 'waiting', count: 3 });
		await flush(device, depsOver(server));
		expect(await pill()).toMatchObject({ kind: 'delivered' });
	});

	it('takes a receipt for one of three for that one', async () => {
		const [first] = await outbox();
		const network: Network = async () =>
			json({ protocol: 1, receipts: [{ opId: first?.opId, outcome: 'applied', change: 4 }], ...answerKeys });
		await flush(device, depsOver(server, network));
		expect((await sentOps(device.db)).map((op) => op.opId)).toEqual([first?.opId]);
		expect(await pill()).toEqual({ kind: 'waiting', count: 2 });
	});

	it('sends again what was committed while its answer was lost; the server has it once', async () => {
		const lost: Network = async (to, init) => {
			await to.respond(init);
			throw new TypeError('Failed to fetch');
		};
		for (let round = 0; round < 3; round += 1) await flush(device, depsOver(server, lost));
		expect(await pill()).toEqual({ kind: 'offline-waiting', count: 3 });
		await flush(device, depsOver(server));
		expect(await pill()).toMatchObject({ kind: 'delivered' });
		expect([...server.effects.values()]).toEqual([1, 1, 1]);
	});

	it.each([
		['JSON', () => json({ error: 'busy' }, 503, { 'retry-after': '120' })],
		['a proxy’s HTML', () => html(503, { 'retry-after': '120' })]
	])('waits as long as a 503 asks, %s', async (_name, response) => {
		await flush(device, depsOver(server, answers(response), { now: () => 1_000_000 }));
		expect((await readContact(device.db))?.nextTry).toBe(1_120_000);
	});

	it('delivers without reading where the session has ended', async () => {
		server.session = false;
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await pill()).toMatchObject({ kind: 'delivered' });
		expect((await device.open.memberships.get(device.membership.id))?.signInNeeded).toBe(true);
		server.session = true;
		await flush(device, depsOver(server));
		expect((await device.open.memberships.get(device.membership.id))?.signInNeeded).toBe(false);
	});
});

describe('one bad op never blocks the rest', () => {
	const attention = async () =>
		(await device.db.rejected.toArray()).map(({ opId, reason }) => [opId, reason.code, reason.field]);

	it('that the server rejects', async () => {
		const [, bad] = await outbox();
		server.judge = (op) =>
			op.opId === bad?.opId ? { outcome: 'rejected', code: 'invalid_value', field: 'at' } : undefined;
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await attention()).toEqual([[bad?.opId, 'invalid_value', 'at']]);
		expect((await sentOps(device.db)).length).toBe(2);
		expect(await pill()).toEqual({ kind: 'attention', count: 1 });
	});

	it('that the server leaves for later', async () => {
		const [first] = await outbox();
		server.judge = (op) => (op.opId === first?.opId ? { outcome: 'later' } : undefined);
		await flush(device, depsOver(server));
		await save({ language: 'fa' });
		await flush(device, depsOver(server));
		expect(await attention()).toEqual([]);
		expect((await outbox()).map(({ opId }) => opId)).toEqual([first?.opId]);
		expect(await pill()).toEqual({ kind: 'waiting', count: 1 });
		server.judge = () => undefined;
		await flush(device, depsOver(server));
		expect(await pill()).toMatchObject({ kind: 'delivered' });
		expect([...server.effects.values()]).toEqual([1, 1, 1, 1]);
	});

	it.each([
		['bad_text', 422],
		['bad_request', 422],
		['bad_json', 400],
		['too_large', 413]
	])('for which the edge of the server refuses the whole request: %s', async (code, status) => {
		for (let index = 0; index < 60; index += 1) await save({ language: 'ti' });
		const rows = await outbox();
		const bad = new Set([rows[0]?.opId, rows[41]?.opId]);
		let requests = 0;
		server.refuse = ({ ops }) => {
			requests += 1;
			return ops.some((op) => bad.has(op.opId)) ? json({ error: code }, status) : undefined;
		};
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await attention()).toEqual([...bad].map((opId) => [opId, code, undefined]));
		expect((await sentOps(device.db)).length).toBe(61);
		expect(requests).toBeLessThan(40);
		expect(await pill()).toEqual({ kind: 'attention', count: 2 });
	});

	it('and is not blamed for a request that is refused without it, too', async () => {
		let requests = 0;
		server.refuse = () => {
			requests += 1;
			return json({ error: 'bad_request' }, 422);
		};
		for (let index = 0; index < 40; index += 1) await save({ language: 'ti' });
		await flush(device, depsOver(server));
		expect(await attention()).toEqual([]);
		expect(requests).toBeLessThan(20);
		expect(await pill()).toEqual({ kind: 'waiting', count: 43 });
	});

	it('splits what is too large at once', async () => {
		for (let index = 0; index < 30; index += 1) await save({ language: 'ti' });
		server.room = 4;
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await pill()).toMatchObject({ kind: 'delivered' });
		expect(Math.max(...server.requests.map((request) => request.ops.length))).toBeLessThanOrEqual(4);
	});

	it('sends less at once on a line so slow that the whole does not arrive in time', async () => {
		for (let index = 0; index < 37; index += 1) await save({ language: 'ti' });
		const slow: Network = (to, init) =>
			(init.body as Uint8Array).length > 1200 ? hangs(to, init) : to.respond(init);
		let runs = 0;
		for (; runs < 10 && (await device.db.outbox.count()) > 0; runs += 1)
			await flush(device, depsOver(server, slow, { timeout: 60 }));
		expect(await pill()).toMatchObject({ kind: 'delivered' });
		expect([...server.effects.values()].every((count) => count === 1)).toBe(true);
		expect(runs).toBeLessThan(8);
	});
});

it('carries fields of newer versions that are called like something every object has', async () => {
	for (const field of ['valueOf', 'hasOwnProperty', 'isPrototypeOf', 'toLocaleString']) {
		const id = await save({ [field]: 'x' });
		await changeVisit(device, stamp, id, { [field]: 'y', language: 'so' });
	}
	expect(await flush(device, depsOver(server))).toEqual({ ok: true });
	expect(await pill()).toMatchObject({ kind: 'delivered' });
	expect(server.journal.size).toBe(11);
	for (const row of await device.db.visits.toArray()) {
		expect(unseal(row)).toEqual(server.records.get(row.id));
	}
});
