import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packIndex } from '#lib/device/pack-contents.ts';
import { countServices, packProgress } from '#lib/device/pack.ts';
import { services, someServices } from '#lib/device/services.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit, readStamp } from '#lib/device/visits.ts';
import { newId } from '#lib/domain/ids.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { FakePack, serviceState } from './fake-pack.ts';
import { depsOver, FakeServer, json, type Network } from './fake-server.ts';
import { fetchPack } from './fetch-pack.ts';
import { flush } from './flush.ts';

let device: TestDevice;
let server: FakeServer;
let pack: FakePack;
let clock: number;

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const list = (count: number, word = 'Palvelu'): [string, RecordState][] =>
	Array.from({ length: count }, (_, number) => [
		id(number),
		serviceState(`${word} ${number}`, `c-${number % 3}`)
	]);

const { put } = IDBObjectStore.prototype;
beforeEach(async () => {
	device = await testDevice();
	server = new FakeServer(device);
	pack = new FakePack();
	server.pack = pack.respond;
	clock = 1_000_000_000;
});
afterEach(async () => {
	IDBObjectStore.prototype.put = put;
	await device.remove();
});

const organisation = () => device.membership.organisation;
const publish = (
	services: [string, RecordState][],
	change: number,
	options?: { index: Uint8Array<ArrayBuffer> }
) => pack.publish(services, { organisation: organisation(), change }, options);
const withIndex = { index: new TextEncoder().encode('the index') };
const deps = (network?: Network) => depsOver(server, network, { now: () => clock });
const pull = async () => expect(await flush(device, deps())).toEqual({ ok: true });
const fetchIt = (insist?: boolean) => fetchPack(device, deps(), insist);
const names = async () => (await services(device)).map(({ name }) => name['fi']?.text).sort();
/** What the next answers bring of the directory. */
function bring(...changes: { number: number; change: number; state?: RecordState; gone?: boolean }[]): void {
	server.news = {
		changes: changes.map(({ number, ...rest }) => ({
			part: 'directory',
			collection: 'service',
			recordId: id(number),
			...rest
		})),
		cursors: { directory: `one.${Math.max(...changes.map(({ change }) => change))}` }
	};
}

