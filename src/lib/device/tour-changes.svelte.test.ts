import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { isUndecided, TOUR_CHANGE, type ReportedChange } from '#lib/domain/tour-change.ts';
import { pendingNotes } from './directory-pending.ts';
import { receptions } from './records.ts';
import { readStamp } from './stamp.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import { decideChange, reportChange, takeBack, tourChanges } from './tour-changes.ts';

let device: TestDevice;

beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

const change = (more: Partial<ReportedChange> = {}): ReportedChange => ({
	reception: newId(),
	desk: newId(),
	date: '2026-03-06',
	at: '2026-03-05T18:00:00.000Z',
	what: 'door-closed',
	text: null,
	...more
});
const cancelled = (recordId: string) => ({
	target: { collection: 'reception', recordId, schema: 1 },
	fields: {
		desk: newId(),
		start: '2026-03-06T10:00',
		end: '2026-03-06T15:00',
		rule: null,
		except: [],
		languages: [],
		'cancelled_2026-03-06': 'Ovi on kiinni'
	}
});

it('is reported on this device first, once however often it is tapped, waits under its own words, and can be taken back', async () => {
	const stamp = await readStamp(device);
	const id = newId();
	await Promise.all([reportChange(device, stamp, id, change()), reportChange(device, stamp, id, change())]);
	await reportChange(device, stamp, newId(), change({ at: '2026-03-05T19:00:00.000Z', what: 'guide' }));
	const [latest, first] = await tourChanges(device);
	expect([latest?.what, first?.id, first?.member]).toEqual(['guide', id, undefined]);
	expect((await pendingNotes(device.db)).filter((one) => one.id === id)).toMatchObject([
		{ collection: TOUR_CHANGE }
	]);
	await takeBack(device, stamp, first!);
	expect((await tourChanges(device)).map((one) => one.id)).toEqual([latest?.id]);
});

it('is accepted together with what follows from it, or not at all', async () => {
	const stamp = await readStamp(device);
	const id = newId();
	await reportChange(device, stamp, id, change());
	const [found] = await tourChanges(device);
	const reception = newId();
	// The last write fails: nothing of the others stands.
	const before = await device.db.outbox.count();
	const full = () => {
		throw new Error('full');
	};
	device.db.records.hook('updating', full);
	const accepted = { state: 'accepted', words: null } as const;
	await expect(decideChange(device, stamp, found!, accepted, [cancelled(reception)])).rejects.toThrow('full');
	device.db.records.hook('updating').unsubscribe(full);
	expect([await receptions(device.db), await device.db.outbox.count()]).toEqual([[], before]);

	// Twice in a second: it is cancelled and accepted once.
	await Promise.all([
		decideChange(device, stamp, found!, accepted, [cancelled(reception)]),
		decideChange(device, stamp, found!, accepted, [cancelled(reception)])
	]);
	expect((await receptions(device.db)).map((one) => one['cancelled_2026-03-06'])).toEqual(['Ovi on kiinni']);
	const [answered] = await tourChanges(device);
	expect(answered?.decisions).toEqual([accepted]);
	expect(answered && isUndecided(answered)).toBe(false);
});
