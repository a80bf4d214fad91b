import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FEEDBACK, FEEDBACK_RECORD } from '#lib/domain/feedback-name.ts';
import { depsOver, FakeServer } from '#lib/sync/fake-server.ts';
import { flush } from '#lib/sync/flush.ts';
import { countOutbox } from './delivery.ts';
import { forgetFeedback, giveFeedback } from './feedback.ts';
import { readStamp } from './stamp.ts';
import { sentOps, testDevice, type TestDevice } from './test-device.ts';
import { addVisit } from './visits.ts';

const MONTH = 31 * 86_400_000;

let device: TestDevice;
let server: FakeServer;

beforeEach(async () => {
	device = await testDevice();
	server = new FakeServer(device);
});
afterEach(() => device.remove());

const give = async (help: 'good' | 'bad' = 'bad') =>
	giveFeedback(device, await readStamp(device), { desk: null, language: 'ar', help, next: null, own: null });
const deliver = async () => expect(await flush(device, depsOver(server))).toEqual({ ok: true });

/** What the sent list says of feedback. */
const said = async () =>
	(await sentOps(device.db)).filter(({ collection }) => collection === FEEDBACK).map(({ fields }) => fields);

describe('an answer of a client', () => {
	it('waits in the outbox and nowhere else, and each counts as one that waits', async () => {
		await give();
		await give('good');
		expect(await device.db.records.count()).toBe(0);
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 2, attention: 0 });
		await deliver();
		expect(await device.db.outbox.count()).toBe(0);
		const carried = [...server.journal.values()].map(({ op }) => [op.recordId, op.fields['help']]);
		expect(carried).toEqual([
			[FEEDBACK_RECORD, 'bad'],
			[FEEDBACK_RECORD, 'good']
		]);
	});

	it('is forgotten as soon as a backup covers it', async () => {
		await give();
		await deliver();
		expect(await said()).toMatchObject([{ help: 'bad' }]);
		server.durable = server.change;
		await deliver();
		expect(await said()).toEqual([]);
	});

	it('is forgotten after a month where no backup does, and what went with it stays', async () => {
		await give();
		const stamp = await readStamp(device);
		await addVisit(device, stamp, { at: '2026-03-06T09:00:00Z', desk: null, language: 'ar' });
		await deliver();
		await forgetFeedback(device.db, Date.now());
		expect(await said()).toMatchObject([{ help: 'bad' }]);
		await forgetFeedback(device.db, Date.now() + MONTH);
		expect(await said()).toEqual([{}]);
		const visits = (await sentOps(device.db)).filter(({ collection }) => collection === 'visit');
		expect(visits).toMatchObject([{ fields: { language: 'ar' } }]);
		// Once is enough.
		await forgetFeedback(device.db, Date.now() + 2 * MONTH);
		expect(await said()).toEqual([{}]);
	});

	it('goes out again to a server that was restored', async () => {
		await give();
		await deliver();
		server.restore(0, 'two');
		server.journal.clear();
		await deliver();
		expect([...server.journal.values()].map(({ op }) => op.fields['help'])).toEqual(['bad']);
	});
});
