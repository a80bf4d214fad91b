import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '#lib/device/device.ts';
import { readMeta, writeMeta } from '#lib/device/device.ts';
import { desks } from '#lib/device/records.ts';
import { services } from '#lib/device/services.ts';
import { seal, unseal, type OpBody } from '#lib/device/rows.ts';
import { sentOps, testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit, changeVisit, readStamp, type Stamp } from '#lib/device/visits.ts';
import { clockTime, nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import { opState, shownValues, type RecordState } from '#lib/domain/record.ts';
import type { Change } from '#lib/protocol/sync.ts';
import { readContact } from './contact-row.ts';
import { isDue, noteFailure } from './contact.ts';
import { depsOver, FakeServer, json, type Network } from './fake-server.ts';
import { flush } from './flush.ts';
import { LEASE, readLease } from './lease-row.ts';
import { takeLease } from './lease.ts';

let device: TestDevice;
let stamp: Stamp;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
	server = new FakeServer(device);
});

afterEach(() => device.remove());

const save = (by: Device = device) =>
	addVisit(by, stamp, { at: new Date().toISOString(), topics: ['work'], language: 'ar' });

/** A network that says how many requests were under way at once. */
function counting(network: Network = (to, init) => to.respond(init)): {
	network: Network;
	most: () => number;
} {
	let now = 0;
	let most = 0;
	return {
		network: async (to, init) => {
			now += 1;
			most = Math.max(most, now);
			await new Promise((resolve) => setTimeout(resolve, 10));
			try {
				return await network(to, init);
			} finally {
				now -= 1;
			}
		},
		most: () => most
	};
}

/** Runs a task as in a browser without Web Locks. */
async function withoutLocks(task: () => Promise<void>): Promise<void> {
	const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')!;
	Reflect.deleteProperty(Navigator.prototype, 'locks');
	try {
		await task();
	} finally {
		Object.defineProperty(Navigator.prototype, 'locks', locks);
	}
}

const onceEach = () => [...server.effects.values()].every((count) => count === 1);

describe('one flusher at a time', () => {
	it.each([true, false])(
		'two tabs that save and flush at once deliver everything once (Web Locks: %s)',
		async (locks) => {
			const tab = await device.tab();
			const { network, most } = counting();
			const both = async () => {
				for (let round = 0; round < 6; round += 1) {
					await Promise.all([
						save(device),
						save(tab),
						flush(device, depsOver(server, network)),
						flush(tab, depsOver(server, network))
					]);
				}
				await flush(device, depsOver(server, network));
			};
			await (locks ? both() : withoutLocks(both));
			expect(await device.db.outbox.count()).toBe(0);
			expect((await sentOps(device.db)).length).toBe(12);
			expect(server.effects.size).toBe(12);
			expect(onceEach()).toBe(true);
			expect(most()).toBe(1);
		}
	);

	it('what is saved while a flush runs goes with the one that waits', async () => {
		await save();
		const [begun, go] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
		const network: Network = async (to, init) => {
			begun.resolve(undefined);
			await go.promise;
			return to.respond(init);
		};
		const first = flush(device, depsOver(server, network));
		await begun.promise;
		const second = flush(device, depsOver(server, network));
		const third = flush(device, depsOver(server, network));
		await save();
		go.resolve(undefined);
		expect(await first).toEqual({ ok: true });
		expect(await second).toEqual({ ok: true });
		// It shared the second one's turn, and is told what came of it.
		expect(await third).toEqual({ ok: true });
		expect(await device.db.outbox.count()).toBe(0);
	});

	it('whoever would read too does not share the turn of one that only delivers', async () => {
		let release = (): void => undefined;
		const held = new Promise<void>((resolve) => (release = resolve));
		const deps = depsOver(server, async (to, init) => held.then(() => to.respond(init)));
		await save();
		const [first, delivering] = [1, 2].map(() => flush(device, deps, { read: false }));
		const reading = flush(device, deps);
		await expect.poll(async () => (await readLease(device.db, Date.now()))?.total).toBe(1);
		release();
		expect(await Promise.all([first, delivering, reading])).toEqual([
			{ ok: true },
			{ ok: true },
			{ ok: true }
		]);
		expect(server.requests.some(({ cursors }) => cursors !== undefined)).toBe(true);
		expect(server.effects.size).toBe(1);
	});

	it('a tab that was closed in the middle of a flush holds nobody up', async () => {
		await save();
		await takeLease(device.db, 'a tab that is gone', Date.now(), { total: 1, done: 0 }, true);
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await readLease(device.db, Date.now())).toBeUndefined();
	});

	it('without Web Locks its lease holds until it ends, and no longer, whatever the clock does', async () => {
		await save();
		const now = Date.UTC(2026, 2, 6);
		const at = (time: number) => flush(device, depsOver(server, undefined, { now: () => time }));
		await withoutLocks(async () => {
			await takeLease(device.db, 'a tab that is gone', now, { total: 1, done: 0 }, false);
			expect(await at(now)).toEqual({ ok: false, busy: true });
			expect(await at(now + LEASE - 1)).toEqual({ ok: false, busy: true });
			expect(await at(now + LEASE)).toEqual({ ok: true });
			await save();
			await takeLease(device.db, 'a tab that is gone', now, { total: 1, done: 0 }, false);
			// The clock was three years ahead and was put right.
			expect(await at(now - 3 * 365 * 86_400_000)).toEqual({ ok: true });
		});
		expect(await device.db.outbox.count()).toBe(0);
	});

	it('leaves no lease behind where taking in the answer failed, and delivers with the next try', async () => {
		await save();
		let full = true;
		device.db.sent.hook('creating', () => {
			if (full) throw new DOMException('The disk is full.', 'QuotaExceededError');
		});
		await expect(flush(device, depsOver(server))).rejects.toThrow('full');
		expect(await readLease(device.db, Date.now())).toBeUndefined();
		expect(await device.db.outbox.count()).toBe(1);
		full = false;
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(onceEach()).toBe(true);
	});
});

