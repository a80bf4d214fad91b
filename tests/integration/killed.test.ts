import { setTimeout as wait } from 'node:timers/promises';
import process from 'node:process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seeded } from '#lib/server/demo/random.ts';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { KillProxy } from '../support/kill-proxy.ts';
import { NetPhone } from '../support/net-phone.ts';
import { findVisits, WHOLE } from '../support/once.ts';
import { havePostgres, startPostgres, type Cluster } from '../support/postgres.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';

/** `KILLS=1000 SEED=7 vitest run killed` for more, or for the same again. */
const KILLS = Number(process.env['KILLS'] ?? 20);
const DATABASE_KILLS = Math.ceil(KILLS / 5);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** What the server prints where it died by itself; it must not. */
const CRASH = /Node\.js v\d+|triggerUncaughtException/;

describe.skipIf(!havePostgres || !hasBuild())(
	`kill -9 on PostgreSQL${havePostgres ? '' : ' (skipped: not installed)'}`,
	() => {
		let cluster: Cluster;
		beforeAll(() => {
			cluster = startPostgres();
		});
		afterAll(async () => {
			await stopServers();
			cluster.stop();
		});

		/** A server process on a new database, and one organisation with these many advisers. */
		async function world(advisers: number) {
			const database = cluster.fresh();
			const context = await startServer(database);
			const { phones } = await newOrganisation(context, ...Array<'adviser'>(advisers).fill('adviser'));
			const server = new BuiltServer({ DATABASE_URL: database, DEMO: 'false' });
			await server.start();
			return { store: context.store, phones, server };
		}

		it(
			`the server is killed ${KILLS} times while a phone delivers: nothing is lost, nothing doubled`,
			async () => {
				const { store, phones, server } = await world(1);
				const proxy = new KillProxy(() => server.port);
				await proxy.start();
				try {
					const random = seeded(SEED);
					const phone = await NetPhone.open(phones[0]!, () => proxy.url);
					const committed = { request: 0, commit: 0, answer: 0 };
					for (let round = 0; round < KILLS; round += 1) {
						await phone.save(1 + Math.floor(random() * 6));
						const before = (await findVisits(store, phone.saved)).lost.length;
						const moment = (['request', 'commit', 'answer'] as const)[Math.floor(random() * 3)]!;
						const dead = proxy.condemn({
							moment,
							share: random(),
							kill: async () => {
								server.signal('SIGKILL');
								await server.ended();
							}
						});
						const [result] = await Promise.all([phone.deliver(), dead]);
						expect(result).toMatchObject({ ok: false, failure: { why: 'offline' } });
						if ((await findVisits(store, phone.saved)).lost.length < before) committed[moment] += 1;
						expect(await findVisits(store, await phone.delivered())).toEqual(WHOLE);
						await server.start();
					}
					await phone.deliverAll();
					console.log(
						`kill -9 of the server on PostgreSQL, ${KILLS} times, seed ${SEED}; committed before it died: ${JSON.stringify(committed)}; ${phone.saved.length} visits`
					);
					expect(await phone.waiting()).toBe(0);
					expect(await findVisits(store, phone.saved)).toEqual(WHOLE);
				} finally {
					proxy.stop();
					await server.remove();
				}
			},
			20_000 + KILLS * 3000
		);

		it(
			`PostgreSQL itself is killed ${DATABASE_KILLS} times: the server lives on, says that it is busy, and nothing is lost or doubled`,
			async () => {
				const { store, phones, server } = await world(3);
				try {
					const random = seeded(SEED);
					const net = await Promise.all(phones.map((phone) => NetPhone.open(phone, () => server.url)));
					const answers = async () => (await fetch(`${server.url}/api/health`)).status;
					let interrupted = 0;
					for (let round = 0; round < DATABASE_KILLS; round += 1) {
						await Promise.all(net.map((phone) => phone.save(20)));
						const delivering = Promise.all(net.map((phone) => phone.deliver()));
						// Every fourth time just after the receipts: what was acknowledged has to be on the medium by then.
						await (round % 4 === 0 ? delivering : wait(random() * 30));
						if (round % 2 === 0) {
							cluster.kill();
							interrupted += (await delivering).filter(({ ok }) => !ok).length;
							expect(await net[0]!.deliver()).toEqual({
								ok: false,
								failure: { why: 'server', status: 503, code: 'busy', retryAfter: 30_000 }
							});
							expect(await answers()).toBe(503);
							cluster.start();
						} else {
							// One of its own, as when memory runs short: the first one ends all others and begins anew.
							process.kill(cluster.processes().at(-1)!, 'SIGKILL');
							interrupted += (await delivering).filter(({ ok }) => !ok).length;
						}
						await expect.poll(answers, { timeout: 10_000 }).toBe(200);
						for (const phone of net) expect(await findVisits(store, await phone.delivered())).toEqual(WHOLE);
						await Promise.all(net.map((phone) => phone.deliverAll()));
						for (const phone of net) expect(await findVisits(store, phone.saved)).toEqual(WHOLE);
					}
					expect(server.output).not.toMatch(CRASH);
					console.log(
						`kill -9 of PostgreSQL, ${DATABASE_KILLS} times, seed ${SEED}; ${interrupted} deliveries broken off; ${net.reduce((sum, { saved }) => sum + saved.length, 0)} visits`
					);
				} finally {
					await server.remove();
				}
			},
			20_000 + DATABASE_KILLS * 10_000
		);

		it('a request that gets no connection in time is told to come again', async () => {
			const context = await startServer(cluster.fresh());
			const { store } = context;
			const { phones } = await newOrganisation(context, 'adviser');
			const end = Promise.withResolvers<undefined>();
			let holding = 0;
			const held = Array.from({ length: 10 }, () =>
				store.write(async (trx) => {
					await sql`select 1`.execute(trx);
					holding += 1;
					await end.promise;
				})
			);
			await expect.poll(() => holding).toBe(10);
			vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
			try {
				const answer = phones[0]!.send({ ops: [phones[0]!.visit()] });
				await new Promise((resolve) => setImmediate(resolve));
				vi.advanceTimersByTime(20_000);
				expect(await (await answer).json()).toEqual({ error: 'busy' });
				expect((await answer).status).toBe(503);
			} finally {
				vi.useRealTimers();
				end.resolve(undefined);
				await Promise.all(held);
			}
		});
	}
);
