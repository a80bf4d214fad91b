import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import * as z from 'zod';
import { newId } from '#lib/domain/ids.ts';
import { accountAnswer } from '#lib/protocol/account.ts';
import {
	handleAccount,
	handleEndOthers,
	handleEndSession,
	handleWhoAmI
} from '#lib/server/accounts/handle-account.ts';
import { handleRevocation } from '#lib/server/accounts/handle-accounts.ts';
import { newToken, secretHash } from '#lib/server/accounts/secrets.ts';
import { beginSession, findSession } from '#lib/server/accounts/sessions.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { migrations } from '#lib/server/storage/migrations.ts';
import { connectStore, migrate } from '#lib/server/storage/store.ts';
import {
	call,
	Jar,
	newOrganisation,
	newPhone,
	ORIGIN,
	startServer,
	stopServers,
	type Phone
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const HOUR = 3_600_000;

const asks = (
	server: ServerContext,
	by: Phone,
	handler: Parameters<typeof call>[1],
	{ method = 'GET', id = '', jar = by.jar }: { method?: string; id?: string; jar?: Jar } = {}
) =>
	call(
		server,
		handler,
		new Request(`${ORIGIN}/api/v1/x`, {
			method,
			headers: { origin: ORIGIN, 'reppu-membership': by.enrolled.membership }
		}),
		{ jar, params: { id } }
	);

const account = async (server: ServerContext, by: Phone) =>
	accountAnswer.parse(await (await asks(server, by, handleAccount)).json());

const status = async (server: ServerContext, by: Phone, jar?: Jar) =>
	(await asks(server, by, handleWhoAmI, jar ? { jar } : {})).status;

onEveryStore('one’s own account', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [adviser, coordinator] = phones as [Phone, Phone];
		const second = await newPhone(server, organisation, adviser.enrolled.membership);
		return { server, organisation, adviser, second, coordinator };
	}

	it('shows one’s sessions and devices, and nothing of anybody else', async () => {
		const { server, adviser, second, coordinator } = await start();
		const { user, sessions, devices, passkeys } = await account(server, adviser);
		expect(user).toMatchObject({ membership: adviser.enrolled.membership, name: 'The adviser', demo: false });
		const own = [adviser.enrolled.device, second.enrolled.device];
		expect(sessions.map(({ device }) => device).sort()).toEqual([...own].sort());
		expect(devices.map(({ id }) => id).sort()).toEqual([...own].sort());
		expect(sessions.filter((one) => one.this).map(({ device }) => device)).toEqual([adviser.enrolled.device]);
		for (const { way, createdAt, endsAt } of sessions) {
			expect(way).toBe('code');
			expect(endsAt - createdAt).toBe(12 * HOUR);
		}
		expect(passkeys).toEqual([]);
		const text = JSON.stringify(await account(server, coordinator));
		for (const id of own) expect(text).not.toContain(id);
		// One that has ended by itself is shown no more.
		const later = { ...server, now: () => Date.now() + 11 * HOUR };
		await status(later, adviser);
		const latest = { ...server, now: () => Date.now() + 13 * HOUR };
		expect((await account(latest, adviser)).sessions.map(({ device }) => device)).toEqual([
			adviser.enrolled.device
		]);
	});

	it('ends one session, all others, or this one; somebody else’s is not there', async () => {
		const { server, organisation, adviser, second, coordinator } = await start();
		const third = await newPhone(server, organisation, adviser.enrolled.membership);
		const named = async (phone: Phone) =>
			(await account(server, phone)).sessions.find((one) => one.this)?.id ?? '';
		const end = async (by: Phone, id: string) =>
			(await asks(server, by, handleEndSession, { method: 'DELETE', id })).status;
		const foreign = (await newOrganisation(server, 'adviser')).phones[0]!;
		for (const id of [await named(coordinator), await named(foreign), newId(), 'x', ''])
			expect(await end(adviser, id)).toBe(404);
		expect(await end(coordinator, await named(adviser))).toBe(404);
		expect(await status(server, coordinator)).toBe(200);

		expect(await end(adviser, await named(second))).toBe(204);
		expect([await status(server, second), await status(server, adviser)]).toEqual([401, 200]);
		// The device goes on delivering, and is told to sign in to read.
		expect((await second.send({ ops: [second.visit()] })).status).toBe(200);
		expect((await second.send({ ops: [], cursors: {} })).status).toBe(401);

		expect((await asks(server, adviser, handleEndOthers, { method: 'DELETE' })).status).toBe(204);
		expect([await status(server, third), await status(server, adviser)]).toEqual([401, 200]);
		expect(await status(server, coordinator)).toBe(200);
		expect(await end(adviser, await named(adviser))).toBe(204);
		expect(adviser.jar.values.size).toBe(0);
		const noted = await server.store.db
			.selectFrom('audit')
			.select(['event', 'kind', 'membership_id', 'subject_id'])
			.where('organisation_id', '=', organisation)
			.where('event', '=', 'session-end')
			.execute();
		const own = adviser.enrolled.membership;
		expect(noted).toEqual(
			Array.from({ length: 3 }, () => ({
				event: 'session-end',
				kind: 'session',
				membership_id: own,
				subject_id: own
			}))
		);
	});

	it('in the demo lives thirty days, used or not: nobody there could give a new code', async () => {
		const { server, organisation, adviser } = await start();
		await server.store.db
			.updateTable('organisations')
			.set({ demo: 1 })
			.where('id', '=', organisation)
			.execute();
		const DAY = 24 * HOUR;
		const after = (days: number) => status({ ...server, now: () => Date.now() + days * DAY }, adviser);
		expect([await after(29), await after(31)]).toEqual([200, 401]);
	});

	it('a device is locked out by whose it is; a colleague’s is not there', async () => {
		const { server, adviser, second, coordinator } = await start();
		const revoke = async (by: Phone, of: Phone) =>
			(await asks(server, by, handleRevocation, { method: 'DELETE', id: of.enrolled.device })).status;
		expect(await revoke(adviser, coordinator)).toBe(404);
		expect(await revoke(adviser, second)).toBe(204);
		expect([await status(server, second), await status(server, coordinator)]).toEqual([401, 200]);
		const { devices } = await account(server, adviser);
		expect(devices.find(({ id }) => id === second.enrolled.device)?.revokedAt).toEqual(expect.any(Number));
		expect(await revoke(coordinator, adviser)).toBe(204);
	});

	it('signing in anew ends the session before: a token that was copied or planted opens nothing', async () => {
		const { server, organisation, adviser } = await start();
		const copied = new Jar();
		for (const [name, value] of adviser.jar.values) copied.values.set(name, value);
		const { membership, device } = adviser.enrolled;
		const token = await server.store.write((trx) =>
			beginSession(trx, { organisation, membership, device }, 'passkey', Date.now())
		);
		adviser.jar.values.set(`reppu-${membership}`, token);
		expect([await status(server, adviser), await status(server, adviser, copied)]).toEqual([200, 401]);
		const { sessions } = await account(server, adviser);
		expect(sessions.filter((one) => one.device === device).map(({ way }) => way)).toEqual(['passkey']);
	});
});

