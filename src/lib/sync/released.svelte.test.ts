import { Dexie } from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { newDatabaseName, readMeta, type Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { readDraft } from '#lib/device/drafts.ts';
import { layDown, released, type Released } from '#lib/device/fixtures/load.ts';
import { DEVICE_SCHEMA } from '#lib/device/membership-db.ts';
import { PublicDb } from '#lib/device/public-db.ts';
import { desks } from '#lib/device/records.ts';
import { Register } from '#lib/device/register.svelte.ts';
import { openGuarded } from '#lib/device/schema-guard.ts';
import { services } from '#lib/device/services.ts';
import { addVisit, readStamp } from '#lib/device/visits.ts';
import { shownValues } from '#lib/domain/record.ts';
import { depsOver, FakeServer } from './fake-server.ts';
import { flush } from './flush.ts';

/**
 * A phone of every release comes back (design.md §5.9): its databases lie there as that release wrote them, and the app of today
 * opens them. What they hold was worked out when they were written, by other means than the code under test.
 */

const names: string[] = [];
const open: Dexie[] = [];
afterEach(async () => {
	for (const db of open.splice(0)) db.close();
	for (const name of names.splice(0)) await Dexie.delete(name);
});

async function phoneOf(fixture: Released): Promise<Device> {
	const renamed = new Map(fixture.databases.map(({ name }) => [name, newDatabaseName()]));
	names.push(...renamed.values());
	await layDown(fixture, (name) => renamed.get(name)!);
	const publicDb = await openGuarded(new PublicDb(renamed.get('reppu-public')!));
	const [membership] = await publicDb.memberships.toArray();
	const device = await openDevice(publicDb, membership!);
	open.push(publicDb, device.db);
	return device;
}

const inOrder = <T extends { opId: string }>(list: readonly T[]) =>
	list.toSorted((a, b) => (a.opId < b.opId ? -1 : 1));

it('every schema of the phone’s database before this one is kept', () => {
	const kept = released.flatMap(({ databases }) => databases.map(({ version }) => version / 10));
	for (let schema = 1; schema < Math.max(2, DEVICE_SCHEMA); schema += 1) expect(kept).toContain(schema);
});

describe.each(released)('a phone of $app', (fixture) => {
	const { expected } = fixture;

	it('shows everything that it held', async () => {
		const device = await phoneOf(fixture);
		const register = new Register(device.db);
		await register.start();
		try {
			const found = Object.keys(expected.visits).map((id) => register.visits.get(id));
			expect(register.visits.count).toBe(found.length);
			for (const visit of found) expect(shownValues(visit!.state)).toEqual(expected.visits[visit!.id]);
			const states = [...register.outbox.pending.values()].map(({ state }) => state);
			expect(register.counts).toEqual({
				waiting: new Set(expected.waiting.map(({ recordId }) => recordId)).size,
				attention: expected.rejected.length
			});
			expect(states).toContain('attention');
		} finally {
			register.stop();
		}
		const rejected = await device.db.rejected.toArray();
		expect(rejected.map(({ opId, recordId, reason: { code } }) => ({ opId, recordId, code }))).toEqual(
			expected.rejected
		);
		for (const [id, values] of Object.entries(expected.drafts))
			expect((await readDraft(device.db, id))?.values).toEqual(values);
		expect(await desks(device.db)).toHaveLength(expected.desks);
		expect(await services(device)).toHaveLength(expected.services);
		const { privateKey } = device.membership.key;
		expect(
			await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new Uint8Array(1))
		).toBeTruthy();
	});

	it('delivers what waited, with the numbers it had, goes on counting behind them, and gives again what a server lost', async () => {
		const device = await phoneOf(fixture);
		const server = new FakeServer(device);
		server.epoch = (await readMeta(device.db, 'epoch'))!;
		const deliver = async () => expect(await flush(device, depsOver(server))).toEqual({ ok: true });
		await deliver();
		const delivered = server.requests.flatMap(({ ops, replica }) => ops.map((op) => ({ ...op, replica })));
		const said = delivered.map(({ opId, recordId, replica, seq, fields, clock }) => ({
			opId,
			recordId,
			replica,
			seq,
			fields,
			clock
		}));
		const wanted = expected.waiting.map(({ opId, recordId, replica, seq, fields, clock }) => ({
			opId,
			recordId,
			replica,
			seq,
			fields,
			clock
		}));
		expect(inOrder(said)).toEqual(inOrder(wanted));
		expect(await device.db.outbox.count()).toBe(0);

		const highest = Math.max(...wanted.map(({ seq }) => seq));
		await addVisit(device, await readStamp(device), { language: 'ar' });
		await deliver();
		expect(server.requests.at(-1)?.ops).toMatchObject([{ seq: highest + 1 }]);

		server.restore(0, 'another life');
		await deliver();
		const journal = [...server.journal.keys()];
		for (const opId of [...expected.sent, ...expected.waiting.map((op) => op.opId)])
			expect(journal).toContain(opId);
		expect([...server.effects.values()].every((times) => times === 1)).toBe(true);
	});
});
