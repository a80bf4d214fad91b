import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import process from 'node:process';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { writeState } from '#lib/domain/record-text.ts';
import { opState } from '#lib/domain/record.ts';
import { redeem } from '#lib/server/accounts/invitations.ts';
import { secretHash } from '#lib/server/accounts/secrets.ts';
import { insertRows } from '#lib/server/storage/many-rows.ts';
import { migrations } from '#lib/server/storage/migrations.ts';
import { contentOf } from '#lib/server/storage/move.ts';
import { pointTo } from '#lib/server/storage/record-states.ts';
import { connectStore, migrate, openStore } from '#lib/server/storage/store.ts';
import { madeUp } from '../support/dying-migration.ts';
import { newOrganisation, Phone, startServer, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** A start that is killed with the N-th statement of its migrations; without a number it comes to its end and says how many there are. */
function start(database: string, last?: number) {
	const { signal, stdout, stderr } = spawnSync(
		process.execPath,
		['tests/support/dying-migration.ts', database, ...(last === undefined ? [] : [String(last)])],
		{ encoding: 'utf8' }
	);
	return { signal, statements: Number(stdout), stderr };
}

/** Tables and columns as they stand, without rows. */
async function schemaOf(database: string) {
	const store = await connectStore(database);
	try {
		const tables = await store.db.introspection.getTables();
		return tables
			.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()] as const)
			.sort(([a], [b]) => (a < b ? -1 : 1));
	} finally {
		await store.close();
	}
}

