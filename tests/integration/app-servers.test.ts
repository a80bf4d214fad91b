import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unseal } from '#lib/device/rows.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { migrations } from '#lib/server/storage/migrations.ts';
import { BuiltServer } from '../support/built-server.ts';
import { Client } from '../support/client.ts';
import { havePostgres, startPostgres, type Cluster } from '../support/postgres.ts';
import { RoundRobin } from '../support/round-robin.ts';
import { newOrganisation, newPhone, startServer, stateOf, stopServers } from '../support/server.ts';

/** Visits that each phone logs. */
const VISITS = 40;

describe.skipIf(!havePostgres)(
	`two app servers on one PostgreSQL${havePostgres ? '' : ' (skipped: not installed)'}`,
	() => {
		let cluster: Cluster;
		const proxy = new RoundRobin();
		const servers: BuiltServer[] = [];
		const clients: Client[] = [];
		let database = '';
		beforeAll(async () => {
			cluster = startPostgres();
			database = cluster.fresh();
			await proxy.start();
			for (let count = 0; count < 2; count += 1)
				servers.push(new BuiltServer({ DATABASE_URL: database, DEMO: 'false', ORIGIN: proxy.url }));
		});
		afterAll(async () => {
			for (const client of clients) client.close();
			proxy.stop();
			await Promise.all(servers.map((server) => server.remove()));
			await stopServers();
			cluster.stop();
		});

		it('that start at once on a new database prepare it once', async () => {
			await Promise.all(servers.map((server) => server.start()));
			const { store } = await startServer(database);
			const done = await sql<{ name: string }>`select name from migrations order by name`.execute(store.db);
			expect(done.rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
			expect(await store.db.selectFrom('organisations').select('id').execute()).toHaveLength(1);
			// Each start asks for the first administrator while nobody has enrolled: it is always the same one.
			expect(await store.db.selectFrom('memberships').select('id').execute()).toHaveLength(1);
			for (const { output } of servers) expect(output).toContain('First administrator');
		});

		it('and one that is killed: every visit is everywhere once, and no reader skips a change', async () => {
			const [first, second] = servers as [BuiltServer, BuiltServer];
			const server = await startServer(database);
			const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser', 'coordinator');
			const [own, other, office] = phones;
			const again = await newPhone(server, organisation, own!.enrolled.membership);
			proxy.serve([first.port, second.port]);
			for (const phone of [own!, again, other!, office!]) clients.push(await Client.open(phone, proxy.url));
			const [one, twin, two, coordinator] = clients as [Client, Client, Client, Client];

			const saved: string[] = [];
			let failed = 0;
			let working = 3;
			const carry = async (client: Client) => {
				const result = await client.flush();
				if (!result.ok) failed += 1;
			};
			const write = async (client: Client, by: number) => {
				for (let visit = 0; visit < VISITS; visit += 1) {
					const id = await client.save({
						at: new Date().toISOString(),
						desk: null,
						topics: ['work'],
						language: 'ar'
					});
					saved.push(id);
					// Every other one is changed, some of those before and some after they were delivered.
					if (visit % 2 === by % 2) await client.change(id, { language: 'fa' });
					await carry(client);
					if (visit % 4 === 0)
						await client.change(saved[Math.floor(saved.length / 2)]!, { duration: '5-15' });
				}
				working -= 1;
			};
			const read = async (client: Client) => {
				while (working > 0) await carry(client);
			};
			let killed = false;
			proxy.onForward = (port) => {
				// In the middle of the work, and of a request.
				if (killed || port !== second.port || saved.length < VISITS) return;
				killed = true;
				second.signal('SIGKILL');
			};
			await Promise.all([write(one, 0), write(twin, 1), write(two, 0), read(coordinator)]);
			await second.ended();
			expect(killed).toBe(true);
			expect(proxy.lost).toBeGreaterThan(0);
			expect(failed).toBeGreaterThan(0);
			for (const { port } of servers) expect(proxy.answered.get(port)).toBeGreaterThan(10);

			// It comes back, and everybody comes to an end.
			await second.start();
			proxy.serve([first.port, second.port]);
			for (let round = 0; round < 2; round += 1)
				for (const client of clients) expect(await client.flush()).toEqual({ ok: true });
			for (const { device } of clients)
				expect([await device.db.outbox.count(), await device.db.rejected.count()]).toEqual([0, 0]);

			const { db } = server.store;
			const journal = await db
				.selectFrom('journal')
				.select(['record_id', 'outcome', 'change_number'])
				.where('organisation_id', '=', organisation)
				.execute();
			const numbers = journal.map(({ change_number }) => Number(change_number));
			expect(new Set(numbers).size).toBe(numbers.length);
			const { change_number: highest } = await db
				.selectFrom('counters')
				.select('change_number')
				.where('organisation_id', '=', organisation)
				.executeTakeFirstOrThrow();
			expect(Math.max(...numbers)).toBe(Number(highest));
			const facts = await db
				.selectFrom('visit_facts')
				.select('visit_id')
				.where('organisation_id', '=', organisation)
				.execute();
			expect(facts.map(({ visit_id }) => visit_id).sort()).toEqual(saved.toSorted());

			// Whoever may see a visit has all that anybody ever wrote of it, exactly as the server holds it.
			const owner = new Map<string, string>();
			for (const { record_id, membership_id } of await db
				.selectFrom('journal')
				.select(['record_id', 'membership_id'])
				.where('organisation_id', '=', organisation)
				.orderBy('change_number')
				.execute())
				if (!owner.has(record_id)) owner.set(record_id, membership_id);
			const states = new Map<string, RecordState>();
			for (const id of saved) states.set(id, await stateOf(server, organisation, id));
			for (const { device } of clients) {
				const all = device === coordinator.device;
				const wanted = saved.filter((id) => all || owner.get(id) === device.membership.id).toSorted();
				const rows = await device.db.visits.toArray();
				expect(rows.map(({ id }) => id).sort()).toEqual(wanted);
				for (const row of rows) expect(unseal<RecordState>(row)).toEqual(states.get(row.id));
			}
		});
	}
);
