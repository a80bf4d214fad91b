import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit } from '#lib/device/visits.ts';
import { depsOver, FakeServer } from './fake-server.ts';
import { flush } from './flush.ts';
import { lockRescue, newRescueCode, showRescueCode, unlockRescue, type Rescue } from './rescue-file.ts';
import { deliverRescue, packRescue } from './rescue.ts';

let device: TestDevice;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	server = new FakeServer(device);
});
afterEach(() => device.remove());

const save = async (language = 'ar') =>
	addVisit(device, await readStamp(device), { at: '2026-03-06T09:00:00Z', desk: null, language });
const pack = () => packRescue(device, depsOver(server).carrier(device), 5);
const send = (_url: string, init: RequestInit) => server.respond(init);

describe('a rescue file', () => {
	it('carries everything that waits, and what the phone sends later itself is nothing new', async () => {
		for (let count = 0; count < 250; count += 1) await save();
		const code = newRescueCode();
		const text = await lockRescue(await pack(), code);
		expect(text).not.toContain('2026-03-06');
		const opened = (await unlockRescue(text, showRescueCode(code).toLowerCase())) as Rescue;
		expect(opened).toMatchObject({ member: 'Test', visits: 250, madeAt: 5 });
		expect(opened.requests.map(({ ops }) => ops)).toEqual([100, 100, 50]);
		expect(await deliverRescue(opened, send)).toEqual({ arrived: 250, rejected: 0, left: 0 });
		expect(await device.db.outbox.count()).toBe(250);
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await device.db.outbox.count()).toBe(0);
		expect(server.effects.size).toBe(250);
		expect([...server.effects.values()].every((count) => count === 1)).toBe(true);
		expect(await deliverRescue(opened, send)).toEqual({ arrived: 250, rejected: 0, left: 0 });
		expect([...server.effects.values()].every((count) => count === 1)).toBe(true);
	});

	it('opens with its code only, and not where a byte of it was changed', async () => {
		await save();
		const code = newRescueCode();
		const text = await lockRescue(await pack(), code);
		expect(await unlockRescue(text, newRescueCode())).toBe('wrong_code');
		const file = JSON.parse(text) as { data: string };
		const data = file.data.replace(/.(.)/, (pair, second: string) => pair[0] + (second === 'A' ? 'B' : 'A'));
		expect(await unlockRescue(JSON.stringify({ ...file, data }), code)).toBe('wrong_code');
		for (const no of [
			'',
			'{}',
			'null',
			'{"reppu":"rejected","version":1}',
			JSON.stringify({ ...file, rounds: 1 })
		])
			expect(await unlockRescue(no, code)).toBe('not_rescue');
		expect(await unlockRescue(JSON.stringify({ ...file, version: 3 }), code)).toBe('newer');
	});

	it('tells what was not accepted, and stops where the server does not answer', async () => {
		for (let count = 0; count < 120; count += 1) await save(count === 3 ? 'x' : 'ar');
		server.judge = ({ fields }) =>
			fields.language === 'x' ? { outcome: 'rejected', code: 'invalid_value' } : undefined;
		const rescue = await pack();
		let answers = 0;
		const breaks = async (url: string, init: RequestInit) => {
			answers += 1;
			if (answers > 1) throw new TypeError('no network');
			return send(url, init);
		};
		expect(await deliverRescue(rescue, breaks)).toMatchObject({
			arrived: 99,
			rejected: 1,
			left: 20,
			failure: { why: 'offline' }
		});
		expect(await deliverRescue(rescue, send)).toEqual({ arrived: 119, rejected: 1, left: 0 });
		expect((await pack()).requests).toHaveLength(2);
	});
});
