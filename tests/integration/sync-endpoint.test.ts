import { describe, expect, it } from 'vitest';
import { newId, newReplica } from '#lib/domain/ids.ts';
import { baseOf, opState } from '#lib/domain/record.ts';
import { nextClock } from '#lib/domain/clock.ts';
import { MAX_CHANGES } from '#lib/protocol/limits.ts';
import { packOps } from '#lib/protocol/packed.ts';
import { syncAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { invite } from '#lib/server/accounts/invitations.ts';
import { changeRole } from '#lib/server/accounts/roles.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { newOrganisation, newPhone, Phone, startServer, stateOf } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const rows = async (phone: Phone, table: 'journal' | 'records' | 'visit_facts') => {
	const { store } = phone.server;
	const { n } = await store.db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll().as('n'))
		.where('organisation_id', '=', phone.enrolled.organisation)
		.where(
			table === 'records' ? 'collection' : 'organisation_id',
			'=',
			table === 'records' ? 'visit' : phone.enrolled.organisation
		)
		.executeTakeFirstOrThrow();
	return Number(n);
};

/** A change of somebody's visit by somebody who has seen it as it was made. */
function correct(phone: Phone, made: WireOp, fields: WireOp['fields'], now = Date.now()): WireOp {
	phone.seq += 1;
	const base = Object.fromEntries(
		Object.keys(fields).flatMap((field) => (field in made.fields ? [[field, [made.clock]]] : []))
	);
	return {
		opId: newId(now),
		seq: phone.seq,
		collection: 'visit',
		recordId: made.recordId,
		fields,
		clock: nextClock(now, phone.replica, Object.values(base).flat()),
		base,
		schema: 1
	};
}

/** Every transaction stays open for a while before it commits. */
function slowDown({ store }: ServerContext): void {
	const { write } = store;
	store.write = (task) =>
		write(async (trx, last) => {
			const result = await task(trx, last);
			await new Promise((resolve) => setTimeout(resolve, Math.random() * 15));
			return result;
		});
}

const one = async (database: string): Promise<Phone> => {
	const server = await startServer(database);
	const { phones } = await newOrganisation(server, 'adviser');
	return phones[0]!;
};

