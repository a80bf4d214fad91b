import { afterEach, beforeEach, expect, it } from 'vitest';
import { noticeEntries, notices } from '#lib/device/notices.ts';
import { readStamp, type Stamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { unseal } from '#lib/device/rows.ts';
import { writeRecord } from '#lib/device/write-record.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { NOTICE, NOTICE_SCHEMA } from '#lib/domain/notice-name.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { isRead, markRead, readNotices } from './notices-read.ts';

let device: TestDevice;
let stamp: Stamp;

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
});
afterEach(() => device.remove());

const now = Date.now();
const { date } = helsinki(now);
const written = (text: string) => ({ text, origin: 'written' });
const write = (id: string, fields: Record<string, unknown>, seen?: RecordState) =>
	writeRecord(
		device,
		stamp,
		{ collection: NOTICE, recordId: id, schema: NOTICE_SCHEMA },
		fields as Parameters<typeof writeRecord>[3],
		seen && { seen }
	);

async function made(words: string, more: object = {}): Promise<string> {
	const id = newId();
	const fields = { audience: 'both', kind: 'information', from: date, until: addDays(date, 6) };
	await write(id, { ...fields, text_fi: written(words), ...more });
	return id;
}
const read = async () => {
	const known = await readNotices(device.db);
	return (await notices(device.db)).filter((notice) => isRead(known, notice)).map(({ id }) => id);
};
const mark = async (id: string) => {
	const all = await notices(device.db);
	await markRead(
		device.db,
		all.find((notice) => notice.id === id)!,
		all,
		now
	);
};

it('what was read stays read on this device until it says something else, and nothing of it is sent', async () => {
	const [first, second] = [await made('Kiinni.'), await made('Uusi lomake.')];
	const waiting = await device.db.outbox.count();
	await mark(first);
	expect(await read()).toEqual([first]);
	await mark(second);
	expect((await read()).sort()).toEqual([first, second].sort());
	expect(await device.db.outbox.count()).toBe(waiting);
	await write(first, { text_sv: written('Stängt.') });
	expect((await read()).sort()).toEqual([first, second].sort());
	await write(first, { text_fi: written('Kiinni maanantaina.') });
	expect(await read()).toEqual([second]);
	await write(second, { kind: 'urgent' });
	expect(await read()).toEqual([]);
});

it('nothing is kept of notices that are over, and what is no list of them is none', async () => {
	const past = await made('Eilen.', { from: addDays(date, -2), until: addDays(date, -1) });
	const id = await made('Kiinni.');
	await mark(past);
	await mark(id);
	expect(Object.keys(await readNotices(device.db))).toEqual([id]);
	await device.db.meta.put({ key: 'notices-read', value: [1, 2] });
	expect(await readNotices(device.db)).toEqual({});
});

it('two languages at once leave nothing unsettled, one language does until somebody settles it', async () => {
	const id = await made('Kiinni.');
	const row = await device.db.records.get([NOTICE, id]);
	const seen = unseal<RecordState>(row!);
	await write(id, { text_sv: written('Stängt.') }, seen);
	await write(id, { text_ar: written('مغلق.') }, seen);
	expect(await noticeEntries(device.db)).toMatchObject([{ unsettled: [] }]);
	await write(id, { text_sv: written('Stängt i dag.') }, seen);
	expect(await noticeEntries(device.db)).toMatchObject([
		{ unsettled: ['text_sv'], notice: { texts: { sv: written('Stängt i dag.') } } }
	]);
	await write(id, { text_sv: written('Stängt i dag.') });
	expect(await noticeEntries(device.db)).toMatchObject([{ unsettled: [] }]);
	await write(id, { removed: true });
	expect(await notices(device.db)).toEqual([]);
});
