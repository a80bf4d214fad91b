import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { baseOf, emptyRecord, join, opState, type RecordState } from '#lib/domain/record.ts';
import { factsOfSaid } from '#lib/domain/visit-facts.ts';
import { openDevice } from '#lib/device/open-device.ts';
import type { Device } from '#lib/device/device.ts';
import { Register } from '#lib/device/register.svelte.ts';
import { seal, unseal, type VisitRow } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { addVisit, changeVisit, removeVisit } from '#lib/device/visits.ts';
import { forgetKeys } from './keyring.ts';
import { makeVault } from './vault.ts';
import { readVisit, writeVisit } from './visit-body.ts';

let device: TestDevice;
let vaulted: Device;

beforeEach(async () => {
	device = await testDevice();
	await makeVault(device.open, device.membership, {
		kind: 'passkey',
		credential: new Uint8Array([1]),
		secret: new Uint8Array(32).fill(7)
	});
	vaulted = await openDevice(device.open, device.membership);
});

afterEach(async () => {
	vaulted.db.close();
	forgetKeys(device.membership.id);
	await device.remove();
});

/** Writes of one visit, by two replicas that do not always know of each other. */
const writes = fc.array(
	fc.record({
		fields: fc.dictionary(
			fc.constantFrom('at', 'language', 'removed', 'constructor'),
			fc.constantFrom('2026-11-26T10:00:00.000Z', '2026-11-27T10:00:00.000Z', true, false, null),
			{ minKeys: 1, noNullPrototype: true }
		),
		replica: fc.constantFrom('00000000000000aa', '00000000000000bb'),
		saw: fc.boolean()
	}),
	{ maxLength: 6 }
);

function written(list: typeof writes extends fc.Arbitrary<infer W> ? W : never): RecordState {
	let state = emptyRecord;
	list.forEach(({ fields, replica, saw }, index) => {
		const clock = `${String(index).padStart(15, '0')}-0000-${replica}`;
		const base = saw ? baseOf(state, Object.keys('removed' in fields ? state.heads : fields)) : {};
		const op = { opId: `op-${index}`, collection: 'visit', recordId: 'r', fields, clock, base, schema: 1 };
		state = join(state, opState(op, replica));
	});
	return state;
}

const told = (entry: VisitEntry) => ({
	at: entry.at,
	written: entry.written,
	stands: entry.stands,
	unsettled: entry.unsettled,
	said: ['at', 'language', 'removed', 'constructor', 'valueOf'].map((field) => [
		entry.said.valueOf(field),
		entry.said.clockOf(field)
	]),
	state: entry.state
});

