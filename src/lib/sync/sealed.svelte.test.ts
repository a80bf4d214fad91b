import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { isReadable, unseal, type OpBody } from '#lib/device/rows.ts';
import { opsOf } from '#lib/device/sent-ops.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { forgetKeys } from '#lib/device/vault/keyring.ts';
import { makeVault, openVault } from '#lib/device/vault/vault.ts';
import type { Opener } from '#lib/device/vault/wraps.ts';
import { addVisit } from '#lib/device/visits.ts';
import { newKeyPair } from '#lib/protocol/sealed.ts';
import { readFrame, type Frame } from '#lib/protocol/sealed-frame.ts';
import type { Receipt, WireOp } from '#lib/protocol/sync.ts';
import { deliverLocked, deliverOthers } from './deliver-locked.ts';
import { json } from './fake-server.ts';
import { flush } from './flush.ts';
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

beforeEach(async () => {
	made = await testDevice();
	made.membership.sealTo = { kid: 'AAAAAAAA', publicKey: (await newKeyPair()).publicKey };
	await makeVault(made.open, made.membership, passkey);
	device = await openDevice(made.open, made.membership);
	[frames, plain, wiped, revoked, epoch] = [[], [], [], false, 'one'];
	judge = () => ({ outcome: 'applied', change: 1 });
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
		}
		const receipts = ops.map(({ opId }) => ({ opId, ...judge(opId, path === '/api/v1/sealed') }));
		const end = { epoch, durable: null, serverTime: Date.now() };
		return json({ protocol: 1, receipts, cursors: {}, ...end, ...(revoked ? { revoked } : {}) });
	},
	mayCarry: async () => true,
	sign: async () => 'A'.repeat(86) + '==',
	headers: {}
};

const deps = { carrier: () => carrier, now: () => Date.now(), random: () => 0.5 };
const send = () => flush(device, deps);
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
