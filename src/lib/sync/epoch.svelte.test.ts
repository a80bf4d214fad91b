import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMeta, writeMeta } from '#lib/device/device.ts';
import { seal } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { sentOps, testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit } from '#lib/device/visits.ts';
import { newId } from '#lib/domain/ids.ts';
import { depsOver, FakeServer } from './fake-server.ts';
import { flush } from './flush.ts';

let device: TestDevice;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	server = new FakeServer(device);
});
afterEach(() => device.remove());

const save = async (language = 'ar') =>
	addVisit(device, await readStamp(device), { at: '2026-03-06T09:00:00Z', desk: null, language });
const deliver = async () => expect(await flush(device, depsOver(server))).toEqual({ ok: true });
const journalled = () => [...server.journal.keys()].sort();

describe('a server that was restored from a backup', () => {
	it('gets again what it lost, with ids, clocks and numbers as they were', async () => {
		for (let count = 0; count < 5; count += 1) await save();
		await deliver();
		await save();
		await deliver();
		const before = (await sentOps(device.db)).map(({ opId, clock, replica, seq }) => ({
			opId,
			clock,
			replica,
			seq
		}));
		server.restore(3, 'two');
		await deliver();
		expect(journalled()).toEqual(before.map(({ opId }) => opId).sort());
		const after = (await sentOps(device.db)).map(({ opId, clock, replica, seq }) => ({
			opId,
			clock,
			replica,
			seq
		}));
		const bySeq = (a: { seq: number }, b: { seq: number }) => a.seq - b.seq;
		expect(after.sort(bySeq)).toEqual(before.sort(bySeq));
		expect(await device.db.outbox.count()).toBe(0);
		await save();
		await deliver();
		expect(Math.max(...(await sentOps(device.db)).map(({ seq }) => seq))).toBe(7);
	});

	it('gets again what it had rejected, and the author sees it again', async () => {
		server.judge = ({ fields }) =>
			fields.language === 'x' ? { outcome: 'rejected', code: 'invalid_value' } : undefined;
		await save('x');
		await deliver();
		const [rejected] = await device.db.rejected.toArray();
		server.restore(0, 'two');
		server.journal.clear();
		await save();
		await deliver();
		expect(journalled()).toContain(rejected?.opId);
		expect(await device.db.rejected.toArray()).toMatchObject([
			{ opId: rejected?.opId, state: 'attention', numbered: rejected?.numbered }
		]);
	});

	it('is met again and again where the phone goes out in between', async () => {
		for (let count = 0; count < 4; count += 1) {
			await save();
			await deliver();
		}
		expect(await device.db.sent.count()).toBe(4);
		server.restore(0, 'two');
		server.journal.clear();
		let answers = 0;
		const dies = depsOver(server, async (to, init) => {
			const response = await to.respond(init);
			answers += 1;
			if (answers === 2) throw new TypeError('gone');
			return response;
		});
		await flush(device, dies);
		await deliver();
		expect(journalled()).toHaveLength(4);
		expect(await readMeta(device.db, 'epoch')).toBe('two');
	});
});

describe('the sent list', () => {
	it('is kept until a verified backup covers it', async () => {
		await save();
		await deliver();
		await save();
		await deliver();
		expect(await device.db.sent.count()).toBe(2);
		server.durable = 1;
		await deliver();
		expect((await sentOps(device.db)).map(({ change }) => change)).toEqual([2]);
		server.durable = 2;
		await deliver();
		expect(await device.db.sent.count()).toBe(0);
		expect(await device.db.visits.count()).toBe(2);
	});
});

describe('a part of the scope that is lost', () => {
	it('goes only as far as a backup covers it and nothing of it waits', async () => {
		const other = newId();
		const [theirs, changed] = [newId(), newId()];
		for (const id of [theirs, changed])
			await device.db.visits.put({ id, part: `member:${other}`, ...seal({ heads: {}, seen: {} }) });
		await writeMeta(device.db, 'cursors', { [`member:${other}`]: 'x' });
		const mine = await save();
		await device.db.outbox.toCollection().modify({ recordId: changed });
		server.news = { changes: [], cursors: {}, lost: [`member:${other}`] };
		await deliver();
		const left = async () => (await device.db.visits.toCollection().primaryKeys()).sort();
		// Its op has its receipt, and no backup covers it.
		expect(await left()).toEqual([changed, mine].sort());
		expect(await readMeta(device.db, 'cursors')).toEqual({ [`member:${other}`]: '' });
		server.durable = 1;
		await deliver();
		await deliver();
		expect(await left()).toEqual([mine]);
		expect(await readMeta(device.db, 'cursors')).toEqual({});
	});

	it('a record that is gone goes, unless something of it waits', async () => {
		const [delivered, waiting] = [await save(), await save()];
		const gone = (recordId: string) => ({
			part: 'own',
			collection: 'visit',
			recordId,
			change: 9,
			gone: true
		});
		await device.db.outbox.where('seq').equals(1).delete();
		server.judge = () => ({ outcome: 'later' });
		server.news = { changes: [gone(delivered), gone(waiting)], cursors: {} };
		await flush(device, depsOver(server));
		expect(await device.db.visits.toCollection().primaryKeys()).toEqual([waiting]);
	});
});
