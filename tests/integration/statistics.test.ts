import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { baseOf, join, opState, type RecordState } from '#lib/domain/record.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { figuresOf } from '#lib/server/reports/figures.ts';
import { handleFigures } from '#lib/server/reports/handle-report.ts';
import { packMonths } from '#lib/server/reports/packed-months.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { cardsOf } from '#lib/server/storage/card-links.ts';
import { insertRows } from '#lib/server/storage/many-rows.ts';
import { migrateIn, migrations } from '#lib/server/storage/migrations.ts';
import { pointTo } from '#lib/server/storage/record-states.ts';
import { writeState } from '#lib/domain/record-text.ts';
import { connectStore, migrate } from '#lib/server/storage/store.ts';
import { codeVisits } from '#lib/statistics/columns.ts';
import { count } from '#lib/statistics/count.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { visitFacts } from '#lib/domain/visit-facts.ts';
import { figures } from '#lib/statistics/question.ts';
import { plainCount, type Counted } from '../support/plain-count.ts';
import { questionOf, visitFieldsOf } from '../support/random-visits.ts';
import { call, newOrganisation, ORIGIN, type Phone, startServer } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const drawn = <T>(what: fc.Arbitrary<T>, numRuns: number, more = 0) =>
	fc.sample(what, { seed: SEED + more, numRuns });

/** After everything that is made up here. */
const NOW = Date.UTC(2026, 8, 1);

/** What an adviser's phone holds, beside what the server makes of it. */
class Register {
	readonly states = new Map<string, { state: RecordState; adviser: string }>();

	make(phone: Phone, fields: Record<string, JsonValue>): WireOp {
		const op = phone.visit();
		return this.#note(phone, { ...op, fields: { ...op.fields, ...fields } });
	}

	change(phone: Phone, recordId: string, fields: Record<string, JsonValue>): WireOp {
		const base = baseOf(this.states.get(recordId)!.state, Object.keys(fields));
		phone.seq += 1;
		const clock = nextClock(Date.now(), phone.replica, Object.values(base).flat());
		const op = {
			opId: newId(),
			seq: phone.seq,
			collection: 'visit',
			recordId,
			fields,
			clock,
			base,
			schema: 1
		};
		return this.#note(phone, op);
	}

	#note({ enrolled }: Phone, op: WireOp): WireOp {
		const before = this.states.get(op.recordId);
		const state = opState({ ...op, base: op.base ?? {} }, enrolled.membership);
		this.states.set(op.recordId, {
			state: before ? join(before.state, state) : state,
			adviser: before?.adviser ?? enrolled.membership
		});
		return op;
	}

	counted(): Counted[] {
		return [...this.states].flatMap(([id, { state, adviser }]) => {
			const facts = visitFacts(id, state);
			return facts ? [{ ...facts, adviser, cards: cardsOf(state) }] : [];
		});
	}
}

