import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { depsOver, FakeServer } from '#lib/sync/fake-server.ts';
import { flush } from '#lib/sync/flush.ts';
import { readMeta } from './device.ts';
import { giveUp, handOver } from './rejections.ts';
import { unseal, type OpBody } from './rows.ts';
import { readStamp } from './stamp.ts';
import { sentOps, testDevice, type TestDevice } from './test-device.ts';
import { addVisit, changeVisit, mendVisit, readStoredVisit, removeVisit } from './visits.ts';

let device: TestDevice;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	server = new FakeServer(device);
	server.judge = ({ fields }) =>
		fields.language === 'x' ? { outcome: 'rejected', code: 'invalid_value', field: 'language' } : undefined;
});
afterEach(() => device.remove());

const stamp = () => readStamp(device);
const save = async (language: string) =>
	addVisit(device, await stamp(), { at: '2026-03-06T09:00:00Z', desk: null, language });
const deliver = async () => expect(await flush(device, depsOver(server))).toEqual({ ok: true });
const visit = async (id: string) => {
	const row = await device.db.visits.get(id);
	return row && readStoredVisit(row);
};

describe('what the server rejected', () => {
	it('is given up: the visit goes, the op stays readable here, and the server is told who gave it up', async () => {
		const id = await save('x');
		await deliver();
		await giveUp(device, await stamp(), id);
		expect(await visit(id)).toBeUndefined();
		expect(await device.db.rejected.toArray()).toMatchObject([
			{ recordId: id, state: 'discarded', decided: true }
		]);
		await deliver();
		const told = (await sentOps(device.db)).find(({ collection }) => collection === 'rejection');
		expect(told).toMatchObject({
			recordId: (await device.db.rejected.toArray())[0]?.opId,
			fields: { state: 'discarded' }
		});
	});

	it('a change that is given up shows again what it had replaced and what still waits here', async () => {
		const id = await save('ar');
		// The first op goes out again, as after a restore of the server, when the second one is given up.
		await changeVisit(device, await stamp(), id, { language: 'x' });
		const [first, second] = await device.db.outbox.toArray();
		const { seq, ...rejected } = second!;
		await device.db.outbox.delete(seq!);
		const reason = { code: 'invalid_value', field: 'language', at: 1 };
		await device.db.rejected.put({
			...rejected,
			state: 'attention',
			reason,
			numbered: { replica: (await stamp()).replica, seq: 2 }
		});
		await giveUp(device, await stamp(), id);
		expect((await visit(id))?.language).toBe('ar');
		expect((await device.db.outbox.toArray())[0]?.opId).toBe(first!.opId);
	});

	it('a change that is given up leaves the rest, and what it had replaced is read again', async () => {
		const id = await save('ar');
		await deliver();
		await changeVisit(device, await stamp(), id, { language: 'x' });
		await deliver();
		expect((await visit(id))?.language).toBe('x');
		await giveUp(device, await stamp(), id);
		expect((await visit(id))?.language).toBeUndefined();
		expect((await readMeta(device.db, 'cursors'))?.own).toBe('');
		const state = server.records.get(id)!;
		server.news = {
			changes: [{ part: 'own', collection: 'visit', recordId: id, change: 9, state }],
			cursors: { own: 'y' }
		};
		await deliver();
		expect((await visit(id))?.language).toBe('ar');
	});

	it('what is written over it replaces what it had replaced, so that nothing long written over stands again', async () => {
		const id = await save('ar');
		await deliver();
		const first = server.records.get(id)!.heads.language![0]!.clock;
		await changeVisit(device, await stamp(), id, { language: 'x' });
		await deliver();
		await mendVisit(device, await stamp(), id, { language: 'x' });
		await deliver();
		await changeVisit(device, await stamp(), id, { language: 'ru' });
		await deliver();
		const state = server.records.get(id)!;
		expect(state.heads.language?.map(({ value }) => value)).toEqual(['ru']);
		expect(state.seen.language).toContain(first);
		expect((await visit(id))?.state.heads.language?.map(({ value }) => value)).toEqual(['ru']);
	});

	it('is handed over: it asks for nobody here, and can still be mended', async () => {
		const id = await save('x');
		await deliver();
		expect(await handOver(device, await stamp(), id)).toBe(true);
		expect(await device.db.rejected.toArray()).toMatchObject([{ state: 'handed-over' }]);
		await mendVisit(device, await stamp(), id, { language: 'fi' });
		expect(await device.db.rejected.count()).toBe(0);
		await deliver();
		expect(server.records.get(id)?.heads.language?.map(({ value }) => value)).toEqual(['fi']);
	});

	it('is taken out where somebody else has decided so', async () => {
		const id = await save('x');
		await deliver();
		const { opId } = (await device.db.rejected.toArray())[0]!;
		const head = {
			clock: '019cad58bd80-00000000000000bb',
			opId: newId(),
			value: 'discarded',
			author: 'coordinator'
		};
		const state = { heads: { state: [head] }, seen: {} };
		server.news = {
			changes: [{ part: 'own', collection: 'rejection', recordId: opId, change: 9, state }],
			cursors: {}
		};
		await deliver();
		expect(await visit(id)).toBeUndefined();
		expect(await device.db.rejected.toArray()).toMatchObject([{ state: 'discarded', decided: true }]);
	});

	it('comes back with a visit that is brought back, but not what was given up', async () => {
		const id = await save('ar');
		await changeVisit(device, await stamp(), id, { language: 'x' });
		await deliver();
		await removeVisit(device, await stamp(), id);
		await removeVisit(device, await stamp(), id, false);
		expect(await device.db.rejected.toArray()).toMatchObject([{ state: 'attention' }]);
		await giveUp(device, await stamp(), id);
		await removeVisit(device, await stamp(), id);
		await removeVisit(device, await stamp(), id, false);
		expect(await device.db.rejected.toArray()).toMatchObject([{ state: 'discarded' }]);
	});

	it('what no request passed with leaves no gap among the numbers when it is given up', async () => {
		const id = await save('x');
		const [row] = await device.db.outbox.toArray();
		await device.db.outbox.clear();
		await device.db.rejected.put({
			...row!,
			state: 'attention',
			place: row!.seq,
			reason: { code: 'bad_text', at: 1 }
		});
		expect(await handOver(device, await stamp(), id)).toBe(false);
		await giveUp(device, await stamp(), id);
		expect((await device.db.outbox.toArray()).map(({ seq }) => seq)).toEqual([row!.seq]);
		expect(unseal<OpBody>((await device.db.outbox.toArray())[0]!).fields).toEqual({});
		expect(await device.db.rejected.count()).toBe(0);
	});
});
