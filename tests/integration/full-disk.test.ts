import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { NetPhone } from '../support/net-phone.ts';
import { findVisits, WHOLE } from '../support/once.ts';
import { havePostgres, startPostgres, type Cluster } from '../support/postgres.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';
import { mayMount, SmallDisk } from '../support/small-disk.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { Failure } from '#lib/sync/exchange.ts';
import { readContact } from '#lib/sync/contact-row.ts';

/** What a phone hears of a disk that is full. */
const FULL: Failure = { why: 'server', status: 507, code: 'storage_full', retryAfter: 30_000 };
/** More visits than fit beside what is there. */
const TOO_MANY = 5000;
/** Megabytes that are left for visits. */
const LEFT = 2;

interface World {
	store: Store;
	server: BuiltServer;
	writer: NetPhone;
	reader: NetPhone;
}

async function makeWorld(database: string): Promise<World> {
	const context = await startServer(database);
	const { phones } = await newOrganisation(context, 'adviser', 'coordinator');
	const server = new BuiltServer({ DATABASE_URL: database, DEMO: 'false' });
	await server.start();
	const [writer, reader] = await Promise.all(phones.map((phone) => NetPhone.open(phone, () => server.url)));
	await Promise.all([writer!.deliverAll(), reader!.deliverAll()]);
	return { store: context.store, server, writer: writer!, reader: reader! };
}

/** Saves and delivers until the disk has no room, says how the server told so. */
async function fill(disk: SmallDisk, { writer }: World): Promise<Failure> {
	disk.leave(LEFT);
	while (writer.saved.length < TOO_MANY) {
		await writer.save(100, 'x'.repeat(450));
		const result = await writer.deliver();
		if (result.ok) continue;
		if (!('failure' in result)) throw new Error('Somebody else delivers.');
		// The phone keeps what has no receipt, knows why, and comes again by itself.
		expect(await writer.waiting()).toBeGreaterThan(0);
		const contact = await readContact(writer.device.db);
		expect(contact).toMatchObject({ result: 'server', failures: 1 });
		expect(contact!.nextTry! - contact!.at).toBeGreaterThanOrEqual(30_000);
		return result.failure;
	}
	throw new Error('The disk is not full.');
}

/** Whoever reads is served as ever, and sees all that was acknowledged. */
async function reads({ server, reader, writer, store }: World): Promise<void> {
	expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
	expect(await reader.deliver()).toEqual({ ok: true });
	const delivered = await writer.delivered();
	expect(await findVisits(store, delivered)).toEqual(WHOLE);
	const seen = new Set((await reader.device.db.visits.toArray()).map(({ id }) => id));
	expect(delivered.filter((id) => !seen.has(id))).toEqual([]);
}

async function deliversAll({ writer, reader, store }: World): Promise<void> {
	await writer.save();
	await writer.deliverAll();
	expect(await writer.waiting()).toBe(0);
	expect(await findVisits(store, writer.saved)).toEqual(WHOLE);
	await reader.deliverAll();
	expect((await reader.device.db.visits.toArray()).map(({ id }) => id).sort()).toEqual(
		writer.saved.toSorted()
	);
}

const why = mayMount ? '' : ' (skipped: no right to mount a small one)';

describe.skipIf(!mayMount || !hasBuild())(`a disk that visits have filled${why}`, () => {
	let disk: SmallDisk | undefined;
	let cluster: Cluster | undefined;
	let world: World | undefined;
	afterEach(async () => {
		await world?.server.remove();
		await stopServers();
		cluster?.stop();
		disk?.remove();
		[world, cluster, disk] = [undefined, undefined, undefined];
	});

	it('SQLite: 507, reading goes on, also after a restart, and with more room everything arrives once', async () => {
		disk = new SmallDisk();
		world = await makeWorld(`${disk.folder}/reppu.db`);
		expect(await fill(disk, world)).toEqual(FULL);
		await reads(world);
		expect(await world.writer.deliver()).toEqual({ ok: false, failure: FULL });
		world.server.signal('SIGKILL');
		await world.server.ended();
		await world.server.start();
		await reads(world);
		expect(await world.writer.deliver()).toEqual({ ok: false, failure: FULL });
		disk.leave(64);
		await deliversAll(world);
		const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(world.store.db);
		expect(check.rows).toEqual([{ integrity_check: 'ok' }]);
	});

	describe.skipIf(!havePostgres)(`PostgreSQL${havePostgres ? '' : ' (skipped: not installed)'}`, () => {
		it('without room for its tables: the same', async () => {
			disk = new SmallDisk();
			cluster = startPostgres();
			world = await makeWorld(cluster.fresh(disk.folder));
			expect(await fill(disk, world)).toEqual(FULL);
			await reads(world);
			expect(await world.writer.deliver()).toEqual({ ok: false, failure: FULL });
			world.server.signal('SIGKILL');
			await world.server.ended();
			await world.server.start();
			await reads(world);
			disk.leave(64);
			await deliversAll(world);
		});

		it('without room for its log: it may stop; the server lives, and with more room everything arrives once', async () => {
			disk = new SmallDisk();
			const started = (cluster = startPostgres(disk.folder));
			world = await makeWorld(cluster.fresh());
			const told = await fill(disk, world);
			expect([507, 503]).toContain(told.status);
			disk.leave(64);
			const { server } = world;
			const answers = async () => {
				if (!started.lives()) started.start();
				return (await fetch(`${server.url}/api/health`)).status;
			};
			await expect.poll(answers, { timeout: 20_000 }).toBe(200);
			await deliversAll(world);
		});
	});
});