onEveryStore('the sync endpoint', (fresh) => {
	it('applies a batch once, however often it comes', async () => {
		const phone = await one(fresh());
		const ops = [phone.visit(), phone.visit(), phone.visit()];
		const first = await phone.sync(ops);
		expect(first.receipts.map((receipt) => receipt.outcome)).toEqual(['applied', 'applied', 'applied']);
		expect(first.receipts.map((receipt) => receipt.opId)).toEqual(ops.map((op) => op.opId));
		const again = await phone.sync([...ops].reverse());
		expect(again.receipts.toReversed()).toEqual(first.receipts);
		expect(await rows(phone, 'journal')).toBe(3);
		expect(await rows(phone, 'visit_facts')).toBe(3);
	});

	it('takes the same ops by column, compressed', async () => {
		const phone = await one(fresh());
		const ops = Array.from({ length: 20 }, () => phone.visit());
		const response = await phone.send({ packed: packOps(ops, phone.replica) }, { gzip: true });
		expect(response.status).toBe(200);
		const again = await phone.sync(ops);
		expect(again.receipts.every((receipt) => receipt.outcome === 'applied')).toBe(true);
		expect(await rows(phone, 'journal')).toBe(20);
	});

	it('rejects one bad op and applies the others; the same op stays rejected', async () => {
		const phone = await one(fresh());
		const bad = phone.visit({ at: 'yesterday' });
		const ops = [phone.visit(), bad, phone.visit()];
		const { receipts } = await phone.sync(ops);
		expect(receipts.map((receipt) => receipt.outcome)).toEqual(['applied', 'rejected', 'applied']);
		expect(receipts[1]).toMatchObject({ code: 'invalid_value', field: 'at' });
		expect((await phone.sync([bad])).receipts[0]).toEqual(receipts[1]);
		expect(await rows(phone, 'journal')).toBe(3);
	});

	it('tells a reused opId and a fork apart', async () => {
		const phone = await one(fresh());
		const op = phone.visit();
		await phone.sync([op]);
		const reused = await phone.sync([{ ...op, fields: { ...op.fields, language: 'fi' } }]);
		expect(reused.receipts[0]).toMatchObject({ outcome: 'rejected', code: 'op_reused' });
		// The same said in another order is the same.
		const turned = { ...op, fields: Object.fromEntries(Object.entries(op.fields).reverse()) };
		expect((await phone.sync([turned])).receipts[0]).toMatchObject({ outcome: 'applied' });
		const other = { ...turned, recordId: newId() };
		expect((await phone.sync([other])).receipts[0]).toMatchObject({ code: 'op_reused' });
		const fork = await phone.sync([{ ...phone.visit(), seq: op.seq }]);
		expect(fork.receipts[0]).toMatchObject({ outcome: 'later', code: 'fork' });
		// After the fork the same op comes under another number: it is the same op.
		phone.replica = newReplica();
		expect((await phone.sync([{ ...op, seq: 1 }])).receipts[0]).toMatchObject({ outcome: 'applied' });
		expect(await rows(phone, 'records')).toBe(1);
	});

	it('keeps both values where two phones changed one field without knowing of each other', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [a] = phones as [Phone];
		const b = await newPhone(server, organisation, a.enrolled.membership);
		const created = a.visit({ language: 'ru' });
		await a.sync([created]);
		const state = opState({ ...created, base: {} }, a.enrolled.membership);
		const edit = (phone: Phone, language: string): WireOp => {
			phone.seq += 1;
			const base = baseOf(state, ['language']);
			return {
				opId: newId(),
				seq: phone.seq,
				collection: 'visit',
				recordId: created.recordId,
				fields: { language },
				clock: nextClock(Date.now(), phone.replica, Object.values(base).flat()),
				base,
				schema: 1
			};
		};
		expect((await a.sync([edit(a, 'uk')])).receipts[0]?.outcome).toBe('applied');
		expect((await b.sync([edit(b, 'fi')])).receipts[0]?.outcome).toBe('conflict');
		const { heads } = await stateOf(server, organisation, created.recordId);
		const values = heads.language?.map((head) => head.value);
		expect(values?.toSorted()).toEqual(['fi', 'uk']);
	});

	it('gives change numbers without gaps or repeats to eight writers at once, and a reader misses none', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const { membership } = phones[0]!.enrolled;
		const writers = await Promise.all(
			Array.from({ length: 8 }, () => newPhone(server, organisation, membership))
		);
		const before = await server.store.db
			.selectFrom('counters')
			.selectAll()
			.where('organisation_id', '=', organisation)
			.executeTakeFirstOrThrow();
		const receipts = (
			await Promise.all(
				writers.map(async (phone) => {
					const got: number[] = [];
					for (let batch = 0; batch < 5; batch += 1) {
						const ops = Array.from({ length: 10 }, () => phone.visit());
						for (const receipt of (await phone.sync(ops)).receipts) got.push(receipt.change ?? -1);
					}
					return got;
				})
			)
		).flat();
		const start = Number(before.change_number);
		expect(receipts.toSorted((x, y) => x - y)).toEqual(
			Array.from({ length: 400 }, (_, index) => start + index + 1)
		);
		expect(await rows(phones[0]!, 'records')).toBe(400);
	});

	it('lets eight writers change one record and loses no value', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [author] = phones as [Phone];
		const created = author.visit();
		await author.sync([created]);
		const writers = await Promise.all(
			Array.from({ length: 8 }, () => newPhone(server, organisation, author.enrolled.membership))
		);
		await Promise.all(
			writers.map(async (phone) => {
				phone.seq += 1;
				const note = `notes/${newId()}`;
				const op: WireOp = {
					opId: newId(),
					seq: phone.seq,
					collection: 'visit',
					recordId: created.recordId,
					fields: { [note]: { text: 'x', at: new Date().toISOString() } },
					clock: nextClock(Date.now(), phone.replica),
					schema: 1
				};
				await phone.sync([op]);
			})
		);
		const { heads } = await stateOf(server, organisation, created.recordId);
		const notes = Object.keys(heads).filter((field) => field.startsWith('notes/'));
		expect(notes).toHaveLength(8);
	});

	it('gives a phone what is new since its cursor, and nothing of another organisation', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const other = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const cursors: Record<string, string> = {};
		const first = await phone.readAll(cursors);
		expect(first.length).toBeGreaterThan(MAX_CHANGES);
		expect(first.every(({ part, collection }) => part === 'directory' || collection === 'member')).toBe(true);
		const desk = {
			collection: 'desk',
			id: newId(),
			part: 'organisation' as const,
			fields: { name: 'Kirjasto' }
		};
		await server.store.write((trx) => publish(trx, organisation, [desk], Date.now()));
		const second = await phone.sync([], cursors);
		expect(second.changes.map((change) => change.recordId)).toEqual([desk.id]);
		const foreign = await other.phones[0]!.readAll(cursors);
		expect(foreign.map((change) => change.recordId)).not.toContain(desk.id);
	});

	it('gives a member its own visits, a coordinator those of all, an administrator none of others', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'adviser',
			'coordinator',
			'administrator'
		);
		const [a, b, coordinator, administrator] = phones as [Phone, Phone, Phone, Phone];
		const second = await newPhone(server, organisation, a.enrolled.membership);
		const visit = a.visit();
		await a.sync([visit]);
		const visitsOf = async (phone: Phone) =>
			(await phone.readAll()).flatMap(({ part, collection, recordId }) =>
				collection === 'visit' ? [{ part, recordId }] : []
			);
		expect(await visitsOf(second)).toEqual([{ part: 'own', recordId: visit.recordId }]);
		const others = [{ part: `member:${a.enrolled.membership}`, recordId: visit.recordId }];
		expect(await visitsOf(coordinator)).toEqual(others);
		expect(await visitsOf(b)).toEqual([]);
		expect(await visitsOf(administrator)).toEqual([]);
	});

	it("brings a coordinator's correction to its author, under the coordinator's name", async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const created = author.visit({ language: 'ru' });
		await author.sync([created]);
		const cursors: Record<string, string> = {};
		await author.readAll(cursors);
		const correction = correct(coordinator, created, { language: 'uk' });
		expect((await coordinator.sync([correction])).receipts[0]?.outcome).toBe('applied');
		const { changes } = await author.sync([], cursors);
		expect(changes).toMatchObject([{ part: 'own', recordId: created.recordId }]);
		expect(changes[0]?.state?.heads.language).toMatchObject([
			{ value: 'uk', author: coordinator.enrolled.membership }
		]);
		const { membership_id } = await server.store.db
			.selectFrom('visit_facts')
			.select('membership_id')
			.where('organisation_id', '=', organisation)
			.executeTakeFirstOrThrow();
		expect(membership_id).toBe(author.enrolled.membership);
	});

	it('judges by the rights of the time when an op was written, and names the parts that are lost [fault 57]', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const created = author.visit();
		await author.sync([created]);
		const before = await coordinator.sync([], {});
		const written = correct(coordinator, created, { channel: 'phone' });
		const { membership } = coordinator.enrolled;
		await changeRole(server.store, organisation, membership, 'adviser', Date.now() + 1000);
		expect((await coordinator.sync([written])).receipts[0]?.outcome).toBe('applied');
		const later = correct(coordinator, created, { channel: 'email' }, Date.now() + 60_000);
		expect((await coordinator.sync([later])).receipts[0]).toMatchObject({
			outcome: 'rejected',
			code: 'not_yours'
		});
		const after = await coordinator.sync([], before.cursors);
		expect(after.lost).toEqual([`member:${author.enrolled.membership}`]);
		expect(after.changes.filter(({ collection }) => collection === 'visit')).toEqual([]);
	});

	it('leaves a correction that came before its record to whoever made the record', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const created = author.visit({ language: 'ru' });
		const of = author.enrolled.membership;
		const correction = { ...correct(coordinator, created, { language: 'uk' }), of };
		expect((await coordinator.sync([correction])).receipts[0]?.outcome).toBe('applied');
		const stranger = { ...correct(coordinator, author.visit(), { language: 'uk' }), of: newId() };
		expect((await coordinator.sync([stranger])).receipts[0]).toMatchObject({ code: 'not_yours' });
		const claimed = { ...author.visit(), of: coordinator.enrolled.membership };
		expect((await author.sync([claimed])).receipts[0]).toMatchObject({ code: 'not_yours' });
		expect((await author.sync([created])).receipts[0]?.outcome).toBe('applied');
		const { heads } = await stateOf(server, organisation, created.recordId);
		expect(heads.language?.map(({ value }) => value)).toEqual(['uk']);
		expect((await author.readAll()).filter(({ collection }) => collection === 'visit')).toHaveLength(1);
	});

	it('gives a new device the visits of 90 days, in pages, and every change after that whatever its age', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [a] = phones as [Phone];
		const day = 86_400_000;
		const old = a.visit({}, Date.now() - 100 * day);
		const recent = Array.from({ length: 1100 }, (_, index) => a.visit({}, Date.now() - (index % 89) * day));
		for (const ops of [[old], recent.slice(0, 500), recent.slice(500, 1000), recent.slice(1000)])
			await a.sync(ops);
		const second = await newPhone(server, organisation, a.enrolled.membership);
		const cursors: Record<string, string> = {};
		const first = await second.readAll(cursors);
		const got = first.filter(({ collection }) => collection === 'visit').map(({ recordId }) => recordId);
		expect(new Set(got)).toEqual(new Set(recent.map(({ recordId }) => recordId)));
		expect(got).toHaveLength(1100);
		await a.sync([correct(a, old, { language: 'fi' })]);
		expect((await second.readAll(cursors)).map(({ recordId }) => recordId)).toEqual([old.recordId]);
	});

	it('keeps what became of a rejected op with its author, whoever decides, and fills places with headers', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser', 'coordinator');
		const [author, other, coordinator] = phones as [Phone, Phone, Phone];
		const bad = author.visit({ at: 'yesterday' });
		await author.sync([bad]);
		const decide = (phone: Phone, state: string): WireOp => ({
			...phone.visit(),
			collection: 'rejection',
			recordId: bad.opId,
			fields: { state }
		});
		expect((await author.sync([decide(author, 'handed-over')])).receipts[0]?.outcome).toBe('applied');
		expect((await other.sync([decide(other, 'discarded')])).receipts[0]).toMatchObject({ code: 'not_yours' });
		expect((await coordinator.sync([decide(coordinator, 'nonsense')])).receipts[0]).toMatchObject({
			code: 'invalid_value',
			field: 'state'
		});
		expect((await coordinator.sync([decide(coordinator, 'discarded')])).receipts[0]?.outcome).not.toBe(
			'rejected'
		);
		const told = (await author.readAll()).filter(({ collection }) => collection === 'rejection');
		expect(told).toMatchObject([{ part: 'own', recordId: bad.opId }]);
		const before = await rows(author, 'records');
		const header = { ...author.visit(), fields: {} };
		expect((await author.sync([header])).receipts[0]).toMatchObject({ outcome: 'applied' });
		expect(await rows(author, 'records')).toBe(before);
		const { n } = await server.store.db
			.selectFrom('journal')
			.select((eb) => eb.fn.countAll().as('n'))
			.where('organisation_id', '=', organisation)
			.where('op_id', '=', header.opId)
			.executeTakeFirstOrThrow();
		expect(Number(n)).toBe(1);
	});

	it('does not send back what the device has itself delivered', async () => {
		const phone = await one(fresh());
		const cursors: Record<string, string> = {};
		await phone.sync([phone.visit()]);
		await phone.readAll(cursors);
		const delivered = await phone.sync([phone.visit(), phone.visit()]);
		const numbers = delivered.receipts.map(({ change }) => change!);
		const have = [[Math.min(...numbers), Math.max(...numbers)]];
		const answer = await phone.send({ ops: [phone.visit()], cursors, have });
		expect(syncAnswer.parse(await answer.json()).changes).toEqual([]);
		expect((await phone.sync([], cursors)).changes).toHaveLength(3);
	});

	it('reads from zero where the cursor is of an earlier life of the database', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const visit = phone.visit();
		await phone.sync([visit]);
		const cursors: Record<string, string> = {};
		await phone.readAll(cursors);
		expect((await phone.sync([], cursors)).changes).toEqual([]);
		server.epoch = newId();
		const again = await phone.readAll(cursors);
		expect(again.map(({ recordId }) => recordId)).toContain(visit.recordId);
	});

	it('asks no more of its database for a coordinator of many members than for one of none', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'coordinator');
		const [office] = phones as [Phone];
		const cursors: Record<string, string> = {};
		const statements = async () => {
			await office.readAll(cursors);
			const { db } = server.store;
			let count = 0;
			server.store.db = db.withPlugin({
				transformQuery({ node }) {
					count += 1;
					return node;
				},
				transformResult: async ({ result }) => result
			});
			expect(await office.readAll(cursors)).toEqual([]);
			server.store.db = db;
			return count;
		};
		const few = await statements();
		const inviter = { organisation, role: 'administrator' as const };
		for (let member = 0; member < 20; member += 1)
			await server.store.write((trx) =>
				invite(trx, inviter, { name: `Member ${member}`, role: 'adviser' }, 'sent', Date.now())
			);
		expect(await statements()).toBe(few);
		expect(few).toBeGreaterThan(3);
	});

	it('hides no late commit from readers, though writers are slow and servers are several', async () => {
		const database = fresh();
		const first = await startServer(database);
		// Only PostgreSQL may have several app servers on one database.
		const servers = first.store.kind === 'postgres' ? [first, await startServer(database)] : [first];
		const { organisation, phones } = await newOrganisation(first, 'adviser', 'coordinator');
		const { membership } = phones[0]!.enrolled;
		const writers = await Promise.all(
			Array.from({ length: 6 }, (_, index) =>
				newPhone(servers[index % servers.length]!, organisation, membership)
			)
		);
		for (const server of servers) slowDown(server);
		const written = new Set<string>();
		let writing = true;
		const write = Promise.all(
			writers.map(async (phone) => {
				for (let batch = 0; batch < 6; batch += 1) {
					const ops = [phone.visit(), phone.visit()];
					for (const { recordId } of ops) written.add(recordId);
					await phone.sync(ops);
				}
			})
		).then(() => (writing = false));
		const readers = servers.map(async (server) => {
			const reader = new Phone(server, phones[1]!.enrolled, phones[1]!.key);
			const cursors: Record<string, string> = {};
			const seen = new Set<string>();
			const look = async () => (await reader.readAll(cursors)).forEach(({ recordId }) => seen.add(recordId));
			while (writing) await look();
			await look();
			return seen;
		});
		await write;
		for (const seen of await Promise.all(readers)) expect(seen).toEqual(new Set([...seen, ...written]));
		expect(written.size).toBe(72);
	});

	it('refuses a record of somebody else, a wrong signature, a revoked device; a delivery needs no session', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser');
		const [a, b] = phones as [Phone, Phone];
		const op = a.visit();
		await a.sync([op]);
		const stolen = await b.sync([{ ...b.visit(), recordId: op.recordId }]);
		expect(stolen.receipts[0]).toMatchObject({ outcome: 'rejected', code: 'not_yours' });
		a.jar.values.clear();
		expect((await a.sync([a.visit()])).receipts[0]?.outcome).toBe('applied');
		expect((await a.send({ ops: [], cursors: {} })).status).toBe(401);
		const impostor = new Phone(server, a.enrolled, b.key);
		expect((await impostor.send({ ops: [] })).status).toBe(401);
		await revokeDevice(server.store, organisation, a.enrolled.device, Date.now());
		const refused = await a.send({ ops: [a.visit()], cursors: {} });
		expect(refused.status).toBe(403);
		expect(await refused.json()).toEqual({ error: 'device_revoked' });
	});
});

describe('a desk', () => {
	it('that is unknown or closed is told with its field', async () => {
		const phone = await one(':memory:');
		const closed = newId();
		await phone.server.store.write((trx) =>
			publish(
				trx,
				phone.enrolled.organisation,
				[
					{
						collection: 'desk',
						id: closed,
						part: 'organisation',
						fields: { name: 'x', closedFrom: '2026-01-01' }
					}
				],
				Date.now()
			)
		);
		const { receipts } = await phone.sync([phone.visit({ desk: newId() }), phone.visit({ desk: closed })]);
		expect(receipts).toMatchObject([
			{ outcome: 'rejected', code: 'desk_unknown', field: 'desk' },
			{ outcome: 'rejected', code: 'desk_closed', field: 'desk' }
		]);
	});
});