describe('the next try', () => {
	it('comes by itself although the clock was set back by years after a failure', async () => {
		const now = Date.UTC(2029, 0, 1);
		await noteFailure(device.db, { why: 'offline' }, now, 1, 100);
		const contact = await readContact(device.db);
		expect(isDue(contact, now)).toBe(false);
		expect(isDue(contact, now + 1000)).toBe(true);
		expect(isDue(contact, Date.UTC(2026, 0, 1))).toBe(true);
	});

	it('is never further away than five minutes, or what the server asked for, at most an hour', async () => {
		for (let failures = 1; failures < 60; failures += 1) {
			const { nextTry } = await noteFailure(device.db, { why: 'server' }, 0, 1, 100);
			expect(nextTry).toBeLessThanOrEqual(300_000);
			expect(nextTry).toBeGreaterThanOrEqual(500);
		}
		expect(await noteFailure(device.db, { why: 'server', retryAfter: 1e12 }, 0, 1, 100)).toMatchObject({
			nextTry: 3_600_000
		});
	});
});

/** The same database on a second phone, as a restored backup makes it. */
async function cloned(from: TestDevice): Promise<TestDevice> {
	const to = await testDevice();
	for (const table of from.db.tables) {
		await to.db.table(table.name).clear();
		await to.db.table(table.name).bulkPut(await table.toArray());
	}
	return { ...to, membership: { ...from.membership, database: to.db.name } };
}

it('after thirty days without a network everything goes out, though reading asks for a sign-in by then', async () => {
	const day = 86_400_000;
	const begin = 1_700_000_000_000;
	let now = begin;
	server.serverTime = () => now;
	await flush(device, depsOver(server, undefined, { now: () => now }));
	const broken: Network = () => Promise.reject(new TypeError('Failed to fetch'));
	const ids: string[] = [];
	for (let days = 0; days < 30; days += 1) {
		now = begin + days * day;
		ids.push(await addVisit(device, await readStamp(device), { language: 'ar' }, { now }));
		await flush(device, depsOver(server, broken, { now: () => now }));
	}
	expect(await readContact(device.db)).toMatchObject({ result: 'offline', failures: 30, okAt: begin });
	expect(await device.db.outbox.count()).toBe(30);
	now = begin + 31 * day;
	server.session = false;
	expect(isDue(await readContact(device.db), now)).toBe(true);
	await flush(device, depsOver(server, undefined, { now: () => now }));
	expect(await device.db.outbox.count()).toBe(0);
	expect([...server.records.keys()].sort()).toEqual(ids.sort());
	expect(onceEach()).toBe(true);
	expect((await device.open.memberships.get(device.membership.id))?.signInNeeded).toBe(true);
});

