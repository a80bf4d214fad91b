import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { nextClock } from '#lib/domain/clock.ts';
import type { SyncAnswer, WireOp } from '#lib/protocol/sync.ts';
import { handlePeople } from '#lib/server/accounts/handle-accounts.ts';
import { checkHealth } from '#lib/server/health.ts';
import type { Store } from '#lib/server/storage/store.ts';
import {
	call,
	newOrganisation,
	newPhone,
	ORIGIN,
	Phone,
	startServer,
	stateOf,
	stopServers
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

async function onePhone(database: string, role: 'adviser' | 'coordinator' = 'adviser'): Promise<Phone> {
	const { phones } = await newOrganisation(await startServer(database), role);
	return phones[0] as Phone;
}

/** Makes the database refuse one record, as a rule that nobody foresaw would. Returns how to undo it. */
async function poison(
	store: Store,
	table: string,
	column: string,
	id: string,
	code = 'P0001'
): Promise<() => Promise<void>> {
	const run = (text: string) => sql.raw(text).execute(store.db);
	if (store.kind === 'sqlite') {
		await run(
			`create trigger poison before insert on ${table} when new.${column} = '${id}' begin select raise(abort, 'poison'); end`
		);
		return async () => void (await run('drop trigger poison'));
	}
	await run(
		`create function poison() returns trigger language plpgsql as $$ begin raise exception 'poison' using errcode = '${code}'; end $$`
	);
	await run(
		`create trigger poison before insert on ${table} for each row when (new.${column} = '${id}') execute function poison()`
	);
	return async () => {
		await run(`drop trigger poison on ${table}`);
		await run('drop function poison');
	};
}

const journal = (phone: Phone) =>
	phone.server.store.db
		.selectFrom('journal')
		.select(['op_id', 'outcome', 'change_number'])
		.where('organisation_id', '=', phone.enrolled.organisation)
		.orderBy('op_id')
		.execute();

const count = async (phone: Phone, table: 'visit_facts' | 'journal_bodies' | 'journal') => {
	const { n } = await phone.server.store.db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll().as('n'))
		.where('organisation_id', '=', phone.enrolled.organisation)
		.executeTakeFirstOrThrow();
	return Number(n);
};

onEveryStore('an effect that fails for a reason nobody foresaw', (fresh) => {
	it.each([
		['records', 'id', 'P0001'],
		['visit_facts', 'visit_id', 'P0001'],
		// PostgreSQL says this too where two writers meet, and then it is worth another try; here no try will help.
		['records', 'id', '23505'],
		['records', 'id', '22003']
	])(
		'in %s (%s, %s) leaves that op journalled for later and holds up no other',
		async (table, column, code) => {
			const phone = await onePhone(fresh());
			const { store } = phone.server;
			const ops = Array.from({ length: 5 }, () => phone.visit());
			const bad = ops[2] as WireOp;
			const heal = await poison(store, table, column, bad.recordId, code);
			const first = await phone.sync(ops);
			expect(first.receipts.map((receipt) => receipt.outcome)).toEqual([
				'applied',
				'applied',
				'later',
				'applied',
				'applied'
			]);
			expect(first.receipts[2]).toEqual({ opId: bad.opId, outcome: 'later' });
			expect(await count(phone, 'visit_facts')).toBe(4);
			expect(await count(phone, 'journal')).toBe(5);
			expect(await count(phone, 'journal_bodies')).toBe(5);
			// As often as it comes, and in whatever company.
			const more = [bad, phone.visit()];
			expect((await phone.sync(more)).receipts.map((receipt) => receipt.outcome)).toEqual([
				'later',
				'applied'
			]);
			expect((await phone.sync([bad])).receipts[0]).toEqual({ opId: bad.opId, outcome: 'later' });
			expect((await journal(phone)).find((row) => row.op_id === bad.opId)).toMatchObject({
				outcome: 'later',
				change_number: null
			});
			await heal();
			const [receipt] = (await phone.sync([bad])).receipts;
			expect(receipt).toMatchObject({ outcome: 'applied' });
			expect(receipt?.change).toBeGreaterThan(0);
			expect((await phone.sync([bad])).receipts[0]).toEqual(receipt);
			expect(await count(phone, 'visit_facts')).toBe(6);
			expect(await count(phone, 'journal')).toBe(6);
			expect(await count(phone, 'journal_bodies')).toBe(6);
			const numbers = (await journal(phone)).map((row) => Number(row.change_number)).sort((a, b) => a - b);
			expect(new Set(numbers).size).toBe(6);
		}
	);
});

