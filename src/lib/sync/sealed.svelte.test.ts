import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '#lib/device/device.ts';
import { eraseVisit } from '#lib/device/erasures.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { isReadable, SealedRow, unseal, type OpBody } from '#lib/device/rows.ts';
import { opsOf } from '#lib/device/sent-ops.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { forgetKeys } from '#lib/device/vault/keyring.ts';
import { makeVault, openVault } from '#lib/device/vault/vault.ts';
import type { Opener } from '#lib/device/vault/wraps.ts';
import { addVisit } from '#lib/device/visits.ts';
import { nextClock } from '#lib/domain/clock.ts';
import { newId, newReplica } from '#lib/domain/ids.ts';
import { opState, shownValues, type RecordState } from '#lib/domain/record.ts';
import { newKeyPair } from '#lib/protocol/sealed.ts';
import { readFrame, type Frame } from '#lib/protocol/sealed-frame.ts';
import type { Change, Receipt, WireOp } from '#lib/protocol/sync.ts';
import { deliverLocked, deliverOthers } from './deliver-locked.ts';
import { json } from './fake-server.ts';
import { flush } from './flush.ts';
import { setAside } from './receipts.ts';
import { lockRescue, newRescueCode, unlockRescue, type Rescue } from './rescue-file.ts';
import { deliverRescue, packRescue } from './rescue.ts';
import { isToBeWiped, wipe } from './wipe.ts';
import { dropRest, readMark, removeMark } from './wiped-mark.ts';

const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1]),
	secret: new Uint8Array(32).fill(1)
};

let made: TestDevice;
let device: Device;
/** Requests by path, as they came. */
let frames: Frame[];
let plain: { ops?: WireOp[]; cursors?: unknown }[];
/** What the server was told of devices that have emptied themselves. */
let wiped: { stays?: boolean }[];
/** What is said of each op. */
let judge: (opId: string, sealed: boolean) => Omit<Receipt, 'opId'>;
let revoked: boolean;
/** Life of the server's database. */
let epoch: string;
/** What comes with the answer to whoever reads, and what happens before it arrives. */
let news: Change[];
let meanwhile: () => void;

beforeEach(async () => {
	made = await testDevice();
	made.membership.sealTo = { kid: 'AAAAAAAA', publicKey: (await newKeyPair()).publicKey };
	await makeVault(made.open, made.membership, passkey);
	device = await openDevice(made.open, made.membership);
	[frames, plain, wiped, revoked, epoch] = [[], [], [], false, 'one'];
	judge = () => ({ outcome: 'applied', change: 1 });
	[news, meanwhile] = [[], () => undefined];
});

afterEach(async () => {
	device.db.close();
	forgetKeys(made.membership.id);
	await made.remove();
});

const carrier = {
	fetch: async (path: string, init: RequestInit): Promise<Response> => {
		const body = init.body as Uint8Array<ArrayBuffer>;
		if (path === '/api/v1/wiped') {
			wiped.push(JSON.parse(await new Blob([body]).text()) as (typeof wiped)[number]);
			return new Response(null, { status: 204 });
		}
		let ops: { opId: string }[];
		let told: { changes?: Change[]; cursors: Record<string, string> } = { cursors: {} };
		if (path === '/api/v1/sealed') {
			const frame = readFrame(body);
			if (typeof frame === 'string') return json({ error: 'bad_request' }, 422);
			frames.push(frame);
			ops = frame.ops;
		} else {
			const request = JSON.parse(await new Blob([body]).text()) as (typeof plain)[number];
			if (revoked && request.cursors) return json({ error: 'device_revoked' }, 403);
			plain.push(request);
			ops = request.ops ?? [];
			if (request.cursors && news.length > 0) told = { changes: news, cursors: { own: 'read' } };
		}
		const receipts = ops.map(({ opId }) => ({ opId, ...judge(opId, path === '/api/v1/sealed') }));
		const end = { epoch, durable: null, serverTime: Date.now() };
		meanwhile();
		return json({ protocol: 1, receipts, ...told, ...end, ...(revoked ? { revoked } : {}) });
	},
	mayCarry: async () => true,
	sign: async () => 'A'.repeat(86) + '==',
	headers: {}
};

