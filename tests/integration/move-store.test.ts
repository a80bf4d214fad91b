import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/postgres.js';
import { newId } from '#lib/domain/ids.ts';
import type { SyncAnswer, WireOp } from '#lib/protocol/sync.ts';
import { contentOf, moveStore } from '#lib/server/storage/move.ts';
import { connectStore } from '#lib/server/storage/store.ts';
import { fillEveryTable } from '../support/every-table.ts';
import { TEST_SECRET } from '../support/built-server.ts';
import { havePostgres, startPostgres, type Cluster } from '../support/postgres.ts';
import { deliverSealed, sealed } from '../support/sealing.ts';
import { newOrganisation, newPhone, Phone, startServer, stopServers } from '../support/server.ts';

/** Runs the command as whoever keeps the server does. */
function moveStoreCommand(...args: string[]) {
	const bin = findPostgres();
	return spawnSync(process.execPath, ['scripts/move-store.js', ...args], {
		encoding: 'utf8',
		env: { ...process.env, ...(bin ? { PG_BIN: bin } : {}) }
	});
}

/** The same phone before another server. */
async function moved(phone: Phone, database: string, secret: string): Promise<Phone> {
	const same = new Phone(await startServer(database, { secret }), phone.enrolled, phone.key);
	return Object.assign(same, { replica: phone.replica, seq: phone.seq });
}

async function run(database: string, text: string): Promise<void> {
	const store = await connectStore(database);
	try {
		await sql.raw(text).execute(store.db);
	} finally {
		await store.close();
	}
}

/** Visits of every fate, written through the endpoint by two phones; enough of them that a table takes more than one batch. */
async function inUse(database: string) {
	const server = await startServer(database);
	const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
	const [one] = phones as [Phone];
	const two = await newPhone(server, organisation, one.enrolled.membership);
	const ops: WireOp[] = [];
	const receipts: SyncAnswer['receipts'] = [];
	for (let batch = 0; batch < 3; batch += 1) {
		const some = Array.from({ length: 400 }, () => one.visit({ topicText: 'ä 🌻 "\\ ' }));
		if (batch === 1) some.push(one.visit({ desk: newId() }));
		ops.push(...some);
		receipts.push(...(await one.sync(some)).receipts);
	}
	const first = ops[0]!;
	two.seq += 1;
	// Without having seen the other one: two heads, a conflict.
	const other = { ...two.visit({ language: 'fa' }), recordId: first.recordId };
	const [conflict] = (await two.sync([other])).receipts;
	expect([receipts[400 + 400]?.outcome, conflict?.outcome]).toEqual(['rejected', 'conflict']);
	const cursors: Record<string, string> = {};
	let epoch = '';
	for (let more = true; more;) {
		const answer = await one.sync([], cursors);
		Object.assign(cursors, answer.cursors);
		({ more, epoch } = answer);
	}
	const waiting = await sealed(one, one.visit());
	await fillEveryTable(server.store);
	await stopServers();
	return { waiting, one, two, ops, receipts, cursors, epoch, organisation };
}

async function visits(phone: Phone, table: 'visit_facts' | 'journal'): Promise<number> {
	const { n } = await phone.server.store.db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}