onEveryStore('writers at once', (fresh, kind) => {
	it('with the same op get the same receipt, and it counts once', async () => {
		const phone = await onePhone(fresh());
		const ops = Array.from({ length: 20 }, () => phone.visit());
		const answers = await Promise.all(Array.from({ length: 8 }, () => phone.sync(ops)));
		for (const answer of answers) expect(answer.receipts).toEqual(answers[0]?.receipts);
		expect(await count(phone, 'journal')).toBe(20);
		expect(await count(phone, 'visit_facts')).toBe(20);
	});

	it.skipIf(kind !== 'postgres')(
		'with the same op get the same receipt, though one is done while the other looks what is there',
		async () => {
			const phone = await onePhone(fresh());
			const { store } = phone.server;
			const ops = Array.from({ length: 3 }, () => phone.visit());
			const { write } = store;
			let inTime: SyncAnswer | undefined;
			store.write = (task) =>
				write((trx, last) => {
					// The contact is noted beside it, in a transaction of its own, whose lock nobody may wait for in here.
					const looks = new WeakSet<object>();
					const beside = trx.withPlugin({
						transformQuery({ node, queryId }) {
							if (node.kind === 'SelectQueryNode') looks.add(queryId);
							return node;
						},
						async transformResult({ result, queryId }) {
							if (looks.has(queryId) && store.write !== write) {
								store.write = write;
								inTime = await phone.sync(ops);
							}
							return result;
						}
					});
					return task(beside, last);
				});
			const late = await phone.sync(ops);
			expect(late.receipts.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
			expect(late.receipts).toEqual(inTime?.receipts);
			expect(await count(phone, 'journal')).toBe(3);
		}
	);

	it('that make one record from eight sides lose no value of it', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [author] = phones as [Phone];
		const writers = await Promise.all(
			Array.from({ length: 8 }, () => newPhone(server, organisation, author.enrolled.membership))
		);
		for (let round = 0; round < 5; round += 1) {
			const recordId = newId();
			await Promise.all(
				writers.map((phone, index) => {
					phone.seq += 1;
					const op: WireOp = {
						opId: newId(),
						seq: phone.seq,
						collection: 'visit',
						recordId,
						fields: { [`field${index}`]: index },
						clock: nextClock(Date.now(), phone.replica),
						schema: 1
					};
					return phone.sync([op]);
				})
			);
			const { heads } = await stateOf(server, organisation, recordId);
			expect(Object.keys(heads).sort()).toEqual(writers.map((_, index) => `field${index}`));
		}
	});

	it.skipIf(kind !== 'postgres')(
		'that wait for each other crosswise are tried again until both are done',
		async () => {
			const { store } = await startServer(fresh());
			await store.db
				.insertInto('server_facts')
				.values([
					{ key: 'a', value: '' },
					{ key: 'b', value: '' }
				])
				.execute();
			let tries = 0;
			const [atFirst, release] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
			const add = (keys: readonly ['a' | 'b', 'a' | 'b'], mark: string) =>
				store.write(async (trx) => {
					tries += 1;
					for (const [index, key] of keys.entries()) {
						await trx
							.updateTable('server_facts')
							.set((eb) => ({ value: eb('value', '||', mark) }))
							.where('key', '=', key)
							.execute();
						if (index === 0 && tries === 1) {
							atFirst.resolve(undefined);
							await release.promise;
						} else if (index === 0) release.resolve(undefined);
					}
				});
			const one = add(['a', 'b'], '1');
			await atFirst.promise;
			await Promise.all([one, add(['b', 'a'], '2')]);
			expect(tries).toBeGreaterThan(2);
			const rows = await store.db
				.selectFrom('server_facts')
				.selectAll()
				.where('key', 'in', ['a', 'b'])
				.execute();
			expect(rows.map((row) => [...row.value].sort().join(''))).toEqual(['12', '12']);
		}
	);

	it.skipIf(kind !== 'postgres')(
		'whose database ends every connection are told to come again, and then served',
		async () => {
			const phone = await onePhone(fresh());
			const { store } = phone.server;
			const ops = Array.from({ length: 3 }, () => phone.visit());
			await phone.sync(ops.slice(0, 1));
			await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
				store.db
			);
			for (let tries = 0; tries < 12; tries += 1) {
				const { status } = await phone.send({ ops });
				expect([200, 503]).toContain(status);
				if (status === 200) break;
			}
			expect(await count(phone, 'journal')).toBe(3);
		}
	);
});

/** Makes a store read-only under the server that has it open. Returns how to make it writable again. */
async function seal({ kind, db }: Store): Promise<() => Promise<void>> {
	if (kind === 'sqlite') {
		const only = (on: boolean) => sql.raw(`pragma query_only = ${on}`).execute(db);
		await only(true);
		return async () => void (await only(false));
	}
	// As after a change to a standby: connections of before are ended, and new ones may only read.
	const setAll = (only: string) =>
		db.connection().execute(async (one) => {
			await sql`set default_transaction_read_only = off`.execute(one);
			const name = await sql<{ name: string }>`select quote_ident(current_database()) as name`.execute(one);
			await sql
				.raw(`alter database ${name.rows[0]?.name} set default_transaction_read_only = ${only}`)
				.execute(one);
			await sql.raw(`set default_transaction_read_only = ${only}`).execute(one);
			await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
				one
			);
		});
	await setAll('on');
	return () => setAll('off');
}