describe('a visit in the vault', () => {
	it('says the same as without one, whoever wrote and removed what', async () => {
		await fc.assert(
			fc.asyncProperty(writes, async (list) => {
				const plain: VisitRow = { id: newId(), ...seal(written(list)) };
				await vaulted.db.visits.put(plain);
				const opened = (await vaulted.db.visits.get(plain.id))!;
				expect(told(new VisitEntry(opened))).toEqual(told(new VisitEntry(plain)));
				expect(unseal(opened)).toEqual(unseal(plain));
				const entry = new VisitEntry(opened);
				if (entry.facts) expect(entry.facts).toEqual(factsOfSaid(plain.id, new VisitEntry(plain).said));
			}),
			{ numRuns: 150 }
		);
	});

	it('is not taken apart before somebody looks at it, and never for its place in the list', async () => {
		const at = '2026-11-26T10:00:00.000Z';
		const id = await addVisit(vaulted, await readStamp(vaulted), { at, topics: ['work'] });
		const { brief, ...row } = (await vaulted.db.visits.get(id))!;
		let asked = 0;
		const entry = new VisitEntry({
			...row,
			brief: {
				time: brief!.time,
				state: () => (asked++, brief!.state()),
				said: brief!.said,
				facts: brief!.facts
			}
		});
		expect([entry.at, entry.stands, entry.unsettled, asked]).toEqual([Date.parse(at), true, false, 0]);
		expect([entry.glance.topics, asked]).toEqual([['work'], 1]);
	});

	it('tells own figures what they count without being taken apart, and what a change has made of it', async () => {
		const stamp = await readStamp(vaulted);
		const id = await addVisit(vaulted, stamp, { at: '2026-11-26T10:00:00.000Z', topics: ['work'] });
		const entry = async () => new VisitEntry((await vaulted.db.visits.get(id))!);
		expect((await entry()).facts).toMatchObject({ date: '2026-11-26', topics: ['work'] });
		await changeVisit(vaulted, stamp, id, { topics: ['money'] });
		expect((await entry()).facts?.topics).toEqual(['money']);
		await removeVisit(vaulted, stamp, id);
		expect((await entry()).facts).toBeUndefined();
	});

	it('that was written before such a line was, is read as before', () => {
		const state = written([
			{ fields: { at: '2026-11-26T10:00:00.000Z' }, replica: '00000000000000aa', saw: true }
		]);
		const [time, , whole] = writeVisit('v', JSON.stringify(state)).split('\n');
		const { brief, body } = readVisit(`${time}\n${whole}`);
		expect([brief.facts(), brief.state(), JSON.parse(body())]).toEqual([undefined, state, state]);
	});

	it('that is changed loses nothing, and a copy of its row does not know what it said before', async () => {
		const stamp = await readStamp(vaulted);
		const id = await addVisit(vaulted, stamp, { at: '2026-11-26T10:00:00.000Z', topics: ['work'] });
		await changeVisit(vaulted, stamp, id, { topics: ['money'] });
		const row = (await vaulted.db.visits.get(id))!;
		expect(new VisitEntry({ ...row, ...seal(emptyRecord) }).state).toEqual(emptyRecord);
		expect(new VisitEntry(row).glance.topics).toEqual(['money']);
		await removeVisit(vaulted, stamp, id);
		expect(new VisitEntry((await vaulted.db.visits.get(id))!).stands).toBe(false);
	});
});

/** A machine with other work takes its time. */
const SLOW = { timeout: 15_000 };

describe('a register of years', () => {
	const at = (count: number) => new Date(Date.UTC(2024, 0, 1) + count * 3_600_000).toISOString();
	const fill = (count: number) =>
		vaulted.db.visits.bulkPut(
			Array.from({ length: count }, (_, index) => {
				const id = newId(Date.parse(at(index)));
				const op = { opId: newId(), collection: 'visit', recordId: id, clock: 'c', base: {}, schema: 1 };
				return { id, ...seal(opState({ ...op, fields: { at: at(index), topics: ['work'] } }, 'm')) };
			})
		);

	it('shows the newest visits first, says that older ones are on their way, and misses none', async () => {
		await fill(1500);
		const register = new Register(vaulted.db);
		const { visits } = register;
		await register.start();
		expect([visits.ready, visits.complete]).toEqual([true, false]);
		expect(visits.all.length).toBe(300);
		expect(visits.all[0]!.at).toBe(Date.parse(at(1499)));
		// What is written meanwhile, and what goes, is shown and stays so.
		const stamp = await readStamp(vaulted);
		const id = await addVisit(vaulted, stamp, { at: at(2000), topics: ['money'] });
		const [oldest] = await vaulted.db.visits.toCollection().primaryKeys();
		await removeVisit(vaulted, stamp, oldest!);
		await expect.poll(() => visits.complete, SLOW).toBe(true);
		await expect.poll(() => visits.all.length, SLOW).toBe(1500);
		expect(visits.all[0]!.id).toBe(id);
		expect(visits.get(oldest!)?.stands).toBe(false);
		register.stop();
	});

	it('is begun anew where all of it was written over in between', async () => {
		await fill(1500);
		const register = new Register(vaulted.db);
		await register.start();
		await vaulted.db.visits.clear();
		await fill(900);
		await expect
			.poll(() => [register.visits.complete, register.visits.all.length], SLOW)
			.toEqual([true, 900]);
		register.stop();
	});

	it('that is small is read at once', async () => {
		await fill(700);
		const register = new Register(vaulted.db);
		await register.start();
		expect([register.visits.complete, register.visits.all.length]).toEqual([true, 700]);
		register.stop();
	});
});