it('takes what a newer server says for what it knows of it: an unknown outcome decides nothing, unknown keys harm nothing', async () => {
	const ids = [await save(), await save(), await save()];
	const newer: Network = async (to, init) => {
		const answer = await to.receive(init);
		if (answer instanceof Response) return answer;
		const [first, second, third] = answer.receipts;
		return json({
			...answer,
			weather: 'fine',
			receipts: [
				{ ...first, outcome: 'shelved', until: 1 },
				{ ...second, rank: { of: 3 } },
				{ ...third, outcome: 'rejected', code: 'moon_phase', field: 'moon', see: 'x' }
			]
		});
	};
	await flush(device, depsOver(server, newer));
	expect((await device.db.outbox.toArray()).map((row) => row.recordId)).toEqual([ids[0]]);
	expect((await sentOps(device.db)).map((op) => op.recordId)).toEqual([ids[1]]);
	const rejected = await device.db.rejected.toArray();
	expect(rejected).toMatchObject([{ recordId: ids[2], reason: { code: 'moon_phase', field: 'moon' } }]);
	// As soon as a server says what this version understands, the first one is delivered, too.
	expect(await flush(device, depsOver(server))).toEqual({ ok: true });
	expect(await device.db.outbox.count()).toBe(0);
	expect(onceEach()).toBe(true);
});

describe('a database that was copied to a second phone', () => {
	it('numbers as a new replica, and everything of both arrives once', async () => {
		await save();
		await save();
		await flush(device, depsOver(server));
		await save();
		const copy = await cloned(device);
		try {
			for (let index = 0; index < 3; index += 1) await save(copy);
			for (let index = 0; index < 2; index += 1) await save();
			expect(await flush(device, depsOver(server))).toEqual({ ok: true });
			const before = await copy.db.outbox.toArray();
			expect(await flush(copy, depsOver(server))).toEqual({ ok: true });
			expect(await device.db.outbox.count()).toBe(0);
			expect(await copy.db.outbox.count()).toBe(0);
			expect(server.effects.size).toBe(8);
			expect(onceEach()).toBe(true);
			const replicas = [await readMeta(device.db, 'replica'), await readMeta(copy.db, 'replica')];
			expect(replicas[0]).toBe(stamp.replica);
			expect(replicas[1]).not.toBe(stamp.replica);
			// Ops and clocks stay what they were, only the numbers are new; they begin at one.
			const ids = before.map((row) => row.opId);
			const sent = (await sentOps(copy.db)).filter(({ opId }) => ids.includes(opId));
			const said = ({ opId, fields, clock, base, schema }: OpBody & { opId: string }) => [
				opId,
				{ fields, clock, base, schema }
			];
			expect(sent.map(said).sort()).toEqual(
				before.map((row) => said({ opId: row.opId, ...unseal<OpBody>(row) })).sort()
			);
			expect(
				sent
					.filter((row) => row.replica === replicas[1])
					.map((row) => row.seq)
					.sort()
			).toEqual([1, 2]);
			// The copy's third op took a number that the first phone had not used yet: now it is the first one's turn to fork.
			for (let index = 0; index < 2; index += 1) {
				await save();
				await save(copy);
			}
			for (const phone of [device, copy]) expect(await flush(phone, depsOver(server))).toEqual({ ok: true });
			expect(server.effects.size).toBe(12);
			expect(onceEach()).toBe(true);
			expect(await readMeta(device.db, 'replica')).not.toBe(stamp.replica);
		} finally {
			await copy.remove();
		}
	});

	it('does not turn round for ever with a server that calls everything a fork', async () => {
		await save();
		const network: Network = async (_to, init) => {
			const { ops } = JSON.parse(await new Blob([init.body as Uint8Array<ArrayBuffer>]).text());
			return json({
				protocol: 1,
				receipts: [{ opId: ops[0].opId, outcome: 'later', code: 'fork' }],
				changes: [],
				cursors: {},
				more: false,
				epoch: 'e',
				durable: null,
				serverTime: 1
			});
		};
		await flush(device, depsOver(server, network));
		expect(await device.db.outbox.count()).toBe(1);
		await flush(device, depsOver(server));
		expect(await device.db.outbox.count()).toBe(0);
	});
});