async function packedRows({ store }: ServerContext): Promise<number> {
	const { n } = await store.db
		.selectFrom('packed_months')
		.select((eb) => eb.fn.countAll().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}

describe('the phone', () => {
	it(`counts as one would say it (SEED=${SEED})`, () => {
		const register = new Register();
		const phone = {
			visit: () => ({ opId: newId(), recordId: newId(), fields: {}, clock: nextClock(0, 'a'), schema: 1 }),
			enrolled: { membership: 'somebody' }
		} as unknown as Phone;
		for (const fields of drawn(visitFieldsOf, 400)) register.make(phone, fields);
		const visits = register.counted();
		for (const question of drawn(questionOf, 300, 1))
			expect(count(codeVisits(visits), question)).toEqual(plainCount(visits, question));
	});
});

onEveryStore(`the server (SEED=${SEED})`, (fresh, kind, empty) => {
	it('gives the phone’s numbers, whatever is packed, changed, removed and erased', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser', 'coordinator');
		const [first, second, coordinator] = phones as [Phone, Phone, Phone];
		const other = (await newOrganisation(server, 'adviser')).phones[0]!;
		const register = new Register();
		const fields = drawn(visitFieldsOf, 600);
		const send = async (phone: Phone, part: typeof fields) =>
			phone.sync(part.map((one) => register.make(phone, one)));
		const agree = async (more: number) => {
			const visits = register.counted();
			let contacts = 0;
			let counted = 0;
			// Some are asked each time: what a server has kept of their months must not outlive a change.
			for (const question of [...drawn(questionOf, 30, 0), ...drawn(questionOf, 40, more)]) {
				const figures = await figuresOf(server.store, organisation, question);
				expect(figures).toEqual(count(codeVisits(visits), question));
				const wanted = { ...question, clients: true, tables: [] };
				const clients = await figuresOf(server.store, organisation, wanted);
				expect(clients).toEqual(plainCount(visits, wanted));
				contacts += figures.contacts;
				counted += (figures.count ?? 0) * clients.clients!;
			}
			expect(contacts).toBeGreaterThan(0);
			expect(counted).toBeGreaterThan(0);
		};
		await other.sync(fields.slice(0, 50).map((one) => other.visit(one as never)));
		await send(first, fields.slice(0, 250));
		await agree(1);
		await packMonths(server.store, NOW);
		const all = await packedRows(server);
		expect(all).toBeGreaterThan(100);
		await agree(2);

		// Late entries, of some months only.
		await send(
			second,
			fields.slice(250, 600).filter(({ at }) => String(at) < '2025-06')
		);
		expect(await packedRows(server)).toBeLessThan(all);
		await agree(3);
		await packMonths(server.store, NOW);

		// From month to month, gone, and erased.
		const mine = [...register.states].filter(([, { adviser }]) => adviser === first.enrolled.membership);
		const later = mine.slice(0, 40).map(([id]) => register.change(first, id, { at: '2026-02-14T10:00:00Z' }));
		const settled = mine
			.slice(70, 90)
			.map(([id]) =>
				register.change(first, id, { followUp: null, takenUp: [{ to: 'kela', result: 'yes' }] })
			);
		const gone = mine.slice(40, 60).map(([id]) => register.change(first, id, { removed: true }));
		const recordId = mine[60]![0];
		const erasure = {
			...coordinator.visit(),
			collection: 'erasure',
			recordId,
			fields: { collection: 'visit' }
		};
		await first.sync([...later, ...gone, ...settled]);
		await coordinator.sync([erasure]);
		register.states.delete(recordId);
		await agree(4);
		await packMonths(server.store, NOW);
		await agree(5);
	}, 60_000);

	it('never packs what a visit that arrives at the same time has changed', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser');
		const register = new Register();
		const fields = drawn(visitFieldsOf, 240);
		for (let round = 0; round < 12; round += 1) {
			const part = fields.slice(round * 20, (round + 1) * 20);
			await Promise.all([
				...phones.map((phone, index) =>
					phone.sync(part.slice(index * 10, index * 10 + 10).map((one) => register.make(phone, one)))
				),
				packMonths(server.store, NOW),
				packMonths(server.store, NOW)
			]);
		}
		const visits = register.counted();
		for (const question of drawn(questionOf, 40, 6))
			expect(await figuresOf(server.store, organisation, question)).toEqual(plainCount(visits, question));
		expect(await packedRows(server)).toBeGreaterThan(0);
	}, 60_000);

	// SQLite has one connection: nothing happens there between two statements of a transaction.
	if (kind === 'postgres')
		it('packs nothing for good while a visit of the month waits for its turn', async () => {
			const server = await startServer(fresh());
			const { organisation, phones } = await newOrganisation(server, 'adviser');
			const [phone] = phones as [Phone];
			const { db } = server.store;
			const at = '2026-03-02T10:00:00Z';
			await phone.sync([phone.visit({ at })]);
			const waiting = (count: number) =>
				expect
					.poll(
						async () => {
							const { rows } = await sql`select 1 from pg_locks where not granted`.execute(db);
							return rows.length;
						},
						{ timeout: 15_000 }
					)
					.toBe(count);
			const both: Promise<unknown>[] = [];
			await db.transaction().execute(async (trx) => {
				await sql`select 1 from counters where organisation_id = ${organisation} for update`.execute(trx);
				both.push(packMonths(server.store, NOW));
				await waiting(1);
				both.push(phone.sync([phone.visit({ at })]));
				await waiting(2);
			});
			await Promise.all(both);
			const asked = { from: '2026-03-01', to: '2026-03-31', where: {}, tables: [] };
			expect((await figuresOf(server.store, organisation, asked)).contacts).toBe(2);
		});

	it('counts the classes of visits that came before they were counted', async () => {
		const database = empty();
		const store = await connectStore(database);
		const before = migrations.findIndex(({ name }) => name === '0015-visit-classes');
		const organisation = newId();
		const [told, bare, lone] = [newId(), newId(), newId()];
		const op = { opId: newId(), collection: 'visit', clock: nextClock(NOW, 'a'), base: {}, schema: 1 };
		const at = '2026-03-02T10:00:00Z';
		const fields = { at, origin: 'IQ', education: 'unknown', clientStatus: 'new' };
		await store.db.transaction().execute(async (trx) => {
			await migrateIn(trx, migrations.slice(0, before));
			const insert = async (table: string, ...rows: object[]) =>
				insertRows(trx, store, table as 'server_facts', rows as never);
			const settings = { name: 'x', demo: 0, settings: '{}', created_at: 1 };
			await insert('organisations', { id: organisation, ...settings });
			const record = {
				organisation_id: organisation,
				collection: 'visit',
				part: 'member:a',
				change_number: 1
			};
			const joined = writeState(opState({ ...op, recordId: told, fields }, 'a'));
			await insert(
				'records',
				{ ...record, id: told, state: joined },
				{ ...record, id: bare, state: writeState(opState({ ...op, recordId: bare, fields: { at } }, 'a')) },
				{ ...record, id: lone, state: pointTo(op.opId, 'a') }
			);
			const body = JSON.stringify({ ...op, fields: { at, ageBand: '65-' } });
			await insert('journal_bodies', { organisation_id: organisation, op_id: op.opId, body });
			const counted = { municipality: '', client_municipality: '', desk_id: '', membership_id: 'a' };
			const rest = { channel: '', language: '', residence_length: '', topics: '[]' };
			const facts = { organisation_id: organisation, date: '2026-03-02', ...counted, ...rest };
			await insert('visit_facts', ...[told, bare, lone].map((visit_id) => ({ ...facts, visit_id })));
		});
		await migrate(store);
		const asked = { from: '2026-03-01', to: '2026-03-31', where: {} };
		const tables = [['origin'], ['education', 'clientStatus'], ['ageBand']] as DimensionId[][];
		expect(
			(await figuresOf(store, organisation, { ...asked, tables })).tables.map(({ cells }) => cells)
		).toEqual([
			[
				{ classes: [''], contacts: 2 },
				{ classes: ['IQ'], contacts: 1 }
			],
			[
				{ classes: ['', ''], contacts: 2 },
				{ classes: ['unknown', 'new'], contacts: 1 }
			],
			[
				{ classes: [''], contacts: 2 },
				{ classes: ['65-'], contacts: 1 }
			]
		]);
		await store.close();
	});

	it('answers a coordinator, and nobody who asks for what there is not', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'coordinator');
		const [phone] = phones as [Phone];
		await phone.sync([phone.visit({ at: '2026-03-02T10:00:00Z', topics: ['work', 'work.pay'] })]);
		const ask = async (asked: unknown) => {
			const text = typeof asked === 'string' ? asked : JSON.stringify(asked);
			const request = new Request(`${ORIGIN}/api/v1/figures?ask=${encodeURIComponent(text)}`, {
				headers: { 'reppu-membership': phone.enrolled.membership }
			});
			const response = await call(server, handleFigures, request, { jar: phone.jar });
			return response.status === 200 ? figures.parse(await response.json()) : response.status;
		};
		const good = {
			from: '2026-03-01',
			to: '2026-03-31',
			where: { topic: ['work'] },
			tables: [['topicGroup']]
		};
		expect(await ask(good)).toEqual({
			from: '2026-03-01',
			to: '2026-03-31',
			contacts: 1,
			tables: [{ by: ['topicGroup'], cells: [{ classes: ['work'], contacts: 1 }] }]
		});
		const bad = [
			'',
			'{',
			'null',
			{ ...good, from: '2026-02-30' },
			{ ...good, to: '2026-02-01' },
			{ ...good, where: { topic: [] } },
			{ ...good, where: { shoeSize: ['44'] } },
			{ ...good, tables: [['topic', 'topic', 'topic']] },
			{ ...good, tables: Array.from({ length: 25 }, () => ['topic']) }
		];
		expect(await Promise.all(bad.map(ask))).toEqual(bad.map(() => 422));
	});

	it('leaves the month that is not over, and later ones, to their rows', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const at = ['1900-01-01', '2026-08-31', '2026-09-01', '2031-01-01'].map((day) => `${day}T12:00:00Z`);
		await phone.sync(at.map((one) => phone.visit({ at: one })));
		await packMonths(server.store, Date.UTC(2026, 8, 15));
		const { rows } = await sql<{ month: string }>`
			select distinct month from packed_months order by month`.execute(server.store.db);
		expect(rows.map(({ month }) => month)).toEqual(['1900-01', '2026-08']);
		const asked = { from: '1900-01-01', to: '2099-12-31', where: {}, tables: [['year' as const]] };
		const { contacts, tables } = await figuresOf(server.store, organisation, asked);
		expect([contacts, tables[0]?.cells.map(({ classes }) => classes[0])]).toEqual([
			4,
			['1900', '2026', '2031']
		]);
	});
});