onEveryStore('a store that turns read-only under its server', (fresh) => {
	it('says so to whoever looks, claims no data, goes on reading, and loses nothing', async () => {
		const phone = await onePhone(fresh());
		const { server } = phone;
		const health = async () => {
			const response = await call(server, checkHealth, new Request(`${ORIGIN}/api/health`));
			return [response.status, ((await response.json()) as { status: string }).status];
		};
		const ops = Array.from({ length: 5 }, () => phone.visit());
		await phone.sync(ops.slice(0, 2));
		expect(await health()).toEqual([200, 'ok']);
		const { changes } = await phone.sync([], {});
		const open = await seal(server.store);
		const refused = await phone.send({ ops });
		expect([refused.status, await refused.json()]).toEqual([503, { error: 'busy' }]);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await health()).toEqual([503, 'read_only']);
		expect(await count(phone, 'journal')).toBe(2);
		expect((await phone.sync([], {})).changes).toEqual(changes);
		await open();
		expect((await phone.sync(ops)).receipts.map(({ outcome }) => outcome)).toEqual(ops.map(() => 'applied'));
		expect(await count(phone, 'visit_facts')).toBe(5);
		expect(await health()).toEqual([200, 'ok']);
	});
});

/** The faults of a full disk, whichever way it is full. */
function withoutRoom(
	phone: () => Promise<{ phone: Phone; fill: () => Promise<void>; makeRoom: () => Promise<void> }>
) {
	return async () => {
		const { phone: by, fill, makeRoom } = await phone();
		const { server } = by;
		const kept = Array.from({ length: 5 }, () => by.visit());
		await by.sync(kept, {});
		const cursors: Record<string, string> = {};
		await by.readAll(cursors);
		const { changes } = await by.sync([], {});
		await fill();
		const note = { text: 'x'.repeat(400), at: new Date().toISOString() };
		const ops = Array.from({ length: 200 }, () =>
			by.visit({ 'notes/01890a5d-ac96-774b-bcce-b302099a8057': note })
		);
		const full = await by.send({ ops });
		expect(full.status).toBe(507);
		expect(await full.json()).toEqual({ error: 'storage_full' });
		expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await count(by, 'journal')).toBe(5);
		// Reading goes on, also where it would note that somebody was here.
		server.now = () => Date.now() + 3_600_000;
		expect((await by.sync([], {})).changes).toEqual(changes);
		expect((await by.sync([], cursors)).changes).toEqual([]);
		const people = await call(
			server,
			handlePeople,
			new Request(`${ORIGIN}/api/v1/people`, { headers: { 'reppu-membership': by.enrolled.membership } }),
			{ jar: by.jar }
		);
		expect(people.status).toBe(200);
		expect((await by.send({ ops })).status).toBe(507);
		await makeRoom();
		expect((await by.sync(ops)).receipts.map((receipt) => receipt.outcome)).toEqual(ops.map(() => 'applied'));
		expect(await count(by, 'visit_facts')).toBe(205);
		const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(server.store.db);
		expect(check.rows).toEqual([{ integrity_check: 'ok' }]);
	};
}

describe('SQLite without room', () => {
	const base = mkdtempSync(join(tmpdir(), 'reppu-full-'));
	const folder = join(base, 'disk');
	mkdirSync(folder);
	afterAll(async () => {
		await stopServers();
		try {
			execFileSync('umount', [folder], { stdio: 'ignore' });
		} catch {
			// Was not mounted.
		}
		rmSync(base, { recursive: true, force: true });
	});

	it(
		'by a limit of pages: 507, reading goes on, and it works again when room returns',
		withoutRoom(async () => {
			const phone = await onePhone(join(base, 'reppu.db'), 'coordinator');
			const { db } = phone.server.store;
			const pages = async (max: number | bigint) => {
				await sql.raw(`pragma max_page_count = ${max}`).execute(db);
			};
			return {
				phone,
				fill: () => pages(1),
				makeRoom: () => pages(1_000_000)
			};
		})
	);

	const mayMount = (() => {
		try {
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
			return true;
		} catch {
			return false;
		}
	})();

	it.skipIf(!mayMount)(
		`on a disk that is really full: the same${mayMount ? '' : ' (skipped: no right to mount one)'}`,
		withoutRoom(async () => {
			const phone = await onePhone(join(folder, 'reppu.db'), 'coordinator');
			const ballast = join(folder, 'ballast');
			return {
				phone,
				fill: async () => {
					try {
						for (;;) appendFileSync(ballast, Buffer.alloc(4096));
					} catch {
						// No byte more fits.
					}
				},
				makeRoom: async () => rmSync(ballast)
			};
		})
	);
});