describe('what is new', () => {
	const clock = '0123456789ab-fedcba9876543210';
	const state = (fields: Record<string, string>) =>
		opState(
			{ opId: crypto.randomUUID(), collection: 'x', recordId: 'x', fields, clock, base: {}, schema: 1 },
			'server'
		);
	const change = (part: string, collection: string, recordId: string, rest: Partial<Change>): Change => ({
		part,
		collection,
		recordId,
		change: 1,
		...rest
	});
	const desk = { name: 'Kirjasto', municipality: '263', placeType: 'library' };

	/** A server whose answers carry these changes, a page each. */
	const pages =
		(...all: { changes: Change[]; cursors: Record<string, string> }[]): Network =>
		async (to, init) => {
			const answer = await to.receive(init);
			const page = all.shift();
			return answer instanceof Response || !page
				? json(answer)
				: json({ ...answer, ...page, more: all.length > 0 });
		};

	it('is stored with its cursor, page by page; an answer cut in between costs nothing', async () => {
		const ids = [crypto.randomUUID(), crypto.randomUUID()] as const;
		const first = {
			changes: [change('organisation', 'desk', ids[0], { state: state(desk) })],
			cursors: { organisation: '1.1' }
		};
		const second = {
			changes: [change('organisation', 'desk', ids[1], { state: state(desk) })],
			cursors: { organisation: '1.2' }
		};
		let calls = 0;
		const network = pages(first, second);
		const cut: Network = async (to, init) => {
			calls += 1;
			if (calls === 2) throw new TypeError('Failed to fetch');
			return network(to, init);
		};
		expect(await flush(device, depsOver(server, cut))).toMatchObject({ ok: false });
		expect((await desks(device.db)).map(({ id }) => id)).toEqual([ids[0]]);
		expect(await readMeta(device.db, 'cursors')).toEqual({ organisation: '1.1' });
		expect(await flush(device, depsOver(server, cut))).toEqual({ ok: true });
		expect(await readMeta(device.db, 'cursors')).toEqual({ organisation: '1.2' });
		expect(await desks(device.db)).toHaveLength(2);
		expect(server.requests.map((request) => request.cursors)).toEqual([{}, { organisation: '1.1' }]);
	});

	it('does not move on where a part was to be read anew while the answer was on its way', async () => {
		const ids = [crypto.randomUUID(), crypto.randomUUID()] as const;
		const news = [change('organisation', 'desk', ids[0], { state: state(desk) })];
		const service = change('directory', 'service', ids[1], { state: state({ name: 'x' }) });
		const page = { changes: [...news, service], cursors: { organisation: '1.2', directory: '1.2' } };
		await writeMeta(device.db, 'cursors', { organisation: '1.1' });
		let asked = 0;
		const network: Network = async (to, init) => {
			asked += 1;
			const answer = await to.receive(init);
			if (answer instanceof Response) return answer;
			if (asked === 1) {
				await writeMeta(device.db, 'cursors', { organisation: '' });
				const { organisation } = device.membership;
				await device.open.cursors.put({ organisation, part: 'directory', cursor: 'pack' });
			}
			return json({ ...answer, ...(asked <= 2 ? page : {}) });
		};
		expect(await flush(device, depsOver(server, network))).toEqual({ ok: true });
		expect(server.requests.map(({ cursors }) => cursors)).toEqual([
			{ organisation: '1.1' },
			{ organisation: '', directory: 'pack' }
		]);
		expect(await readMeta(device.db, 'cursors')).toEqual({ organisation: '1.2' });
		expect((await device.open.cursors.toArray()).map(({ cursor }) => cursor)).toEqual(['1.2']);
		expect(await desks(device.db)).toHaveLength(1);
	});

	it('never covers what this phone has written and not delivered', async () => {
		const id = await save();
		await flush(device, depsOver(server));
		const delivered = server.records.get(id)!;
		await changeVisit(device, stamp, id, { language: 'so' });
		const network: Network = async (to, init) => {
			const answer = await to.receive(init);
			if (answer instanceof Response) return answer;
			const news = change('member', 'visit', id, { state: delivered });
			return json({ ...answer, receipts: [], changes: [news] });
		};
		await flush(device, depsOver(server, network));
		const row = await device.db.visits.get(id);
		expect(shownValues(unseal<RecordState>(row!))['language']).toBe('so');
		expect(await device.db.outbox.count()).toBe(1);
	});

	it('without room for it, what was delivered is delivered, and the news come again', async () => {
		await save();
		const service = change('directory', 'service', crypto.randomUUID(), { state: state({ name: 'x' }) });
		const page = { changes: [service], cursors: { directory: '1.1' } };
		let full = true;
		device.open.services.hook('creating', () => {
			if (full) throw new DOMException('The disk is full.', 'QuotaExceededError');
		});
		const now = 1_700_000_000_000;
		server.serverTime = () => now;
		const deps = () => depsOver(server, pages(page), { now: () => now });
		expect(await flush(device, deps())).toMatchObject({ ok: false, failure: { why: 'full' } });
		expect(await device.db.outbox.count()).toBe(0);
		expect(await device.open.cursors.count()).toBe(0);
		// It says so, and asks again by itself, but not at every tick: each answer would come over the line in vain.
		const contact = await readContact(device.db);
		expect(contact).toMatchObject({ result: 'full', okAt: now });
		expect(isDue(contact, now + 60_000)).toBe(false);
		expect(isDue(contact, now + 5 * 60_000)).toBe(true);
		// Saving and delivering go on meanwhile.
		await save();
		expect(await flush(device, deps())).toMatchObject({ ok: false, failure: { why: 'full' } });
		expect(await device.db.outbox.count()).toBe(0);
		expect(onceEach()).toBe(true);
		// Nor does whoever only delivers forget it, or call it a failure.
		expect(await flush(device, deps(), { read: false })).toEqual({ ok: true });
		expect((await readContact(device.db))?.result).toBe('full');
		full = false;
		expect(await flush(device, deps())).toEqual({ ok: true });
		expect((await readContact(device.db))?.result).toBe('ok');
		expect(await device.open.services.count()).toBe(1);
		expect(await services(device)).toEqual([]);
	});

	it('measures how wrong the clock is, and a cursor of nonsense in the database does no harm', async () => {
		await writeMeta(device.db, 'cursors', {});
		server.serverTime = () => 5_000_000;
		await save();
		await flush(device, depsOver(server, undefined, { now: () => 1_000_000 }));
		expect(await readMeta(device.db, 'clockOffset')).toBe(4_000_000);
		expect((await readStamp(device)).clockOffset).toBe(4_000_000);
		// People are told the right time of it; when the next try is due is a matter of the device's own clock.
		expect(await readContact(device.db)).toMatchObject({ at: 1_000_000, okAt: 5_000_000 });
		expect((await device.db.sent.toArray())[0]?.at).toBe(5_000_000);
		await noteFailure(device.db, { why: 'offline' }, 1_000_000, 0, undefined);
		expect(await readContact(device.db)).toMatchObject({ nextTry: 1_000_500, okAt: 5_000_000 });
	});

	it('says in each op what the device’s clock said and what it was corrected to; nobody else’s clock moves', async () => {
		const year = 365 * 86_400_000;
		const [right, wrong] = [1_700_000_000_000, 1_700_000_000_000 + 2 * year];
		server.serverTime = () => right;
		await flush(device, depsOver(server, undefined, { now: () => wrong }));
		const id = await addVisit(device, await readStamp(device), { language: 'ar' }, { now: wrong });
		const op = (await device.db.outbox.toArray())[0]!;
		expect(Number.parseInt(op.opId.replace('-', '').slice(0, 12), 16)).toBe(wrong);
		expect(clockTime(unseal<OpBody>(op).clock)).toBe(right);
		await flush(device, depsOver(server, undefined, { now: () => wrong }));
		// A phone that was never told is years ahead; whoever changes its record comes after it, and stays at his own time elsewhere.
		const other = await device.tab();
		const ahead = { replica: 'f'.repeat(16), clockOffset: 0 };
		await changeVisit(device, ahead, id, { language: 'so' }, wrong);
		await changeVisit(other, stamp, id, { language: 'fi' }, right);
		await addVisit(other, stamp, { language: 'sv' }, { now: right });
		const clocks = (await device.db.outbox.toArray()).map((row) => clockTime(unseal<OpBody>(row).clock));
		expect(clocks).toEqual([wrong, wrong + 1, right]);
	});
});

