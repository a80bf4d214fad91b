import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { depsOver, FakeServer } from '#lib/sync/fake-server.ts';
import { flush } from '#lib/sync/flush.ts';
import { saveDraft } from './drafts.ts';
import { emptySent, eraseVisit, letGo } from './erasures.ts';
import { giveUp } from './rejections.ts';
import { readStamp } from './stamp.ts';
import { sentOps, testDevice, type TestDevice } from './test-device.ts';
import { addVisit, changeVisit } from './visits.ts';

const SECRET = 'secretwordsofaclient';

let device: TestDevice;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	server = new FakeServer(device);
});
afterEach(() => device.remove());

const stamp = () => readStamp(device);
const save = async (topicText = SECRET) =>
	addVisit(device, await stamp(), { at: '2026-03-06T09:00:00Z', desk: null, language: 'ar', topicText });
const deliver = async () => expect(await flush(device, depsOver(server))).toEqual({ ok: true });
const change = async (id: string, topicText = SECRET) =>
	changeVisit(device, await stamp(), id, { topicText });

/** Everything in the database, as one text; of the sent list what its requests say. */
async function everything(): Promise<string> {
	const tables = device.db.tables.filter(({ name }) => name !== 'sent');
	const rows = await Promise.all(tables.map((table) => table.toArray()));
	return JSON.stringify([rows, await sentOps(device.db)]);
}

const erasedBy = (recordId: string) => {
	server.news = {
		changes: [{ part: 'own', collection: 'visit', recordId, change: 99, gone: true, erased: true }],
		cursors: { own: 'x' }
	};
};

/** This device hears of it apart from any answer. */
const erasedHere = ({ db }: TestDevice, id: string) =>
	db.transaction('rw', [db.visits, db.records, db.outbox, db.rejected, db.drafts, db.meta], () =>
		letGo(db, 'visit', id, 1)
	);

describe('what was erased for good', () => {
	it('leaves nothing here: record, sent list, waiting and rejected ops, drafts; what waited sends its header', async () => {
		const [id, other] = [await save(), await save('anotherclient')];
		await deliver();
		server.judge = ({ fields }) =>
			fields.topicText === `${SECRET}!` ? { outcome: 'rejected', code: 'invalid_value' } : undefined;
		await change(id, `${SECRET}!`);
		await deliver();
		await change(id);
		await saveDraft(device.db, { id: `edit-topics-${id}`, at: 1, values: { edited: SECRET } });
		await saveDraft(device.db, { id: `edit-topics-${other}`, at: 1, values: { edited: 'another' } });
		expect(await everything()).toContain(SECRET);
		const numbers = (await sentOps(device.db)).map(({ seq }) => seq);

		erasedBy(id);
		server.judge = ({ recordId }) => (recordId === id ? { outcome: 'rejected', code: 'erased' } : undefined);
		await deliver();
		const left = await everything();
		expect(left).not.toContain(SECRET);
		expect(left).toContain('anotherclient');
		expect(await device.db.drafts.count()).toBe(1);
		expect(await device.db.outbox.count()).toBe(0);
		expect(await device.db.rejected.count()).toBe(0);
		expect((await sentOps(device.db)).map(({ seq }) => seq)).toEqual(numbers);
		expect(await device.db.visits.toCollection().primaryKeys()).toEqual([other]);
	});

	it('by its coordinator: an op tells the server, and until it has done so nothing goes', async () => {
		const id = await save();
		await deliver();
		await change(id);
		await eraseVisit(device, await stamp(), id);
		expect((await device.db.outbox.toArray()).map(({ collection }) => collection)).toEqual([
			'visit',
			'erasure'
		]);
		expect(await everything()).toContain(SECRET);
		erasedBy(id);
		await deliver();
		expect(server.requests.flatMap(({ ops }) => ops).at(-1)).toMatchObject({
			collection: 'erasure',
			recordId: id,
			fields: { collection: 'visit' }
		});
		expect(await everything()).not.toContain(SECRET);
		await eraseVisit(device, await stamp(), newId());
		expect(await device.db.outbox.count()).toBe(0);
	});

	it('what the server did not allow needs its author, and the visit stands', async () => {
		const id = await save();
		await deliver();
		server.judge = ({ collection }) =>
			collection === 'erasure' ? { outcome: 'rejected', code: 'not_allowed' } : undefined;
		await eraseVisit(device, await stamp(), id);
		await deliver();
		expect(await device.db.rejected.toArray()).toMatchObject([
			{ recordId: id, collection: 'erasure', state: 'attention', reason: { code: 'not_allowed' } }
		]);
		expect(await everything()).toContain(SECRET);
		await giveUp(device, await stamp(), id);
		expect((await device.db.visits.get(id))?.body).toContain(SECRET);
		expect(await device.db.rejected.filter(({ state }) => state === 'attention').count()).toBe(0);
	});

	it('heard of while changes wait: their headers go out, so that no number seems to be lost', async () => {
		const id = await save();
		await deliver();
		await change(id);
		// The answer that tells of it had set out before the change.
		await erasedHere(device, id);
		await emptySent(device.db);
		expect(await everything()).not.toContain(SECRET);
		await deliver();
		expect(server.requests.flatMap(({ ops }) => ops).at(-1)).toMatchObject({
			seq: 2,
			recordId: id,
			fields: {}
		});
	});

	it('heard of before its rejection: neither its words nor a task come back', async () => {
		server.judge = ({ collection }) =>
			collection === 'visit' ? { outcome: 'rejected', code: 'invalid_value' } : undefined;
		const [lost, inTheAir] = [await save(), await save()];
		const losing = depsOver(server, async (real, init) => {
			await real.respond(init);
			throw new TypeError('fetch failed');
		});
		expect(await flush(device, losing)).toMatchObject({ ok: false });
		await erasedHere(device, lost);
		const late = depsOver(server, async (real, init) => {
			const answer = await real.respond(init);
			await erasedHere(device, inTheAir);
			return answer;
		});
		expect(await flush(device, late)).toEqual({ ok: true });
		expect(await device.db.outbox.count()).toBe(0);
		expect(await device.db.rejected.count()).toBe(0);
		expect(await everything()).not.toContain(SECRET);
	});

	it('while a request with it is in the air: the sent list is emptied behind it', async () => {
		const id = await save();
		erasedBy(id);
		expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		expect(await everything()).not.toContain(SECRET);
		expect(await device.db.visits.count()).toBe(0);
		expect(await sentOps(device.db)).toMatchObject([{ seq: 1, fields: {} }]);
	});
});