const deps = { carrier: () => carrier, now: () => Date.now(), random: () => 0.5 };
const send = () => flush(device, deps);
/** A change by the coordinator, who knows of nothing else in the visit. */
const theirs = (recordId: string) => ({
	opId: newId(),
	collection: 'visit',
	recordId,
	fields: { language: 'ar' },
	clock: nextClock(Date.now(), newReplica()),
	base: {},
	schema: 1
});
const save = async () =>
	addVisit(device, await readStamp(device), { at: '2026-11-26T10:00:00.000Z', topics: ['work'] });

describe('a phone whose vault is locked', () => {
	it('delivers sealed ops, reads nothing, and can read afterwards what it has sent', async () => {
		const before = await save();
		forgetKeys(device.membership.id);
		const meanwhile = await save();
		expect(await send()).toEqual({ ok: true });
		expect(plain).toEqual([]);
		expect(frames.flatMap(({ ops }) => ops).map(({ seq }) => seq)).toEqual([1, 2]);
		expect(await device.db.outbox.count()).toBe(0);
		const [kept] = await device.db.sent.toArray();
		expect(kept?.records).toEqual([before, meanwhile]);
		await openVault(device.open, device.membership, passkey);
		const ops = await opsOf(device.db, kept!);
		expect(ops.map(({ recordId, seq, fields }) => [recordId, seq, fields['topics']])).toEqual([
			[before, 1, ['work']],
			[meanwhile, 2, ['work']]
		]);
	});

	it('meets the server for the first time, and sends all again that a restored one may have lost', async () => {
		await save();
		forgetKeys(device.membership.id);
		await send();
		epoch = 'two';
		await openVault(device.open, device.membership, passkey);
		await send();
		expect(plain.flatMap(({ ops = [] }) => ops).map(({ seq, fields }) => [seq, fields['topics']])).toEqual([
			[1, ['work']]
		]);
	});

	it('sends once more as it was written what the server could not open', async () => {
		await save();
		forgetKeys(device.membership.id);
		judge = (_, sealed) =>
			sealed ? { outcome: 'rejected', code: 'seal_unknown_key' } : { outcome: 'applied', change: 7 };
		await send();
		const [rejected] = await device.db.rejected.toArray();
		expect(rejected?.reason.code).toBe('seal_unknown_key');
		expect(isReadable(rejected!)).toBe(false);
		await openVault(device.open, device.membership, passkey);
		expect(unseal<OpBody>((await device.db.rejected.toArray())[0]!).fields['topics']).toEqual(['work']);
		await send();
		expect(plain.flatMap(({ ops = [] }) => ops).map(({ seq, fields }) => [seq, fields['topics']])).toEqual([
			[1, ['work']]
		]);
		expect(await device.db.rejected.count()).toBe(0);
		expect(await device.db.outbox.count()).toBe(0);
		expect((await device.db.sent.toArray())[0]?.changes).toEqual([7]);
	});
});

describe('a phone that is locked while an answer is on its way', () => {
	const valuesOf = async (id: string) => shownValues(unseal<RecordState>((await device.db.visits.get(id))!));

	it('keeps what it holds, and is told again when it is open', async () => {
		// Rejected, so that only this phone knows it; then the coordinator adds something to the same visit.
		judge = () => ({ outcome: 'rejected', code: 'bad_value' });
		const id = await save();
		await send();
		const language = { ...opState(theirs(id), 'coordinator') };
		news = [{ part: 'own', collection: 'visit', recordId: id, change: 9, state: language as never }];
		meanwhile = () => forgetKeys(device.membership.id);
		expect(await send()).toEqual({ ok: true });
		await openVault(device.open, device.membership, passkey);
		expect(await valuesOf(id)).toEqual({ at: '2026-11-26T10:00:00.000Z', topics: ['work'] });
		expect((await device.db.meta.get('cursors'))?.value).not.toHaveProperty('own');
		meanwhile = () => undefined;
		await send();
		expect(await valuesOf(id)).toEqual({
			at: '2026-11-26T10:00:00.000Z',
			topics: ['work'],
			language: 'ar'
		});
		expect((await device.db.meta.get('cursors'))?.value).toEqual({ own: 'read' });
	});

	it('goes on later with what a restored server may have lost', async () => {
		await save();
		await send();
		[epoch, plain] = ['two', []];
		meanwhile = () => setTimeout(() => forgetKeys(device.membership.id));
		await send().catch((error: unknown) => expect(error).toBeInstanceOf(SealedRow));
		meanwhile = () => undefined;
		await openVault(device.open, device.membership, passkey);
		await send();
		expect(new Set(plain.flatMap(({ ops = [] }) => ops).map(({ seq }) => seq))).toEqual(new Set([1]));
		expect(await device.db.outbox.count()).toBe(0);
		expect((await device.db.meta.get('epoch'))?.value).toBe('two');
	});

	it('has its receipts all the same', async () => {
		const id = await save();
		news = [
			{ part: 'own', collection: 'visit', recordId: id, change: 9, state: opState(theirs(id), 'x') as never }
		];
		meanwhile = () => forgetKeys(device.membership.id);
		await send();
		expect(await device.db.outbox.count()).toBe(0);
		expect((await device.db.sent.toArray()).map(({ records }) => records)).toEqual([[id]]);
	});
});