onEveryStore('a migration that is killed half-way', (_fresh, kind, empty) => {
	it('of a new database leaves nothing, and the next start completes it', async () => {
		const whole = empty();
		const { statements } = start(whole);
		expect(statements).toBeGreaterThan(20);
		const wanted = await schemaOf(whole);
		const database = empty();
		for (const last of [2, Math.round(statements / 3), Math.round(statements / 1.5), statements]) {
			expect(start(database, last)).toMatchObject({ signal: 'SIGKILL' });
			expect(await schemaOf(database)).toEqual([]);
		}
		expect(start(database)).toMatchObject({ signal: null, statements });
		expect(await schemaOf(database)).toEqual(wanted);
	});

	it('of a database in use changes no row, the version of before goes on, and the next start completes it', async () => {
		const used = async () => {
			const database = empty();
			const { phones } = await newOrganisation(await startServer(database), 'adviser');
			const [phone] = phones as [Phone];
			const ops = Array.from({ length: 50 }, () => phone.visit());
			const { receipts } = await phone.sync(ops);
			await stopServers();
			return { database, phone, ops, receipts };
		};
		const { statements } = start((await used()).database);
		const { database, phone, ops, receipts } = await used();
		const before = [await contentOf(database), await schemaOf(database)];
		// When some rows are written over, and with the very last statement.
		for (const last of [statements - 2, statements]) {
			expect(start(database, last)).toMatchObject({ signal: 'SIGKILL' });
			expect([await contentOf(database), await schemaOf(database)]).toEqual(before);
		}
		const again = new Phone(await startServer(database), phone.enrolled, phone.key);
		Object.assign(again, { replica: phone.replica, seq: phone.seq });
		expect((await again.sync(ops)).receipts).toEqual(receipts);
		await stopServers();

		expect(start(database)).toMatchObject({ signal: null, statements, stderr: '' });
		const content = await contentOf(database);
		expect([content.get('made_up')?.rows, content.get('journal_bodies')?.rows]).toEqual([0, 50]);
		// Whoever is older than the database does not touch it.
		await expect(openStore(database)).rejects.toThrow('newer than this server: 9999-made-up');
		expect(await contentOf(database)).toEqual(content);
	});

	it('to codes of the directory leaves those that were given out before', async () => {
		const database = empty();
		const before = await connectStore(database);
		await migrate(
			before,
			migrations.filter(({ name }) => name < '0012')
		);
		await sql`insert into organisations (id, name, demo, settings, created_at) values ('one', 'One', 0, '{}', 0)`.execute(
			before.db
		);
		await sql`insert into memberships (organisation_id, id, name, role, created_at)
			values ('one', 'aino', 'Aino', 'adviser', 0)`.execute(before.db);
		await sql`insert into invitations (organisation_id, code_hash, membership_id, expires_at, created_at, made_by)
			values ('one', ${secretHash('0123456789')}, 'aino', ${Date.now() + 60_000}, 0, 'boss')`.execute(before.db);
		await before.close();
		const store = await openStore(database);
		const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const device = { name: 'phone', publicKey: publicKey.export({ format: 'jwk' }) };
		const enrolled = await redeem(store, '0123456789', { known: undefined, fresh: device }, Date.now());
		expect(enrolled).toMatchObject({ membership: 'aino', name: 'Aino' });
		const rows = await store.db.selectFrom('sessions').select(['way', 'proved_at']).execute();
		expect(rows).toEqual([{ way: 'code', proved_at: expect.any(Number) }]);
		expect(rows[0]!.proved_at).toBeGreaterThan(0);
		await store.close();
	});

	it('to facts of advice fills them from the visits, and one that is killed changes nothing', async () => {
		const database = empty();
		const organisation = newId();
		const [group, sent, looked, bare, lone] = [newId(), newId(), newId(), newId(), newId()];
		const said = { at: '2026-03-02T10:00:00Z', language: 'so' };
		const clock = nextClock(Date.UTC(2026, 2, 14, 12), 'a');
		const stateOf = (recordId: string, fields: Record<string, JsonValue>, when = clock) =>
			opState(
				{ opId: newId(), collection: 'visit', recordId, fields, clock: when, base: {}, schema: 1 },
				'a'
			);
		const participants = [
			{ language: 'ru', count: 2 },
			{ language: 'ar', count: 3 }
		];
		const referrals = [{ to: 'migri', how: 'letter' }, { to: 'kela' }];
		const single = { opId: newId(), clock, schema: 1, base: {}, fields: { ...said, referrals } };
		const store = await connectStore(database);
		await migrate(
			store,
			migrations.filter(({ name }) => name < '0017')
		);
		const insert = (table: string, ...rows: object[]) =>
			store.write((trx) => insertRows(trx, store, table as 'server_facts', rows as never));
		const key = { organisation_id: organisation };
		await insert('organisations', { id: organisation, name: 'x', demo: 0, settings: '{}', created_at: 1 });
		const record = { ...key, collection: 'visit', part: 'member:a', change_number: 1 };
		const states = [
			stateOf(group, { ...said, participants }),
			stateOf(sent, { ...said, referrals, takenUp: [{ to: 'kela', result: 'yes' }], followUp: '2026-04-01' }),
			stateOf(looked, { ...said, followUp: null }),
			stateOf(bare, said)
		];
		const ids = [group, sent, looked, bare];
		await insert(
			'records',
			...ids.map((id, index) => ({ ...record, id, state: writeState(states[index]!) })),
			{ ...record, id: lone, state: pointTo(single.opId, 'a') }
		);
		await insert('journal_bodies', { ...key, op_id: single.opId, body: JSON.stringify(single) });
		const none = ['municipality', 'client_municipality', 'desk_id', 'channel', 'residence_length'];
		const rest = Object.fromEntries(none.map((name) => [name, '']));
		const facts = { ...key, date: '2026-03-02', membership_id: 'a', language: 'so', topics: '[]', ...rest };
		await insert('visit_facts', ...[...ids, lone].map((visit_id) => ({ ...facts, visit_id })));
		await insert('packed_months', { ...key, month: '2026-03', name: 'date', value_list: '[]', content: '' });
		await store.close();

		const before = [await contentOf(database), await schemaOf(database)];
		// The next one is the made-up one of above, with eight statements and its line in the list.
		for (const last of [6, 9, 12, 16]) {
			expect(start(database, last)).toMatchObject({ signal: 'SIGKILL' });
			expect([await contentOf(database), await schemaOf(database)]).toEqual(before);
		}
		await (await openStore(database)).close();
		const now = await connectStore(database);
		const rows = await now.db
			.selectFrom('visit_facts')
			.select(['visit_id', 'participants', 'referrals', 'follow_up'])
			.execute();
		expect(new Map(rows.map(({ visit_id, ...said }) => [visit_id, Object.values(said)]))).toEqual(
			new Map([
				[group, ['ar/3 ru/2', '', '']],
				[sent, ['so/1', 'kela//yes migri/letter/', '2026-04-01']],
				[looked, ['so/1', '', 'P12D']],
				[bare, ['so/1', '', '']],
				[lone, ['so/1', 'kela// migri/letter/', '']]
			])
		);
		expect(await now.db.selectFrom('packed_months').selectAll().execute()).toEqual([]);
		await now.close();
	});

	if (kind === 'postgres')
		it('is done once where several servers start at the same time', async () => {
			const database = empty();
			const stores = await Promise.all(Array.from({ length: 4 }, () => connectStore(database)));
			await Promise.all(stores.map((store) => migrate(store, madeUp)));
			const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(
				stores[0]!.db
			);
			expect(rows.map(({ name }) => name)).toEqual(madeUp.map(({ name }) => name));
			await Promise.all(stores.map((store) => store.close()));
		});
});