describe('a new phone', () => {
	it('reads from where the pack ends, and has everything once the pack is whole', async () => {
		await publish(list(35), 40, withIndex);
		await pull();
		expect(server.requests[0]?.cursors).toEqual({ directory: 'one.40' });
		expect(await names()).toEqual([]);
		const progress = await packProgress(device.open, organisation());
		expect(progress).toMatchObject({
			bytes: 0,
			of: pack.manifest!.parts.reduce((all, { bytes }) => all + bytes, 0)
		});
		expect(await fetchIt()).toBe('installed');
		expect(await packProgress(device.open, organisation())).toBeUndefined();
		expect(await names()).toEqual(
			list(35)
				.map((_, number) => `Palvelu ${number}`)
				.sort()
		);
		expect(await countServices(device.open, organisation())).toBe(35);
		const some = await someServices(device, [id(34), id(3), id(99), newId()]);
		expect(some.map(({ id: found }) => found).sort()).toEqual([id(3), id(34)]);
		const index = await packIndex(device.open, organisation());
		expect(new TextDecoder().decode(index?.bytes)).toBe('the index');
		expect(index?.ids).toEqual(list(35).map(([one]) => one));
		expect(await fetchIt()).toBe('none');
	});

	const joined = async () =>
		(await device.open.packParts.toArray()).flatMap(({ whole }) => (whole ? [whole.size] : []));
	const indexText = async () =>
		new TextDecoder().decode((await packIndex(device.open, organisation()))?.bytes);

	it('keeps the index in one piece, and does not fetch one again that it has', async () => {
		await publish(list(30), 30, withIndex);
		await pull();
		expect(await fetchIt()).toBe('installed');
		expect(await joined()).toEqual(['the index'.length]);
		const before = pack.asked.length;
		const { parts } = await publish(list(31), 31, withIndex);
		await pull();
		clock += 3_600_000;
		expect(await fetchIt()).toBe('installed');
		const fresh = pack.asked.slice(before).join();
		const named = (kind: string) => parts.findLast((part) => part.kind === kind)?.hash ?? 'none';
		expect(fresh).toContain(named('services'));
		expect(fresh).not.toContain(named('index'));
		expect(await joined()).toEqual(['the index'.length]);
		expect(await indexText()).toBe('the index');
		// Another index takes its place.
		await publish(list(31), 32, { index: new TextEncoder().encode('another index') });
		await pull();
		clock += 3_600_000;
		expect(await fetchIt()).toBe('installed');
		expect(await joined()).toEqual(['another index'.length]);
		expect(await indexText()).toBe('another index');
	});

	it('keeps the pieces of the index where the browser keeps no blobs', async () => {
		await publish(list(30), 30, withIndex);
		await pull();
		IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
			if ((args[0] as { whole?: Blob }).whole) throw new DOMException('No blobs here.', 'DataCloneError');
			return put.apply(this, args);
		};
		expect(await fetchIt()).toBe('installed');
		expect(await joined()).toEqual([]);
		expect(await indexText()).toBe('the index');
		expect(await names()).toHaveLength(30);
	});

	it('fetches the index again where the browser has lost its file', async () => {
		await publish(list(30), 30, withIndex);
		await pull();
		expect(await fetchIt()).toBe('installed');
		const lost = vi.spyOn(Blob.prototype, 'arrayBuffer');
		lost.mockRejectedValue(new DOMException('The file is gone.', 'NotReadableError'));
		await expect(packIndex(device.open, organisation())).rejects.toThrow('The file is gone.');
		lost.mockRestore();
		expect(await packIndex(device.open, organisation())).toBeUndefined();
		const before = pack.partsAsked.length;
		expect(await fetchIt()).toBe('installed');
		expect(pack.partsAsked.length - before).toBe(1);
		expect(await indexText()).toBe('the index');
		expect(await names()).toHaveLength(30);
	});

	it('delivers visits while the pack is on its way, and when it never comes', async () => {
		await publish(list(30), 40);
		const { promise: held, resolve: go } = Promise.withResolvers<undefined>();
		pack.instead = async (path, whole) => {
			if (path.includes('/parts/')) await held;
			return whole;
		};
		await pull();
		const fetching = fetchIt();
		await addVisit(device, await readStamp(device), { language: 'ar' });
		await pull();
		expect(await device.db.outbox.count()).toBe(0);
		expect(server.journal.size).toBe(1);
		go(undefined);
		expect(await fetching).toBe('installed');
	});

	it('of an older server, and of one without a pack, reads as before and asks once an hour', async () => {
		bring({ number: 1, change: 1, state: serviceState('Rivi', 'c') });
		pack.instead = () => new Response('<h1>Not found</h1>', { status: 404 });
		await pull();
		await pull();
		expect(server.requests[0]?.cursors).toEqual({});
		expect(await fetchIt()).toBe('none');
		expect(await names()).toEqual(['Rivi']);
		expect(pack.asked).toHaveLength(1);
		pack.instead = () => undefined;
		await publish(list(12), 3);
		clock += 59 * 60_000;
		expect(await fetchIt()).toBe('none');
		clock += 60_000;
		expect(await fetchIt()).toBe('installed');
		expect(await names()).toHaveLength(12);
	});
});

it('a phone whose question for a pack did not arrive asks again with the next contact, before it reads on', async () => {
	await publish(list(20), 20);
	pack.instead = () => {
		throw new TypeError('Failed to fetch');
	};
	await pull();
	expect(server.requests.at(-1)?.cursors).toEqual({});
	pack.instead = () => undefined;
	await pull();
	expect(server.requests.at(-1)?.cursors).toEqual({ directory: 'one.20' });
	expect(await fetchIt()).toBe('installed');
});

