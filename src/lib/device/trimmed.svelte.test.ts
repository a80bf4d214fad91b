import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RecordState } from '#lib/domain/record.ts';
import { depsOver, FakeServer } from '#lib/sync/fake-server.ts';
import { flush } from '#lib/sync/flush.ts';
import { readMeta } from './device.ts';
import { unseal } from './rows.ts';
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

const deliver = async () => expect(await flush(device, depsOver(server))).toEqual({ ok: true });
const save = async (topicText: string) =>
	addVisit(device, await readStamp(device), {
		at: '2026-03-06T09:00:00Z',
		desk: null,
		language: 'ar',
		topicText
	});
const stateOf = async (id: string) => unseal<RecordState>((await device.db.visits.get(id))!);

/** The server has emptied a field of a visit, as retention does: what it held counts as seen, and nothing stands there. */
async function trimmedBy(recordId: string, field: string): Promise<void> {
	const { heads, seen } = await stateOf(recordId);
	const { [field]: gone = [], ...others } = heads;
	const clocks = [...(seen[field] ?? []), ...gone.map(({ clock }) => clock)];
	const state = { heads: others, seen: { ...seen, [field]: clocks } };
	server.news = {
		changes: [{ part: 'own', collection: 'visit', recordId, change: 99, state }],
		cursors: { own: 'x' }
	};
}

it('words whose period is over leave the sent list with the visit, and everything else stays', async () => {
	const [id, other] = [await save(SECRET), await save('anotherclient')];
	await changeVisit(device, await readStamp(device), id, { topicText: `${SECRET}!`, language: 'ru' });
	await deliver();
	const before = await sentOps(device.db);
	expect(JSON.stringify(before)).toContain(SECRET);

	await trimmedBy(id, 'topicText');
	await deliver();
	const after = await sentOps(device.db);
	expect(JSON.stringify(after)).not.toContain(SECRET);
	expect((await stateOf(id)).heads).not.toHaveProperty('topicText');
	// As it was, but for the words: the same ids, numbers, clocks and bases, so that the server knows each of them again.
	const without = before.map((op) => {
		const { topicText, ...fields } = op.fields;
		return op.recordId === id ? { ...op, fields } : { ...op, fields: { ...fields, topicText } };
	});
	expect(after).toEqual(without);
	expect(after.find(({ recordId }) => recordId === other)?.fields).toMatchObject({
		topicText: 'anotherclient'
	});
	expect((await readMeta(device.db, 'trimmed')) ?? []).toEqual([]);
});

it('what was only replaced stays there: a server that is restored may need it', async () => {
	const id = await save(SECRET);
	await changeVisit(device, await readStamp(device), id, { topicText: 'other words' });
	await deliver();
	const before = await sentOps(device.db);
	server.news = {
		changes: [{ part: 'own', collection: 'visit', recordId: id, change: 99, state: await stateOf(id) }],
		cursors: { own: 'x' }
	};
	await deliver();
	expect(await sentOps(device.db)).toEqual(before);
});
