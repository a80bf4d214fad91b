import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, sheetsOf } from '#lib/device/events.ts';
import { endEvent, reopenEvent, settleEvent, writeEvent } from '#lib/device/event-writes.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { closeKeys } from '#lib/device/vault/keyring.ts';
import { readStamp, readStoredVisit, removeVisit, type Stamp } from '#lib/device/visits.ts';
import { countsOf } from '#lib/domain/event-count.ts';
import { dayOn } from '#lib/domain/event-days.ts';
import { doneField, eventVisitId } from '#lib/domain/event-records.ts';
import { doneOn } from '#lib/domain/event.ts';
import { newId } from '#lib/domain/ids.ts';
import { EventCounter, tapFilter } from './event-counter.svelte.ts';

let device: TestDevice;
let stamp: Stamp;
const date = '2026-03-06';
const id = newId();
const visitId = eventVisitId(id, date);

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
	await writeEvent(device, stamp, id, {
		title: 'Asuminen',
		place: 'Tori',
		municipality: '263',
		start: `${date}T17:00`,
		end: `${date}T18:00`,
		rule: null,
		except: [],
		languages: ['ar'],
		topics: ['housing']
	});
});

afterEach(() => device.remove());

const counter = () => new EventCounter({ device, stamp }, id, date);
const person = (name: string, count = 1) => ({ of: 'people', name, count }) as const;
const counts = async () => countsOf(await sheetsOf(device.db, id, date));
const day = async () => dayOn((await eventsOf(device.db))[0]!, date)!;
const end = async (state: 'held' | 'not-held' = 'held') =>
	endEvent(device, stamp, await day(), state, (await day()).to);
async function visit() {
	const row = await device.db.visits.get(visitId);
	return row && readStoredVisit(row);
}

describe('the counter', () => {
	it('saves each tap at once and in order, and takes the last one back', async () => {
		const first = counter();
		expect(await first.tap(person('ar'))).toBe(true);
		// What a killed browser leaves is on the medium; the next opening goes on beside it.
		const second = counter();
		await Promise.all([second.tap(person('so')), second.tap(person('so')), second.tap(person('ar'))]);
		expect([...(await counts()).people]).toEqual([
			['ar', 2],
			['so', 2]
		]);
		await second.undo();
		await second.tap({ of: 'topics', name: 'permits', count: 1 });
		expect([...(await counts()).people]).toEqual([
			['ar', 1],
			['so', 2]
		]);
		expect([...(await counts()).topics]).toEqual([['permits', 1]]);
		expect(first.taps).toHaveLength(1);
		expect(await device.db.records.where('collection').equals('event-count').count()).toBe(2);
	});

	it('does not count a tap that was not saved, and says so', async () => {
		const broken = new EventCounter(
			{
				device,
				get stamp(): Stamp {
					throw new DOMException('no room', 'QuotaExceededError');
				}
			},
			id,
			date
		);
		const told: unknown[] = [];
		const hear = (event: ErrorEvent) => {
			told.push(event.error);
			event.preventDefault();
		};
		addEventListener('error', hear);
		expect(await broken.tap(person('ar'))).toBe(false);
		removeEventListener('error', hear);
		expect(told).toHaveLength(1);
		expect(broken.failure).toBe('full');
		expect(broken.taps).toEqual([]);
		expect((await counts()).total).toBe(0);
	});

	it('goes on while the register is locked in participants’ hands, where the device has a vault', async () => {
		const board = counter();
		await board.tap(person('ar'));
		closeKeys(device.membership.id);
		expect(await board.tap(person('so'))).toBe(true);
		expect(await counter().tap(person('so'))).toBe(true);
		expect([...(await counts()).people]).toEqual([
			['ar', 1],
			['so', 2]
		]);
	});

	it('counts the same tap twice in a second once', () => {
		const isNew = tapFilter();
		expect(isNew('ar', 1000)).toBe(true);
		expect(isNew('ar', 1400)).toBe(false);
		expect(isNew('ar', 1999)).toBe(false);
		expect(isNew('so', 1999)).toBe(true);
		expect(isNew('ar', 2100)).toBe(true);
		expect(isNew('ar', 3100)).toBe(true);
	});
});

describe('an event that ends', () => {
	it('makes one visit, however often it is ended, with five thousand people too', async () => {
		await counter().tap(person('ar', 5000));
		await Promise.all([end(), end()]);
		await settleEvent(device, stamp, id, date, (await day()).to);
		expect(await device.db.visits.count()).toBe(1);
		expect((await visit())?.participants).toEqual([{ language: 'ar', count: 5000 }]);
		expect((await visit())?.channel).toBe('event');
	});

	it('takes in what was counted elsewhere and comes later, and leaves what a hand has changed', async () => {
		await counter().tap(person('ar', 3));
		await end();
		await counter().tap(person('so', 2));
		await settleEvent(device, stamp, id, date, (await day()).to);
		expect((await visit())?.participants).toEqual([
			{ language: 'ar', count: 3 },
			{ language: 'so', count: 2 }
		]);
	});

	it('can be opened again and ended anew, with its one visit', async () => {
		await counter().tap(person('ar'));
		await end();
		await reopenEvent(device, stamp, await day());
		expect(doneOn((await day()).event, date)).toBeUndefined();
		expect((await visit())?.removed).toBe(true);
		await counter().tap(person('ar'));
		await end();
		expect(await device.db.visits.count()).toBe(1);
		expect((await visit())?.removed).toBe(false);
		expect((await visit())?.participants).toEqual([{ language: 'ar', count: 2 }]);
	});

	it('has its visit again where it was ended anew while nobody could read that there was one, and not where a hand removed it', async () => {
		await counter().tap(person('ar', 3));
		await end();
		await reopenEvent(device, stamp, await day());
		expect((await visit())?.removed).toBe(true);
		// What an end writes while the vault is locked.
		const by = device.membership.id;
		await writeEvent(device, stamp, id, { [doneField(date)]: { state: 'held', by } });
		await settleEvent(device, stamp, id, date, (await day()).to);
		expect(await visit()).toMatchObject({ removed: false, participants: [{ language: 'ar', count: 3 }] });
		await removeVisit(device, stamp, visitId);
		await settleEvent(device, stamp, id, date, (await day()).to);
		expect((await visit())?.removed).toBe(true);
	});

	it('makes its visit where it is ended weeks later, and not by itself', async () => {
		await counter().tap(person('ar', 3));
		const later = (await day()).to + 20 * 86_400_000;
		await endEvent(device, stamp, await day(), 'held', later);
		expect((await visit())?.participants).toEqual([{ language: 'ar', count: 3 }]);
		await device.db.visits.delete(visitId);
		await settleEvent(device, stamp, id, date, later);
		expect(await visit()).toBeUndefined();
	});

	it('makes no visit where nobody came, or where it was not held', async () => {
		await end('held');
		expect(doneOn((await day()).event, date)?.state).toBe('held');
		expect(await device.db.visits.count()).toBe(0);
		await reopenEvent(device, stamp, await day());
		await end('not-held');
		expect(doneOn((await day()).event, date)?.state).toBe('not-held');
		expect(await device.db.visits.count()).toBe(0);
	});
});