describe('a download that does not come to its end', () => {
	it('goes on in the next tab with the parts that are here, and the pack of before stays in use meanwhile', async () => {
		await publish(list(20, 'Vanha'), 20);
		await pull();
		await fetchIt();
		const first = pack.partsAsked.length;
		await publish(list(100, 'Uusi'), 100);
		pack.instead = (path) => {
			if (pack.partsAsked.length - first > 5 && path.includes('/parts/'))
				throw new TypeError('Failed to fetch');
			return undefined;
		};
		clock += 3_600_000;
		expect(await fetchIt()).toMatchObject({ failure: { why: 'offline' } });
		const { bytes, of } = (await packProgress(device.open, organisation()))!;
		expect(bytes / of).toBeCloseTo(0.5, 1);
		expect(await names()).toEqual(
			list(20)
				.map((_, number) => `Vanha ${number}`)
				.sort()
		);
		device.open.close();
		device.db.close();

		Object.assign(device, await device.tab());
		pack.instead = () => undefined;
		const before = pack.partsAsked.length;
		expect(await fetchIt()).toBe('installed');
		expect(pack.partsAsked.length - before).toBe(5);
		expect(await names()).toEqual(
			list(100)
				.map((_, number) => `Uusi ${number}`)
				.sort()
		);
		// What only the old pack had is gone.
		expect(await device.open.packParts.count()).toBe(11);
	});

	it('asks again for a part that broke off, and for no other', async () => {
		await publish(list(30), 10);
		await pull();
		const broken = () =>
			new TransformStream<Uint8Array, Uint8Array>({
				transform(chunk, controller) {
					controller.enqueue(chunk.slice(0, Math.ceil(chunk.length / 2)));
					controller.error(new TypeError('network error'));
				}
			});
		pack.instead = (_, whole) =>
			pack.partsAsked.length === 2 ? new Response(whole.body!.pipeThrough(broken()), whole) : undefined;
		expect(await fetchIt()).toEqual({ failure: { why: 'offline' } });
		const [here, asked] = [await device.open.packParts.count(), pack.partsAsked.length];
		expect(await fetchIt()).toBe('installed');
		expect(pack.partsAsked.length - asked).toBe(4 - here);
		expect(await names()).toHaveLength(30);
	});

	it.each<[string, (whole: Response) => Response | Promise<Response>]>([
		[
			'a captive portal’s page',
			() => new Response('<h1>Wi-Fi</h1>', { headers: { 'content-type': 'text/html' } })
		],
		[
			'a page that calls itself bytes',
			() => new Response('<h1>Wi-Fi</h1>', { headers: { 'content-type': 'application/octet-stream' } })
		],
		[
			'other bytes of the same size',
			async (whole) => {
				const bytes = new Uint8Array(await whole.arrayBuffer());
				bytes[bytes.length - 6]! ^= 1;
				return new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } });
			}
		],
		[
			'an empty answer',
			() => new Response(null, { headers: { 'content-type': 'application/octet-stream' } })
		],
		['a busy server', () => json({ error: 'busy' }, 503)],
		['no session', () => json({ error: 'sign_in' }, 401)]
	])('keeps nothing of %s', async (_name, other) => {
		await publish(list(20), 20);
		await pull();
		pack.instead = (path, whole) => (path.includes('/parts/') ? other(whole) : undefined);
		expect(await fetchIt()).toHaveProperty('failure');
		expect(await device.open.packParts.count()).toBe(0);
		expect(await names()).toEqual([]);
		pack.instead = () => undefined;
		expect(await fetchIt()).toBe('installed');
	});

	it.each<[string, () => Response]>([
		[
			'a captive portal’s page',
			() => new Response('<h1>Wi-Fi</h1>', { headers: { 'content-type': 'text/html' } })
		],
		['other JSON', () => json({ ok: true })],
		['a busy server', () => json({ error: 'busy' }, 503)]
	])('takes %s for no word on packs, reads as before, and asks again soon', async (_name, other) => {
		await publish(list(20), 20);
		pack.instead = other;
		await pull();
		expect(server.requests[0]?.cursors).toEqual({});
		pack.instead = () => undefined;
		expect(await fetchIt()).toBe('none');
		clock += 5 * 60_000;
		expect(await fetchIt()).toBe('installed');
	});

	it('for want of room says so, leaves visits alone, and tries again later or when somebody asks', async () => {
		await publish(list(40), 40);
		await pull();
		let room = 2;
		IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
			if (this.name === 'packParts' && (room -= 1) < 0)
				throw new DOMException('The disk is full.', 'QuotaExceededError');
			return put.apply(this, args);
		};
		expect(await fetchIt()).toEqual({ failure: { why: 'full' } });
		expect(await packProgress(device.open, organisation())).toMatchObject({ fullAt: clock });
		await addVisit(device, await readStamp(device), { language: 'ar' });
		await pull();
		expect(server.journal.size).toBe(1);
		IDBObjectStore.prototype.put = put;
		const before = pack.partsAsked.length;
		expect(await fetchIt()).toEqual({ failure: { why: 'full' } });
		expect(pack.partsAsked.length).toBe(before);
		expect(await fetchIt(true)).toBe('installed');
		expect(await names()).toHaveLength(40);
	});

	it('because the server has let go of a part asks for the newer pack', async () => {
		await publish(list(20), 20);
		await pull();
		pack.parts.clear();
		await publish(list(21, 'Uusi'), 21);
		expect(await fetchIt()).toBe('installed');
		expect(await names()).toHaveLength(21);
	});

	it('because the server has no pack any more reads entry by entry, from the beginning', async () => {
		await publish(list(20), 20);
		await pull();
		pack.instead = (path) =>
			path.includes('/parts/') ? new Response('<h1>404</h1>', { status: 404 }) : undefined;
		// That was somebody else.
		expect(await fetchIt()).toEqual({ failure: { why: 'blocked' } });
		expect(await packProgress(device.open, organisation())).toBeDefined();
		pack.instead = () => undefined;
		pack.parts.clear();
		pack.manifest = undefined;
		expect(await fetchIt()).toEqual({ failure: { why: 'blocked', status: 404 } });
		expect(await packProgress(device.open, organisation())).toBeUndefined();
		bring({ number: 1, change: 1, state: serviceState('Rivi', 'c') });
		await pull();
		expect(server.requests.at(-1)?.cursors).not.toHaveProperty('directory');
		expect(await names()).toEqual(['Rivi']);
	});

	it('runs in one tab at a time', async () => {
		await publish(list(30), 30);
		await pull();
		const other = await device.tab();
		const both = await Promise.all([fetchIt(), fetchPack(other, deps())]);
		expect(both.sort()).toEqual(['busy', 'installed']);
		expect(new Set(pack.partsAsked).size).toBe(pack.partsAsked.length);
	});
});

