import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { roles } from '#lib/protocol/accounts.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { newOrganisation, Phone, startServer, stopServers } from '../../support/server.ts';
import { onEveryStore } from '../../support/stores.ts';
import { newSide, rowsOf, seen, type Side } from './world.ts';

afterAll(stopServers);

/** Stands in every visit that is made here, and in nothing else. */
const CANARY = 'kanarialintu';

onEveryStore('sync, by role and organisation', (fresh) => {
	let server: ServerContext;
	let mine: Side;
	let other: Side;

	const visitOf = (phone: Phone) => phone.visit({ topics: [CANARY] });

	beforeAll(async () => {
		server = await startServer(fresh());
		[mine, other] = [await newSide(server), await newSide(server)];
		for (const { phones } of [mine, other])
			for (const role of ['adviser', 'coordinator', 'administrator'] as const)
				expect((await phones[role].sync([visitOf(phones[role])])).receipts[0]?.outcome).toBe('applied');
	});

	it('gives each role its own scope: visits to who logged them and to coordinators, to a viewer the directory alone', async () => {
		const read = async (phone: Phone) => {
			const changes = await phone.readAll();
			const visits = changes.filter(({ collection }) => collection === 'visit');
			const parts = [...new Set(changes.map(({ part }) => part.replace(/^member:.*/, 'member')))].sort();
			return { visits: visits.length, canaries: JSON.stringify(changes).split(CANARY).length - 1, parts };
		};
		const { adviser, coordinator, administrator, viewer } = mine.phones;
		expect(await read(adviser)).toMatchObject({
			visits: 1,
			canaries: 1,
			parts: ['directory', 'organisation', 'own']
		});
		expect(await read(coordinator)).toMatchObject({ visits: 3, canaries: 3 });
		// What an administrator has logged themselves, and of nobody else.
		expect(await read(administrator)).toMatchObject({ visits: 1, canaries: 1 });
		expect(await read(viewer)).toEqual({ visits: 0, canaries: 0, parts: ['directory'] });
	});

	it('refuses what no role may deliver, and reads nothing to a device or a member that is gone (#51, #57)', async () => {
		for (const role of roles) {
			const [receipt] = (await mine.phones[role].sync([visitOf(mine.phones[role])])).receipts;
			expect([role, receipt?.outcome]).toEqual([role, role === 'viewer' ? 'rejected' : 'applied']);
		}
		for (const phone of mine.gone) {
			const answer = await phone.send({ ops: [], cursors: {} });
			expect([answer.status, await answer.text()]).toEqual([403, '{"error":"device_revoked"}']);
		}
	});

	it('reads nothing with the session of another device, member or organisation', async () => {
		const { adviser, coordinator } = mine.phones;
		for (const jar of [coordinator.jar, other.phones.coordinator.jar]) {
			const mixed = new Phone(server, adviser.enrolled, adviser.key);
			mixed.jar.values.clear();
			for (const value of jar.values.values())
				mixed.jar.values.set(`reppu-${adviser.enrolled.membership}`, value);
			expect((await mixed.send({ ops: [], cursors: {} })).status).toBe(401);
		}
	});

	it('makes no difference between what is another organisation’s and what does not exist (#84)', async () => {
		const { coordinator } = mine.phones;
		const theirs = other.phones.adviser.enrolled.membership;
		const record = visitOf(other.phones.adviser);
		await other.phones.adviser.sync([record]);
		const before = await rowsOf(server, other.organisation);
		const told = async (changes: Partial<WireOp>, opId?: string) => {
			const { receipts } = await coordinator.sync([
				{ ...visitOf(coordinator), ...changes, ...(opId ? { opId } : {}) }
			]);
			return receipts.map(({ outcome, code }) => ({ outcome, code }));
		};
		// Its member, its record, its op, and what would erase it.
		expect(await told({ of: theirs })).toEqual(await told({ of: newId() }));
		expect(await told({ recordId: record.recordId })).toEqual(await told({ recordId: newId() }));
		expect(await told({}, record.opId)).toEqual(await told({}, newId()));
		const erase = { collection: 'erasure', fields: { collection: 'visit' } };
		expect(await told({ ...erase, recordId: record.recordId })).toEqual(
			await told({ ...erase, recordId: newId() })
		);
		const cursor = { [`member:${theirs}`]: 'x' };
		const unknown = { [`member:${newId()}`]: 'x' };
		const lost = async (cursors: Record<string, string>) => {
			const answer = await coordinator.sync([], cursors);
			return [answer.lost?.length, JSON.stringify(answer.changes).includes(record.recordId)];
		};
		const mineErased = record.recordId;
		expect((await lost(cursor))[0]).toEqual((await lost(unknown))[0]);
		expect(await rowsOf(server, other.organisation)).toBe(before);
		const changes = await other.phones.coordinator.readAll();
		expect(changes.find(({ recordId }) => recordId === mineErased)?.state).toBeDefined();
	});

	it('takes a stolen push for what it is: the same again changes nothing, and another device’s signature fails (#86)', async () => {
		const { phones } = await newOrganisation(server, 'adviser', 'adviser');
		const [author, thief] = phones as [Phone, Phone];
		const message = { protocol: 1, replica: author.replica, ops: [author.visit()] };
		const body = Buffer.from(JSON.stringify({ ...message, highSeq: author.seq }));
		const first = (await (await author.sendBytes(body)).json()) as { receipts: object[] };
		const before = await rowsOf(server, author.enrolled.organisation);
		for (let times = 0; times < 3; times += 1) {
			const again = (await (await author.sendBytes(body)).json()) as { receipts: object[] };
			expect(again.receipts).toEqual(first.receipts);
		}
		const asThief = await seen(await author.sendBytes(body, thief.headers(body)));
		expect(asThief).toMatchObject({ status: 401, body: '{"error":"bad_signature"}' });
		const foreign = await author.sendBytes(body, { 'reppu-device': thief.enrolled.device });
		expect(foreign.status).toBe(401);
		const altered = Buffer.from(body.toString().replace('"ar"', '"so"'));
		expect((await author.sendBytes(altered, author.headers(body))).status).toBe(401);
		expect(await rowsOf(server, author.enrolled.organisation)).toBe(before);
	});

	it('takes nothing of what the server alone decides from an op (#85)', async () => {
		const { adviser } = mine.phones;
		const before = await rowsOf(server, mine.organisation);
		const keys = [
			'organisation',
			'organisation_id',
			'membership',
			'author',
			'role',
			'device',
			'part',
			'change',
			'outcome'
		];
		for (const key of keys) {
			const op = { ...adviser.visit(), [key]: mine.phones.coordinator.enrolled.membership };
			expect([key, (await adviser.send({ ops: [op] })).status]).toEqual([key, 422]);
			expect([key, (await adviser.send({ ops: [], [key]: 'x' })).status]).toEqual([key, 422]);
		}
		expect(await rowsOf(server, mine.organisation)).toBe(before);
	});
});