describe.skipIf(!havePostgres)(
	`moving a register${havePostgres ? '' : ' (skipped: PostgreSQL is not installed)'}`,
	() => {
		let cluster: Cluster;
		let folder = '';
		let files = 0;
		const file = () => join(folder, `${(files += 1)}.db`);
		beforeAll(() => {
			cluster = startPostgres();
			folder = mkdtempSync(join(tmpdir(), 'reppu-move-'));
		});
		afterAll(async () => {
			await stopServers();
			cluster.stop();
			rmSync(folder, { recursive: true, force: true });
		});

		it.each([
			['from SQLite to PostgreSQL', file, () => cluster.fresh()],
			['from PostgreSQL to SQLite', () => cluster.fresh(), file]
		])('%s: the same rows, and phones go on as if nothing had happened', async (_, makeFrom, makeTo) => {
			const [from, to] = [makeFrom(), makeTo()];
			const { one, two, ops, receipts, cursors, epoch, waiting } = await inUse(from);
			// The server before the new store is given the secret of the one before the old.
			const secret = from.startsWith('postgres') ? TEST_SECRET : readFileSync(`${from}.secret`, 'utf8');
			const before = await contentOf(from);
			expect([...before].filter(([, { rows }]) => rows === 0)).toEqual([]);
			// As a move that was killed leaves it.
			if (!to.startsWith('postgres')) writeFileSync(`${to}.moving`, 'half a register');
			const command = moveStoreCommand(from, to);
			expect(command).toMatchObject({ status: 0, stderr: '' });
			expect(command.stdout).toMatch(/^[0-9a-f]{16} {2}1202 journal$/m);
			expect(await contentOf(from)).toEqual(before);
			expect(await contentOf(to)).toEqual(before);
			expect(readdirSync(folder).filter((name) => name.includes('.moving'))).toEqual([]);

			const [same, sameTwo] = [await moved(one, to, secret), await moved(two, to, secret)];
			// What had its receipt gets it again, and nothing that is known comes back.
			expect((await same.sync(ops.slice(0, 500))).receipts).toEqual(receipts.slice(0, 500));
			const nothing = await same.sync([], cursors);
			expect([nothing.epoch, nothing.changes]).toEqual([epoch, []]);
			// Numbers go on where they were, and the other phone hears of it.
			const highest = Math.max(...receipts.map(({ change = 0 }) => change));
			const fresh = same.visit();
			const [receipt] = (await same.sync([fresh])).receipts;
			expect(receipt).toEqual({ opId: fresh.opId, outcome: 'applied', change: highest + 2 });
			const news = await sameTwo.sync([], cursors);
			expect(news.changes.map(({ recordId }) => recordId)).toContain(fresh.recordId);
			// What was sealed before the move opens after it.
			expect((await deliverSealed(same, [waiting])).receipts).toMatchObject([{ outcome: 'applied' }]);
			expect([await visits(same, 'visit_facts'), await visits(same, 'journal')]).toEqual([1202, 1204]);
			await stopServers();
		});

		it('notices a row that was changed, on either side', async () => {
			const [from, to] = [file(), cluster.fresh()];
			const { organisation } = await inUse(from);
			await moveStore(from, to);
			expect(moveStoreCommand('--compare', from, to)).toMatchObject({ status: 0, stderr: '' });
			await run(
				to,
				`update journal_bodies set body = body || ' ' where op_id = (select min(op_id) from journal)`
			);
			expect(moveStoreCommand('--compare', from, to)).toMatchObject({
				status: 1,
				stderr: 'Not the same: journal_bodies\n'
			});
			await run(from, `update counters set durable = 1 where organisation_id = '${organisation}'`);
			const [here, there] = [await contentOf(from), await contentOf(to)];
			expect(
				[...here].filter(([table, { hash }]) => there.get(table)?.hash !== hash).map(([t]) => t)
			).toEqual(['counters', 'journal_bodies']);
		});

		it('leaves nothing in a target that does not take a row as it is', async () => {
			const [from, to] = [file(), cluster.fresh()];
			await inUse(from);
			// No table stands there yet: this waits for the one with the bodies and spoils one of its rows.
			// Only a superuser may have every table watched.
			const above = to.replace('reppu@', 'postgres@');
			await run(
				above,
				`create function spoil_row() returns trigger language plpgsql as $$ begin
					if new.op_id = (select min(op_id) from journal) then new.body := new.body || ' '; end if; return new; end $$;
				create function spoil() returns event_trigger language plpgsql as $$ begin
					if exists (select from pg_event_trigger_ddl_commands()
						where command_tag = 'CREATE TABLE' and object_identity = 'public.journal_bodies')
					then execute 'create trigger spoil before insert on journal_bodies for each row execute function spoil_row()';
					end if; end $$;
				create event trigger spoil on ddl_command_end execute function spoil()`
			);
			await expect(moveStore(from, to)).rejects.toThrow(/journal_bodies did not arrive as it was \(1202 /);
			expect(await contentOf(to)).toEqual(new Map());
			await run(above, 'drop event trigger spoil');
			expect(await moveStore(from, to)).toEqual(await contentOf(from));
		});

		it('refuses a target that is not empty, another version, a register in use, and what is none', async () => {
			const from = file();
			const server = await startServer(from);
			await newOrganisation(server, 'adviser');
			const to = cluster.fresh();
			const refused = moveStoreCommand(from, to);
			expect(refused.status).toBe(1);
			expect(refused.stderr).toContain('stop it first');
			const used = cluster.fresh();
			await startServer(used);
			const alsoRefused = moveStoreCommand(used, file());
			expect(alsoRefused.stderr).toContain('stop the servers first');
			await stopServers();

			const before = await contentOf(used);
			await expect(moveStore(from, used)).rejects.toThrow('has tables already');
			expect(await contentOf(used)).toEqual(before);
			await expect(moveStore(used, from)).rejects.toThrow('exists already');
			await expect(moveStore(from, file())).rejects.toThrow('One of the two');
			await expect(moveStore(file(), to)).rejects.toThrow('no register to move');
			await expect(moveStore(from, 'postgres://nobody:secret@/none?host=/nowhere')).rejects.toThrow(
				/^The target is out of reach: the database does not open \(ENOENT\)\.$/
			);
			const empty = cluster.fresh();
			const unmade = file();
			await expect(moveStore(empty, unmade)).rejects.toThrow('no register of Reppu');
			expect(existsSync(unmade) || existsSync(`${unmade}.moving`)).toBe(false);

			await run(from, `insert into migrations (name, at) values ('9999-tomorrow', 0)`);
			await expect(moveStore(from, to)).rejects.toThrow('The source is at 9999-tomorrow');
			await run(from, `delete from migrations where name > '0001-first'`);
			await expect(moveStore(from, to)).rejects.toThrow('The source is at 0001-first');
			expect(await contentOf(to)).toEqual(new Map());
		});
	}
);