describe('what comes through sync', () => {
	it('wins over the pack: changes, new entries, removals and what has left', async () => {
		await publish(list(4), 10);
		await pull();
		await fetchIt();
		bring(
			{ number: 0, change: 11, state: serviceState('Muutettu', 'd') },
			{ number: 9, change: 12, state: serviceState('Lisätty', 'd') },
			{
				number: 1,
				change: 13,
				state: {
					heads: { removed: [{ clock: 'd', opId: 'x', value: true, author: 'a', covers: [] }] },
					seen: {}
				}
			},
			{ number: 2, change: 14, gone: true }
		);
		await pull();
		expect(await names()).toEqual(['Lisätty', 'Muutettu', 'Palvelu 3']);
		const asked = await someServices(device, [0, 1, 2, 3, 9].map(id));
		expect(asked.map(({ name }) => name['fi']?.text).sort()).toEqual(['Lisätty', 'Muutettu', 'Palvelu 3']);
	});

	it('before the pack is whole is there at once and stays; what the pack covers goes with it', async () => {
		bring({ number: 1, change: 5, state: serviceState('Rivi ennen', 'c') });
		pack.instead = () => json({ error: 'busy' }, 503);
		await pull();
		pack.instead = () => undefined;
		await publish(list(4), 10);
		clock += 3_600_000;
		bring({ number: 2, change: 12, state: serviceState('Uudempi', 'd') });
		expect(await names()).toEqual(['Rivi ennen']);
		let tabs = 0;
		pack.instead = async (path) => {
			// While its parts come, something newer comes through sync.
			if (path.includes('/parts/') && (tabs += 1) === 1) await pull();
			return undefined;
		};
		expect(await fetchIt()).toBe('installed');
		expect(await names()).toEqual(['Palvelu 0', 'Palvelu 1', 'Palvelu 3', 'Uudempi']);
		expect((await device.open.services.toArray()).map((row) => [row.id, row.change])).toEqual([[id(2), 12]]);
	});

	it('of an earlier version, without a number, is covered by the pack', async () => {
		await device.open.services.put({
			organisation: organisation(),
			id: id(1),
			codec: 'json',
			body: JSON.stringify(serviceState('Versiosta 1', 'c'))
		});
		await publish(list(4), 10);
		await pull();
		expect(await names()).toEqual(['Versiosta 1']);
		await fetchIt();
		expect(await device.open.services.count()).toBe(0);
		expect(await names()).toHaveLength(4);
	});
});

it('after the server was restored asks again, fetches only what is other, and keeps nothing of the life before', async () => {
	await publish(list(30), 30);
	await pull();
	await fetchIt();
	bring({ number: 3, change: 35, state: serviceState('Kadonnut muutos', 'd') });
	await pull();
	expect(await names()).toContain('Kadonnut muutos');
	server.news = { changes: [], cursors: {} };
	server.restore(30, 'two');
	await pack.publish(list(30), { organisation: organisation(), change: 30, epoch: 'two' });
	const before = pack.partsAsked.length;
	await pull();
	await pull();
	expect(server.requests.at(-1)?.cursors).toMatchObject({ directory: 'two.30' });
	expect(await fetchIt()).toBe('installed');
	expect(pack.partsAsked.length).toBe(before);
	expect(await names()).toEqual(
		list(30)
			.map((_, number) => `Palvelu ${number}`)
			.sort()
	);
	expect(await device.open.services.count()).toBe(0);
});