onEveryStore('sessions of before they had names', (_fresh, _kind, empty) => {
	it('go on, each with a name of its own', async () => {
		const database = empty();
		const store = await connectStore(database);
		await migrate(
			store,
			migrations.filter(({ name }) => name < '0009')
		);
		const tokens = [newToken(), newToken()];
		const now = Date.now();
		await sql`insert into organisations values ('o', 'Test', 0, '{}', ${now})`.execute(store.db);
		await sql`insert into memberships values ('o', 'm', 'The adviser', 'adviser', ${now}, null)`.execute(
			store.db
		);
		for (const token of tokens) {
			await sql`insert into devices (organisation_id, id, membership_id, name, public_key, created_at, high_seq)
				values ('o', ${token}, 'm', 'phone', '{}', ${now}, '{}')`.execute(store.db);
			await sql`insert into sessions (organisation_id, token_hash, membership_id, device_id, created_at, used_at)
				values ('o', ${secretHash(token)}, 'm', ${token}, ${now}, ${now})`.execute(store.db);
		}
		await store.close();
		const server = await startServer(database);
		const found = await Promise.all(tokens.map((token) => findSession(server, token)));
		expect(found.map((session) => session?.device)).toEqual(tokens);
		// Nobody has proved anything in them lately.
		expect(found.map((session) => session?.provedAt)).toEqual([0, 0]);
		const names = z.array(z.uuid()).parse(found.map((session) => session?.session));
		expect(new Set(names).size).toBe(2);
	});
});