describe('more than one batch: the next is made ready while one is on its way', () => {
	const ROWS = 1150;

	/** Many ops at once, as a phone has them after weeks without a network. */
	const fill = (by: Device = device) =>
		by.db.outbox.bulkAdd(
			Array.from({ length: ROWS }, (_, index) => ({
				opId: newId(),
				recordId: newId(),
				collection: 'visit',
				...seal({ fields: { language: 'ar' }, clock: nextClock(index, stamp.replica), base: {}, schema: 1 })
			}))
		);

	const offline = () => Promise.reject(new TypeError('Failed to fetch'));
	const faults: Record<string, Network> = {
		offline,
		'lost after commit': async (to, init) => {
			await to.respond(init);
			return offline();
		},
		'too large': async () => json({ error: 'too_large' }, 413),
		refused: async () => json({ error: 'bad_request' }, 422),
		busy: async () => json({ error: 'busy' }, 503),
		'sign in': async () => json({ error: 'sign_in' }, 401),
		'no receipts': async (to, init) => {
			const answer = await to.receive(init);
			return json(answer instanceof Response ? answer : { ...answer, receipts: [] });
		},
		'half of the receipts': async (to, init) => {
			const answer = await to.receive(init);
			if (answer instanceof Response) return answer;
			return json({ ...answer, receipts: answer.receipts.filter((_, index) => index % 2) });
		}
	};

	it.each(Object.keys(faults).flatMap((fault) => [1, 2, 3].map((at) => [fault, at] as const)))(
		'%s, at request %i',
		async (fault, at) => {
			await fill();
			let calls = 0;
			const { network, most } = counting((to, init) => {
				calls += 1;
				return calls === at ? faults[fault]!(to, init) : to.respond(init);
			});
			await flush(device, depsOver(server, network));
			const [outbox, sent] = [await device.db.outbox.toArray(), await sentOps(device.db)];
			expect(outbox.length + sent.length).toBe(ROWS);
			expect(new Set([...outbox, ...sent].map((row) => row.opId)).size).toBe(ROWS);
			for (const { opId } of sent) expect(server.effects.get(opId)).toBe(1);
			expect(await device.db.rejected.count()).toBe(0);
			for (let tries = 0; tries < 2; tries += 1) await flush(device, depsOver(server, network));
			expect(await device.db.outbox.count()).toBe(0);
			expect(server.effects.size).toBe(ROWS);
			expect(onceEach()).toBe(true);
			expect(most()).toBe(1);
			expect(await readLease(device.db, Date.now())).toBeUndefined();
		}
	);

	it('a bad op in each batch holds up none of the others', async () => {
		await fill();
		const rows = await device.db.outbox.orderBy('seq').toArray();
		const bad = new Set([rows[3], rows[600], rows[ROWS - 1]].map((row) => row?.opId));
		server.refuse = ({ ops }) =>
			ops.some((op) => bad.has(op.opId)) ? json({ error: 'bad_text' }, 422) : undefined;
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await device.db.outbox.count()).toBe(0);
		expect((await device.db.rejected.toArray()).map((row) => row.opId).sort()).toEqual([...bad].sort());
		expect((await sentOps(device.db)).length).toBe(ROWS - 3);
	});

	it('a copied database with many ops renumbers them all, and each arrives once', async () => {
		await save();
		await flush(device, depsOver(server));
		const copy = await cloned(device);
		try {
			await fill();
			await fill(copy);
			expect(await flush(device, depsOver(server))).toEqual({ ok: true });
			expect(await flush(copy, depsOver(server))).toEqual({ ok: true });
			expect(await copy.db.outbox.count()).toBe(0);
			expect(server.effects.size).toBe(2 * ROWS + 1);
			expect(onceEach()).toBe(true);
		} finally {
			await copy.remove();
		}
	});

	it('what is saved meanwhile, and a disk that is full in the middle, lose nothing', async () => {
		await fill();
		let [room, full] = [1, true];
		device.db.sent.hook('creating', () => {
			room -= 1;
			if (room < 0 && full) throw new DOMException('The disk is full.', 'QuotaExceededError');
		});
		const network: Network = async (to, init) => {
			await save();
			return to.respond(init);
		};
		for (let tries = 0; tries < 3; tries += 1)
			await expect(flush(device, depsOver(server, network))).rejects.toThrow('full');
		expect((await sentOps(device.db)).length).toBe(130);
		full = false;
		await flush(device, depsOver(server));
		expect(await device.db.outbox.count()).toBe(0);
		expect((await sentOps(device.db)).length).toBe(server.effects.size);
		expect(server.effects.size).toBeGreaterThan(ROWS);
		expect(onceEach()).toBe(true);
	});
});