describe('what was erased while a phone is locked', () => {
	it('leaves it with the answer, and what waits of it goes as it was sealed', async () => {
		const id = await save();
		forgetKeys(device.membership.id);
		judge = () => ({ outcome: 'rejected', code: 'erased' });
		expect(await send()).toEqual({ ok: true });
		expect(frames.flatMap(({ ops }) => ops)).toHaveLength(1);
		expect(await device.db.visits.get(id)).toBeUndefined();
		expect([await device.db.outbox.count(), await device.db.rejected.count()]).toEqual([0, 0]);
	});

	it('is let go of once it opens, where only its key could', async () => {
		const id = await save();
		// No request passes with it: it holds its place among the numbers.
		const row = (await device.db.outbox.toArray())[0]!;
		await setAside(device.db, [{ row, code: 'bad_text' }], Date.now());
		await eraseVisit(device, await readStamp(device), id);
		forgetKeys(device.membership.id);
		expect(await send()).toEqual({ ok: true });
		expect(await device.db.visits.get(id)).toBeUndefined();
		expect((await device.db.outbox.toArray()).map(({ recordId }) => recordId)).toEqual([]);
		await openVault(device.open, device.membership, passkey);
		await send();
		await send();
		expect([await device.db.outbox.count(), await device.db.rejected.count()]).toEqual([0, 0]);
		expect(plain.flatMap(({ ops = [] }) => ops).map(({ seq, fields }) => [seq, fields])).toEqual([[1, {}]]);
	});
});

describe('a rescue file of a locked phone', () => {
	const file = async () => {
		const code = newRescueCode();
		const text = await lockRescue(await packRescue(device, carrier), code);
		return (await unlockRescue(text, code)) as Rescue;
	};

	it('carries what waits as it was sealed, and what the phone delivers later itself is the same', async () => {
		await save();
		forgetKeys(device.membership.id);
		await save();
		const rescue = await file();
		expect(rescue).toMatchObject({ visits: 2, requests: [{ ops: 2, sealed: true }] });
		expect(await deliverRescue(rescue, carrier.fetch)).toEqual({ arrived: 2, rejected: 0, left: 0 });
		expect(await device.db.outbox.count()).toBe(2);
		await send();
		const [brought, sent] = frames;
		expect(sent).toEqual(brought);
		expect(plain).toEqual([]);
	});

	it('carries of an open one what can be read so, and the rest sealed', async () => {
		await save();
		forgetKeys(device.membership.id);
		// A new code, another passphrase: the first visit stays sealed.
		device.membership.vault = undefined;
		await makeVault(made.open, made.membership, { ...passkey, secret: new Uint8Array(32).fill(2) });
		const anew = await openDevice(made.open, made.membership);
		await addVisit(anew, await readStamp(anew), { at: '2026-11-26T11:00:00.000Z', topics: ['work'] });
		anew.db.close();
		const rescue = await file();
		expect(rescue.requests.map(({ ops, sealed }) => [ops, sealed])).toEqual([
			[1, undefined],
			[1, true]
		]);
		expect(await deliverRescue(rescue, carrier.fetch)).toEqual({ arrived: 2, rejected: 0, left: 0 });
		expect(frames.flatMap(({ ops }) => ops).map(({ seq }) => seq)).toEqual([1]);
		expect(plain.flatMap(({ ops = [] }) => ops).map(({ seq }) => seq)).toEqual([2]);
	});
});

