// First: it puts IndexedDB in place.
import { NetPhone } from '../support/net-phone.ts';
import { setTimeout as wait } from 'node:timers/promises';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { readMeta } from '#lib/device/device.ts';
import { seeded } from '#lib/server/demo/random.ts';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { findVisits, WHOLE } from '../support/once.ts';
import { havePostgres, startPostgres, type Cluster } from '../support/postgres.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';

/** `FREEZES=200 SEED=7 vitest run frozen` for more, or for the same again. */
const FREEZES = Number(process.env['FREEZES'] ?? 3);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const PHONES = 3;
/** After which the phones here give a request up, ms. */
const PATIENCE = 150;

/** Time stops for some processes: they keep their connections and answer nobody, as on a machine that is paused or starved. */
interface Ice {
	freeze: () => void;
	thaw: () => void;
}

async function freezeAndThaw(
	what: string,
	database: string,
	server: BuiltServer,
	{ freeze, thaw }: Ice
): Promise<void> {
	const random = seeded(SEED);
	let expired = 0;
	try {
		const context = await startServer(database);
		const { store } = context;
		const { phones } = await newOrganisation(context, ...Array<'adviser'>(PHONES).fill('adviser'));
		await server.start();
		const net = await Promise.all(phones.map((phone) => NetPhone.open(phone, () => server.url, PATIENCE)));
		await Promise.all(net.map((phone) => phone.deliverAll()));
		const replicas = () => Promise.all(net.map(({ device }) => readMeta(device.db, 'replica')));
		const first = await replicas();
		const deliver = async () => {
			const results = await Promise.all(net.map((phone) => phone.deliver()));
			expired += results.filter(
				(result) => 'failure' in result && result.failure.code === 'timed_out'
			).length;
		};
		for (let round = 0; round < FREEZES; round += 1) {
			await Promise.all(net.map((phone) => phone.save(1 + Math.floor(random() * 30))));
			const delivering = deliver();
			await wait(random() * 30);
			freeze();
			try {
				await delivering;
				// They come again, and their requests wait at a server that still has the first ones.
				await deliver();
			} finally {
				thaw();
			}
			await Promise.all(net.map((phone) => phone.deliverAll()));
			for (const phone of net) expect(await findVisits(store, phone.saved)).toEqual(WHOLE);
		}
		// What was given up is still worked through; nothing of it may count twice.
		await expect.poll(async () => (await fetch(`${server.url}/api/health`)).status).toBe(200);
		await wait(200);
		for (const phone of net) expect(await findVisits(store, phone.saved)).toEqual(WHOLE);
		// Two requests with the same ops, worked through side by side, make nobody think that a phone was copied.
		expect(await replicas()).toEqual(first);
		expect(expired).toBeGreaterThanOrEqual(FREEZES);
		console.log(
			`${what}, frozen ${FREEZES} times, seed ${SEED}: ${expired} requests given up, ${net.reduce((sum, { saved }) => sum + saved.length, 0)} visits`
		);
	} finally {
		await server.remove();
	}
}

const LONG = 30_000 + FREEZES * 5000;

describe.skipIf(!hasBuild())('a server that stands still for longer than its phones wait', () => {
	afterAll(stopServers);

	it(
		'on SQLite: nothing is lost, nothing doubled',
		async () => {
			const server = new BuiltServer({ DEMO: 'false' });
			await freezeAndThaw('server on SQLite', server.database, server, {
				freeze: () => server.signal('SIGSTOP'),
				thaw: () => server.signal('SIGCONT')
			});
		},
		LONG
	);

	describe.skipIf(!havePostgres)(`on PostgreSQL${havePostgres ? '' : ' (skipped: not installed)'}`, () => {
		let cluster: Cluster | undefined;
		const start = () => (cluster ??= startPostgres());
		const signalAll = (signal: 'SIGSTOP' | 'SIGCONT') => {
			for (const pid of start().processes()) process.kill(pid, signal);
		};
		afterAll(async () => {
			await stopServers();
			cluster?.stop();
		});

		it(
			'the server itself: nothing is lost, nothing doubled',
			async () => {
				const database = start().fresh();
				const server = new BuiltServer({ DATABASE_URL: database, DEMO: 'false' });
				await freezeAndThaw('server on PostgreSQL', database, server, {
					freeze: () => server.signal('SIGSTOP'),
					thaw: () => server.signal('SIGCONT')
				});
			},
			LONG
		);

		it(
			'its database: nothing is lost, nothing doubled',
			async () => {
				const database = start().fresh();
				const server = new BuiltServer({ DATABASE_URL: database, DEMO: 'false' });
				await freezeAndThaw('PostgreSQL', database, server, {
					freeze: () => signalAll('SIGSTOP'),
					thaw: () => signalAll('SIGCONT')
				});
			},
			LONG
		);
	});
});
