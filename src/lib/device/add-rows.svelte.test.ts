import { liveQuery } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { emptyRecord } from '#lib/domain/record.ts';
import { addRows } from './add-rows.ts';
import { saveDraft } from './drafts.ts';
import { testDevice, type TestDevice } from './test-device.ts';
import type { MembershipDb } from './membership-db.ts';
import { Register } from './register.svelte.ts';
import { seal } from './rows.ts';
import { addVisit, readStamp, type Stamp } from './visits.ts';

let device: TestDevice;
let stamp: Stamp;

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
});

afterEach(() => device.remove());

const save = (options: { id?: string; draft?: string } = {}) =>
	addVisit(device, stamp, { at: new Date().toISOString(), topics: ['work'] }, options);

describe('a visit that is saved', () => {
	it('is seen by every live query of it and its op, by whichever index they ask', async () => {
		const { visits, outbox } = device.db;
		const queries = {
			visits: () => visits.count(),
			outbox: () => outbox.toArray().then((rows) => rows.length),
			newest: () =>
				outbox
					.orderBy('seq')
					.last()
					.then((row) => (row ? 1 : 0)),
			mine: () => visits.where('id').equals('0').count()
		};
		const seen: Record<string, number> = {};
		const subscriptions = Object.entries(queries).map(([name, query]) =>
			liveQuery(query).subscribe((count) => (seen[name] = count))
		);
		await expect.poll(() => seen).toEqual({ visits: 0, outbox: 0, newest: 0, mine: 0 });
		await save({ id: '0' });
		await expect.poll(() => seen).toEqual({ visits: 1, outbox: 1, newest: 1, mine: 1 });
		await save();
		await expect.poll(() => seen).toEqual({ visits: 2, outbox: 2, newest: 1, mine: 1 });
		for (const subscription of subscriptions) subscription.unsubscribe();
	});

	it('is told to other tabs and workers as Dexie tells them, with its exact key', async () => {
		const heard = new Promise<Record<string, unknown>>((resolve) => {
			const channel = new BroadcastChannel('x-storagemutated-1');
			channel.onmessage = ({ data }) => {
				channel.close();
				resolve(data as Record<string, unknown>);
			};
		});
		const id = await save();
		const parts = await heard;
		expect(parts[`idb://${device.db.name}/visits/`]).toMatchObject({ from: id, to: id });
		expect(parts[`idb://${device.db.name}/outbox/`]).toMatchObject({ from: 1, to: 1 });
	});

	it('comes into memory, the visit never without its op', async () => {
		const { register, seen } = watched(device.db);
		await register.start();
		const id = await save();
		await expect.poll(() => register.visits.all.map((entry) => entry.id)).toEqual([id]);
		expect(seen).not.toContain('visit without op');
		expect(register.outbox.pending.get(id)).toEqual({ state: 'saved' });
		expect(register.counts).toEqual({ waiting: 1, attention: 0 });
		register.stop();
	});

	it('takes its draft along', async () => {
		await saveDraft(device.db, { id: 'draft', at: 0, values: {} });
		await save({ draft: 'draft' });
		expect(await device.db.drafts.count()).toBe(0);
	});
});

/** A register that is looked at whenever a reading is taken in. */
function watched(db: MembershipDb) {
	const register = new Register(db);
	const seen: string[] = [];
	const { visits, outbox } = register;
	const { taken } = visits.follower;
	visits.follower.taken = (complete) => {
		taken(complete);
		for (const { id } of visits.all) seen.push(outbox.pending.has(id) ? 'both' : 'visit without op');
	};
	return { register, seen };
}

describe('all or none', () => {
	it('saving twice leaves one visit, one op and the draft of the other', async () => {
		await saveDraft(device.db, { id: 'draft', at: 0, values: {} });
		const id = await save();
		await expect(save({ id, draft: 'draft' })).rejects.toMatchObject({ name: 'ConstraintError' });
		expect(await device.db.visits.count()).toBe(1);
		expect(await device.db.outbox.count()).toBe(1);
		expect(await device.db.drafts.count()).toBe(1);
	});

	it('a row that cannot be stored leaves nothing of the others', async () => {
		const { db } = device;
		const rows = [
			[db.visits, { id: newId(), ...seal(emptyRecord) }],
			[db.outbox, { opId: newId(), body: () => undefined }]
		] as const;
		await expect(addRows(db, { add: rows })).rejects.toMatchObject({ name: 'DataCloneError' });
		expect(await db.visits.count()).toBe(0);
	});
});

it('opens the database again where the browser has closed it', async () => {
	device.db.close({ disableAutoOpen: false });
	const id = await save();
	expect(await device.db.visits.get(id)).toBeDefined();
	expect(await device.db.outbox.count()).toBe(1);
});
