import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { countOutbox } from './delivery.ts';
import { addContact, serviceContacts, serviceReports, writeReport } from './directory-notes.ts';
import { pendingNotes } from './directory-pending.ts';
import { giveUp } from './rejections.ts';
import { unseal, type OpBody } from './rows.ts';
import { countShown } from './shown-count.ts';
import { readStamp, type Stamp } from './stamp.ts';
import { reject, testDevice, type TestDevice } from './test-device.ts';

let device: TestDevice;
let stamp: Stamp;
const service = newId();
const at = '2026-03-02T08:00:00Z';

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
});
afterEach(() => device.remove());

const waiting = async () =>
	(await device.db.outbox.toArray()).map((row) => ({ ...row, ...unseal<OpBody>(row) }));

describe('a report about an entry', () => {
	it('is saved with one op, waits in the pill and is read again', async () => {
		const id = await writeReport(device, stamp, { service, at, what: ['phone'] });
		expect(await serviceReports(device)).toMatchObject([{ id, service, what: ['phone'], member: undefined }]);
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 1, attention: 0 });
		expect(await pendingNotes(device.db)).toEqual([
			{ id, collection: 'service-report', service, suggests: false }
		]);
	});

	it('is taken back, and a remark replaces nothing else', async () => {
		const id = await writeReport(device, stamp, { service, at, what: ['phone'] });
		await writeReport(device, stamp, { text: 'Numero vaihtui.' }, { id, member: undefined });
		expect(await serviceReports(device)).toMatchObject([{ text: 'Numero vaihtui.', what: ['phone'] }]);
		await writeReport(device, stamp, { removed: true }, { id, member: undefined });
		expect(await serviceReports(device)).toEqual([]);
	});

	it("is answered in its author's record", async () => {
		const member = newId();
		await writeReport(device, stamp, { state: 'settled', answer: 'Kiitos.' }, { id: newId(), member });
		expect(await waiting()).toMatchObject([{ of: member, fields: { state: 'settled', answer: 'Kiitos.' } }]);
	});

	it('that the server refuses is shown, and given up', async () => {
		const id = await writeReport(device, stamp, { service, at, what: ['phone'] });
		await reject(device.db, id, { code: 'not_allowed', at: 1 });
		expect(await pendingNotes(device.db)).toMatchObject([{ id, service, refused: { code: 'not_allowed' } }]);
		await giveUp(device, stamp, id);
		expect(await pendingNotes(device.db)).toEqual([]);
		expect(await serviceReports(device)).toEqual([]);
	});
});

it('the contact log stands latest first', async () => {
	await addContact(device, stamp, { service, at, who: 'Palvelupiste', outcome: 'Ei vastausta.' });
	await addContact(device, stamp, {
		service,
		at: '2026-03-03T08:00:00Z',
		who: 'Palvelupiste',
		outcome: 'Oikein.'
	});
	expect((await serviceContacts(device)).map(({ outcome }) => outcome)).toEqual(['Oikein.', 'Ei vastausta.']);
});

describe('what clients were shown unchecked', () => {
	const noon = Date.parse('2026-03-02T10:00:00Z');

	it('is one number a day, written at most once a minute, and no matter of the pill', async () => {
		for (const second of [0, 10, 20, 61])
			await countShown(device, stamp, service, 'ar', noon + second * 1000);
		await countShown(device, stamp, service, 'so', noon);
		const ops = await waiting();
		expect(ops.map(({ fields }) => [fields['language'], fields['count']])).toEqual([
			['ar', 1],
			['ar', 4],
			['so', 1]
		]);
		expect(ops[1]!.recordId).toBe(ops[0]!.recordId);
		expect(Object.keys(ops[0]!.fields).sort()).toEqual(['count', 'day', 'language', 'service']);
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 0 });
	});

	it('begins anew the next day, and yesterday takes no room', async () => {
		await countShown(device, stamp, service, 'ar', noon);
		await countShown(device, stamp, service, 'ar', noon + 86_400_000);
		expect((await waiting()).map(({ fields }) => [fields['day'], fields['count']])).toEqual([
			['2026-03-02', 1],
			['2026-03-03', 1]
		]);
		expect(await device.db.records.count()).toBe(1);
	});
});