describe('a phone that was revoked', () => {
	it('delivers all that it holds, and only then destroys it', async () => {
		await save();
		revoked = true;
		judge = () => ({ outcome: 'later' });
		await send();
		expect(await isToBeWiped(device)).toBe(false);
		judge = () => ({ outcome: 'rejected', code: 'device_revoked' });
		await send();
		expect(await isToBeWiped(device)).toBe(true);
		const { database, id } = device.membership;
		made.db.close();
		await wipe(device, carrier);
		expect(await device.open.memberships.get(id)).toBeUndefined();
		expect((await indexedDB.databases()).some(({ name }) => name === database)).toBe(false);
		// Its page says why, so the browser may drop everything.
		expect(wiped).toEqual([{ replica: expect.stringMatching(/^[0-9a-f]{16}$/) as string }]);
	});

	it('sends once more what a restored server has lost, and keeps it sealed until it can be sent', async () => {
		await save();
		await send();
		const [{ ops: before = [] }] = plain.filter(({ ops }) => ops) as [(typeof plain)[number]];
		// The server is restored from a backup of before, and the phone is lost.
		[revoked, epoch, plain, judge] = [
			true,
			'two',
			[],
			() => ({ outcome: 'rejected', code: 'device_revoked' })
		];
		forgetKeys(device.membership.id);
		await send();
		expect(await isToBeWiped(device)).toBe(false);
		await openVault(device.open, device.membership, passkey);
		await send();
		expect(plain.flatMap(({ ops = [] }) => ops)).toEqual(before);
		expect(await device.db.sent.count()).toBe(0);
		expect(await isToBeWiped(device)).toBe(true);
	});

	it('leaves a mark where a worker empties it, so that the next page says why and has the rest dropped', async () => {
		await save();
		const { membership, open } = device;
		const { key } = membership;
		[revoked, judge] = [true, () => ({ outcome: 'rejected', code: 'device_revoked' })];
		made.db.close();
		device.db.close();
		await deliverLocked(open, membership, deps);
		expect(await open.memberships.toArray()).toEqual([]);
		expect((await indexedDB.databases()).some(({ name }) => name === membership.database)).toBe(false);
		expect(wiped.splice(0)).toEqual([{ replica: expect.any(String) as string, stays: true }]);
		const mark = await readMark(open);
		expect(mark?.device).toBe(membership.device);
		expect(JSON.stringify(await open.settings.toArray())).not.toContain(membership.name);
		expect(await dropRest(mark!, () => Promise.reject(new TypeError('no network')))).toBe(false);
		expect(await readMark(open)).toBeDefined();
		expect(await dropRest({ ...mark!, key }, carrier.fetch)).toBe(true);
		expect(wiped).toEqual([{ replica: mark?.replica }]);
		// Whoever uses the device next has nothing to do with it.
		await removeMark(open);
		expect(await readMark(open)).toBeUndefined();
	});
});

describe('two people on one device', () => {
	let other: TestDevice;
	let theirs: Device;

	beforeEach(async () => {
		other = await testDevice();
		other.membership.sealTo = made.membership.sealTo;
		await device.open.memberships.put(other.membership);
		await makeVault(device.open, other.membership, { ...passkey, secret: new Uint8Array(32).fill(3) });
		theirs = await openDevice(device.open, other.membership);
	});

	afterEach(async () => {
		theirs.db.close();
		forgetKeys(other.membership.id);
		await other.remove();
	});

	const saveTheirs = async () =>
		addVisit(theirs, await readStamp(theirs), { at: '2026-11-26T12:00:00.000Z', topics: ['money'] });

	it('do not wait for each other: what one of them logged goes out, sealed, while the other works', async () => {
		await save();
		await saveTheirs();
		forgetKeys(device.membership.id);
		await deliverOthers(theirs, deps);
		expect(plain).toEqual([]);
		expect(frames.flatMap(({ ops }) => ops)).toHaveLength(1);
		expect(await device.db.outbox.count()).toBe(0);
		expect(await theirs.db.outbox.count()).toBe(1);
	});

	it('lose nothing by each other: the one is revoked and wiped, what the other has waits on', async () => {
		await save();
		const id = await saveTheirs();
		[revoked, judge] = [true, () => ({ outcome: 'rejected', code: 'device_revoked' })];
		made.db.close();
		device.db.close();
		await deliverOthers(theirs, deps);
		expect(await device.open.memberships.toCollection().primaryKeys()).toEqual([other.membership.id]);
		expect((await indexedDB.databases()).some(({ name }) => name === made.membership.database)).toBe(false);
		expect(wiped).toEqual([]);
		expect(await readMark(device.open)).toBeUndefined();
		expect((await theirs.db.outbox.toArray()).map(({ recordId }) => recordId)).toEqual([id]);
		expect(isReadable((await theirs.db.visits.get(id))!)).toBe(true);
	});
});
