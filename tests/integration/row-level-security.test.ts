import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerContext } from '#lib/server/context.ts';
import { handlePeople } from '#lib/server/accounts/handle-accounts.ts';
import { handleExport } from '#lib/server/directory/export/handle-export.ts';
import { acrossOrganisations, inOrganisation, inRequest, NOTHING } from '#lib/server/storage/reach.ts';
import { connectStore, type Store } from '#lib/server/storage/store.ts';
import { wallsHold } from '#lib/server/storage/walls.ts';
import { fillEveryTable } from '../support/every-table.ts';
import { havePostgres, startPostgres, type Cluster } from '../support/postgres.ts';
import { call, newOrganisation, ORIGIN, startServer, stopServers, type Phone } from '../support/server.ts';

describe.skipIf(!havePostgres)('row-level security, PostgreSQL', () => {
	let cluster: Cluster;
	let server: ServerContext;
	/** As the server has it: outside of a request it reaches nothing. */
	let store: Store;
	let url: string;
	let tables: { name: string; column: string }[];
	const sides: { organisation: string; phones: Phone[] }[] = [];

	beforeAll(async () => {
		cluster = startPostgres();
		url = cluster.fresh();
		server = await startServer(url);
		store = await connectStore(url, undefined, NOTHING);
		for (let side = 0; side < 2; side += 1) {
			const made = await newOrganisation(server, 'adviser', 'coordinator');
			await made.phones[0]!.sync([made.phones[0]!.visit(), made.phones[0]!.visit()]);
			sides.push(made);
		}
		await fillEveryTable(server.store);
		tables = (await server.store.db.introspection.getTables())
			.filter(
				({ name, columns }) =>
					name === 'organisations' || columns.some((one) => one.name === 'organisation_id')
			)
			.map(({ name }) => ({ name, column: name === 'organisations' ? 'id' : 'organisation_id' }));
	});
	afterAll(async () => {
		await store.close();
		await stopServers();
		cluster.stop();
	});

	/** Whose rows a query finds that asks for nobody's in particular. */
	const owners = async (name: string, column: string) => {
		const { rows } = await sql<{
			owner: string;
		}>`select distinct ${sql.ref(column)} as owner from ${sql.table(name)}`.execute(store.db);
		return rows.map(({ owner }) => owner).sort();
	};

	it('stands around every table of organisations, also for its owner, and the server’s user is one that it stops', async () => {
		const { rows } = await sql<{
			name: string;
		}>`select relname as name from pg_class join pg_policy on polrelid = pg_class.oid
			where relrowsecurity and relforcerowsecurity`.execute(server.store.db);
		expect(rows.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort());
		expect(tables.length).toBeGreaterThan(15);
		expect(await wallsHold(store.db)).toBe(true);
		const superuser = await connectStore(url.replace('reppu@', 'postgres@'));
		expect(await wallsHold(superuser.db)).toBe(false);
		await superuser.close();
	});

	it('shows a query that has forgotten the organisation its own rows, without a setting none, and a job all', async () => {
		const [a, b] = sides.map(({ organisation }) => organisation) as [string, string];
		for (const { name, column } of tables) {
			const all = await acrossOrganisations(() => owners(name, column));
			expect([name, all.length > 0]).toEqual([name, true]);
			for (const organisation of [a, b]) {
				const own = await inOrganisation(organisation, () => owners(name, column));
				expect([name, own]).toEqual([name, all.filter((one) => one === organisation)]);
			}
			expect([name, await owners(name, column)]).toEqual([name, []]);
			expect([name, await inRequest(() => owners(name, column))]).toEqual([name, []]);
		}
	});

	it('lets nothing be written for another organisation, nor taken over into it', async () => {
		const [a, b] = sides.map(({ organisation }) => organisation) as [string, string];
		const row = {
			organisation_id: b,
			scope: 'x',
			id: 'y',
			name: 'z',
			role: 'viewer' as const,
			created_at: 1,
			ended_at: null
		};
		const { scope: _scope, ...member } = row;
		await expect(
			inOrganisation(a, () => store.db.insertInto('memberships').values(member).execute())
		).rejects.toThrow('row-level security');
		await expect(
			inOrganisation(a, () =>
				store.write((trx) => trx.updateTable('memberships').set({ organisation_id: b }).execute())
			)
		).rejects.toThrow('row-level security');
		const { numDeletedRows } = await inOrganisation(a, () =>
			store.db.deleteFrom('journal').where('organisation_id', '=', b).executeTakeFirstOrThrow()
		);
		expect(numDeletedRows).toBe(0n);
	});

	it('leaves nothing on a connection: what one request reached, the next one on it does not', async () => {
		const [a] = sides.map(({ organisation }) => organisation) as [string, string];
		const mixed = Array.from({ length: 60 }, (_, index) =>
			index % 3 === 0
				? owners('memberships', 'organisation_id').then((found) => expect(found).toEqual([]))
				: inOrganisation(a, async () => {
						// One that fails in between must not leave its reach either.
						if (index % 3 === 1)
							return expect(sql`select 1 / 0`.execute(store.db)).rejects.toThrow('division by zero');
						expect(await owners('memberships', 'organisation_id')).toEqual([a]);
					})
		);
		await Promise.all(mixed);
		const rolledBack = inOrganisation(a, () =>
			store.write(async () => {
				throw new Error('given up');
			})
		);
		await expect(rolledBack).rejects.toThrow('given up');
		expect(await owners('memberships', 'organisation_id')).toEqual([]);
	});

	it('holds for whole requests of the server, and for what is still read while the answer goes out', async () => {
		const asked = { ...server, store };
		const { phones, organisation } = sides[0]!;
		const get = (path: string, handler: Parameters<typeof call>[1]) =>
			call(
				asked,
				handler,
				new Request(`${ORIGIN}${path}`, { headers: { 'reppu-membership': phones[1]!.enrolled.membership } }),
				{ jar: phones[1]!.jar }
			);
		const { people } = (await (await get('/api/v1/people', handlePeople)).json()) as { people: unknown[] };
		expect(people).toHaveLength(2);
		const services = (await (await get('/api/v1/directory', handleExport)).json()) as unknown[];
		const { count } = await inOrganisation(organisation, () =>
			store.db
				.selectFrom('records')
				.select(({ fn }) => fn.countAll().as('count'))
				.where('collection', '=', 'service')
				.executeTakeFirstOrThrow()
		);
		expect(services.length).toBe(Number(count));
		expect(services.length).toBeGreaterThan(100);
	});
});
