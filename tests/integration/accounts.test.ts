import { generateKeyPairSync } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { peopleAnswer } from '#lib/protocol/accounts.ts';
import { handleSignOut, handleWhoAmI } from '#lib/server/accounts/handle-account.ts';
import {
	handleEnrolment,
	handleInvitation,
	handlePeople,
	handleRevocation,
	handleMember
} from '#lib/server/accounts/handle-accounts.ts';
import { invite } from '#lib/server/accounts/invitations.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { handleFigures, handleReport } from '#lib/server/reports/handle-report.ts';
import {
	call,
	Jar,
	newOrganisation,
	newPhone,
	ORIGIN,
	Phone,
	post,
	startServer,
	stopServers
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 86_400_000;

function newKey() {
	const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
	return { kty: 'EC', crv: 'P-256', x, y };
}

const redeem = (
	server: ServerContext,
	code: string,
	{ address = '127.0.0.1', publicKey = newKey() as object, jar = new Jar() } = {}
) =>
	call(server, handleEnrolment, post('/api/v1/enrolments', { code, deviceName: 'phone', publicKey }), {
		address,
		jar
	});

const newCodeFor = async (
	server: ServerContext,
	organisation: string,
	membership: string,
	delivery: 'face-to-face' | 'sent' = 'sent'
) =>
	(
		await server.store.write((trx) =>
			invite(trx, { organisation, role: 'administrator' }, { membership }, delivery, server.now())
		)
	).code;

/** Everything of an answer that somebody outside can see. */
const seen = async (response: Response) => ({
	status: response.status,
	body: await response.text(),
	headers: [...response.headers].sort()
});

const asked = (phone: Phone, path: string, method = 'GET') =>
	new Request(`${ORIGIN}${path}`, {
		method,
		headers: { origin: ORIGIN, 'reppu-membership': phone.enrolled.membership }
	});

onEveryStore('one-time codes', (fresh) => {
	const start = async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		return { server, organisation, membership: phone.enrolled.membership };
	};

	it('that are wrong, no code at all, used, or out of date are answered alike, to the byte [fault 89]', async () => {
		const { server, organisation, membership } = await start();
		const used = await newCodeFor(server, organisation, membership);
		expect((await redeem(server, used)).status).toBe(201);
		const old = await newCodeFor(server, organisation, membership, 'face-to-face');
		const late = { ...server, now: () => Date.now() + 11 * MINUTE };
		const answers = [
			await seen(await redeem(server, 'ABCDE23456')),
			await seen(await redeem(server, 'not a code')),
			await seen(await redeem(server, '')),
			await seen(await redeem(server, used)),
			await seen(await redeem(late, old))
		];
		expect(answers[0]).toMatchObject({ status: 404, body: '{"error":"code_wrong"}' });
		for (const answer of answers) expect(answer).toEqual(answers[0]);
	});

	it('live ten minutes face to face and 72 hours when sent, to the millisecond', async () => {
		const { server, organisation, membership } = await start();
		const begun = Date.now();
		const at = (now: number): ServerContext => ({ ...server, now: () => now });
		for (const [delivery, life] of [
			['face-to-face', 10 * MINUTE],
			['sent', 3 * DAY]
		] as const) {
			const [early, late] = [
				await newCodeFor(at(begun), organisation, membership, delivery),
				await newCodeFor(at(begun), organisation, membership, delivery)
			];
			expect((await redeem(at(begun + life - 1), early)).status).toBe(201);
			expect((await redeem(at(begun + life), late)).status).toBe(404);
		}
	});

	it('work once, though eight redeem at once', async () => {
		const { server, organisation, membership } = await start();
		const code = await newCodeFor(server, organisation, membership);
		const before = await server.store.db.selectFrom('devices').select('id').execute();
		const statuses = (await Promise.all(Array.from({ length: 8 }, () => redeem(server, code)))).map(
			(answer) => answer.status
		);
		expect(statuses.sort()).toEqual([201, 404, 404, 404, 404, 404, 404, 404]);
		expect(await server.store.db.selectFrom('devices').select('id').execute()).toHaveLength(
			before.length + 1
		);
	});

	it('are not spent by a request that does not enrol', async () => {
		const { server, organisation, membership } = await start();
		const code = await newCodeFor(server, organisation, membership);
		const off = { ...newKey(), x: 'A'.repeat(43) };
		for (const publicKey of [off, { ...newKey(), d: 'A'.repeat(43) }, { ...newKey(), crv: 'P-384' }, {}])
			expect((await redeem(server, code, { publicKey })).status).toBe(422);
		const typed = ` ${code.slice(0, 5).toLowerCase()} - ${code.slice(5)} `;
		const jar = new Jar();
		expect((await redeem(server, typed, { jar })).status).toBe(201);
		expect([...jar.values.keys()]).toEqual([`reppu-${membership}`]);
	});

	it('may be tried ten times in ten minutes from an address; a restart forgives nothing [fault 88]', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const code = await newCodeFor(server, organisation, phones[0]!.enrolled.membership);
		// Ten minutes are counted from a full one.
		const now = Math.ceil(Date.now() / (10 * MINUTE)) * 10 * MINUTE;
		const at = (context: ServerContext, later = 0): ServerContext => ({ ...context, now: () => now + later });
		for (let tries = 0; tries < 10; tries += 1)
			expect((await redeem(at(server), 'ABCDE23456')).status).toBe(404);
		const refused = await redeem(at(server), code);
		expect(refused.status).toBe(429);
		expect(await refused.json()).toEqual({ error: 'too_many_tries' });
		expect(Number(refused.headers.get('retry-after'))).toBe(600);
		expect((await redeem(at(server), 'ABCDE23456', { address: '10.0.0.9' })).status).toBe(404);
		const restarted = await startServer(database);
		expect((await redeem(at(restarted, 5 * MINUTE), code)).status).toBe(429);
		expect((await redeem(at(restarted, 10 * MINUTE), code)).status).toBe(201);
	});

	it('may not be guessed from many addresses either', async () => {
		const { server } = await start();
		const now = Math.ceil(Date.now() / (10 * MINUTE)) * 10 * MINUTE;
		const statuses = new Map<number, number>();
		for (let address = 0; address < 310; address += 1) {
			const { status } = await redeem({ ...server, now: () => now }, 'ABCDE23456', {
				address: `10.0.${address >> 8}.${address & 255}`
			});
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
		}
		expect(Object.fromEntries(statuses)).toEqual({ 404: 300, 429: 10 });
	});
});

onEveryStore('devices and sessions', (fresh) => {
	it('of a revoked device end at once; the device of another organisation is not there [fault 51]', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'coordinator', 'adviser');
		const [coordinator, adviser] = phones as [Phone, Phone];
		const other = await newOrganisation(server, 'coordinator', 'adviser');
		const foreign = other.phones[1]!.enrolled.device;
		const revoke = (by: Phone, id: string) =>
			call(server, handleRevocation, asked(by, `/api/v1/devices/${id}`, 'DELETE'), {
				jar: by.jar,
				params: { id }
			});
		const missing = await seen(await revoke(coordinator, newId()));
		expect(missing).toMatchObject({ status: 404, body: '{"error":"not_found"}' });
		for (const id of [foreign, 'x', "' or 1=1 --", ''])
			expect(await seen(await revoke(coordinator, id))).toEqual(missing);
		expect((await other.phones[1]!.send({ ops: [] })).status).toBe(200);
		expect((await revoke(coordinator, adviser.enrolled.device)).status).toBe(204);
		expect(await seen(await revoke(coordinator, adviser.enrolled.device))).toEqual(missing);
		const refused = await adviser.send({ ops: [adviser.visit()], cursors: {} });
		expect([refused.status, await refused.json()]).toEqual([403, { error: 'device_revoked' }]);
		expect(
			(await call(server, handleWhoAmI, asked(adviser, '/api/v1/session'), { jar: adviser.jar })).status
		).toBe(401);
	});

	it('end with the membership, with 12 idle hours, with 30 days, and with signing out [fault 90]', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser', 'adviser');
		const [left, idle, out] = phones as [Phone, Phone, Phone];
		const who = (phone: Phone, later = 0) =>
			call({ ...server, now: () => Date.now() + later }, handleWhoAmI, asked(phone, '/api/v1/session'), {
				jar: phone.jar
			});
		for (const phone of phones) expect((await who(phone)).status).toBe(200);
		await server.store.db
			.updateTable('memberships')
			.set({ ended_at: Date.now() })
			.where('organisation_id', '=', organisation)
			.where('id', '=', left.enrolled.membership)
			.execute();
		expect((await who(left)).status).toBe(401);
		expect((await left.send({ ops: [left.visit()], cursors: {} })).status).toBe(403);
		expect((await who(idle, 12 * HOUR + MINUTE)).status).toBe(401);
		for (let hours = 0; hours < 30 * 24; hours += 11)
			expect((await who(idle, hours * HOUR)).status).toBe(200);
		expect((await who(idle, 30 * DAY + MINUTE)).status).toBe(401);
		const patient = { ...server, settings: { ...server.settings, sessionIdle: 24 * HOUR } };
		const later = { ...patient, now: () => Date.now() + 13 * HOUR };
		const asks = () => call(later, handleWhoAmI, asked(out, '/api/v1/session'), { jar: out.jar });
		expect((await who(out, 13 * HOUR)).status).toBe(401);
		expect((await asks()).status).toBe(200);
		const signOut = await call(server, handleSignOut, asked(out, '/api/v1/session', 'DELETE'), {
			jar: new Jar()
		});
		expect(signOut.status).toBe(204);
		expect((await who(out)).status).toBe(200);
		const token = new Jar();
		for (const [name, value] of out.jar.values) token.values.set(name, value);
		await call(server, handleSignOut, asked(out, '/api/v1/session', 'DELETE'), { jar: out.jar });
		expect(out.jar.values.size).toBe(0);
		// The cookie that somebody copied beforehand opens nothing any more.
		expect((await call(server, handleWhoAmI, asked(out, '/api/v1/session'), { jar: token })).status).toBe(
			401
		);
		expect((await out.send({ ops: [out.visit()] })).status).toBe(200);
	});
});

onEveryStore('who may invite whom', (fresh) => {
	const asks = (by: Phone, body: object) =>
		call(
			by.server,
			handleInvitation,
			post(
				'/api/v1/invitations',
				{ name: 'New', role: 'adviser', delivery: 'sent', ...body },
				{ 'reppu-membership': by.enrolled.membership }
			),
			{ jar: by.jar }
		);

	it('a coordinator makes no administrator and opens no administrator’s membership, nor one of another organisation', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'coordinator', 'administrator', 'adviser');
		const [coordinator, administrator, adviser] = phones as [Phone, Phone, Phone];
		const other = await newOrganisation(server, 'adviser');
		const membership = (phone: Phone) => ({ membership: phone.enrolled.membership });
		const before = await server.store.db.selectFrom('invitations').select('code_hash').execute();
		expect((await asks(coordinator, { role: 'administrator' })).status).toBe(403);
		expect((await asks(coordinator, membership(administrator))).status).toBe(403);
		const missing = await seen(await asks(coordinator, { membership: newId() }));
		expect(missing).toMatchObject({ status: 404, body: '{"error":"not_found"}' });
		expect(await seen(await asks(coordinator, membership(other.phones[0]!)))).toEqual(missing);
		for (const body of [
			{ role: 'root' },
			{ organisation: newId() },
			{ name: '' },
			{ delivery: 'never' },
			{ expires: 1e15 }
		])
			expect((await asks(coordinator, body)).status).toBe(422);
		expect(await server.store.db.selectFrom('invitations').select('code_hash').execute()).toHaveLength(
			before.length
		);
		expect((await asks(coordinator, membership(adviser))).status).toBe(201);
		expect((await asks(administrator, membership(administrator))).status).toBe(201);
		expect((await asks(administrator, { role: 'administrator' })).status).toBe(201);
	});

	it('a viewer is invited as one, and reads published figures and no true ones', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'coordinator');
		const answer = await asks(phones[0]!, { role: 'viewer' });
		expect(answer.status).toBe(201);
		const { code } = (await answer.json()) as { code: string };
		const jar = new Jar();
		const redeemed = await redeem(server, code, { jar });
		const { role, membership } = (await redeemed.json()) as { role: string; membership: string };
		expect(role).toBe('viewer');
		const figures = (question: object) =>
			call(
				server,
				handleFigures,
				new Request(`${ORIGIN}/api/v1/figures?ask=${encodeURIComponent(JSON.stringify(question))}`, {
					headers: { 'reppu-membership': membership }
				}),
				{ jar }
			);
		const quarter = { from: '2025-01-01', to: '2025-03-31', where: {}, tables: [] };
		expect(await (await figures(quarter)).json()).toMatchObject({ published: true, contacts: null });
		expect((await figures({ ...quarter, to: '2025-03-30' })).status).toBe(403);
	});

	it('another device of an adviser stays an adviser, whatever role the request names', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'coordinator', 'adviser');
		const [coordinator, adviser] = phones as [Phone, Phone];
		const answer = await asks(coordinator, { role: 'coordinator', membership: adviser.enrolled.membership });
		const { code } = (await answer.json()) as { code: string };
		expect(await (await redeem(server, code)).json()).toMatchObject({
			role: 'adviser',
			membership: adviser.enrolled.membership
		});
	});
});

const period = '?from=2026-01-01&to=2026-12-31';

describe('people and roles', () => {
	it('a role is another’s to change, an administrator’s by an administrator, and phones hear of it', async () => {
		const server = await startServer(':memory:');
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator', 'administrator');
		const [adviser, coordinator, administrator] = phones as [Phone, Phone, Phone];
		const stranger = (await newOrganisation(server, 'administrator')).phones[0]!;
		const give = async (by: Phone, to: Phone, role: string) => {
			const request = post('/api/v1/people/x', { role }, { 'reppu-membership': by.enrolled.membership });
			return (
				await call(server, handleMember, request, { jar: by.jar, params: { id: to.enrolled.membership } })
			).status;
		};
		expect(await give(coordinator, adviser, 'coordinator')).toBe(204);
		expect(await give(coordinator, adviser, 'administrator')).toBe(403);
		expect(await give(coordinator, administrator, 'adviser')).toBe(403);
		expect(await give(administrator, administrator, 'adviser')).toBe(403);
		expect(await give(administrator, coordinator, 'viewer')).toBe(422);
		expect(await give(stranger, adviser, 'adviser')).toBe(404);
		const changes = await adviser.readAll();
		const members = changes.filter(({ collection }) => collection === 'member');
		expect(
			members.map(({ part, recordId, state }) => [
				part,
				recordId,
				state?.heads.name?.[0]?.value,
				state?.heads.role?.[0]?.value
			])
		).toEqual(
			expect.arrayContaining([
				['organisation', adviser.enrolled.membership, 'The adviser', 'coordinator'],
				['organisation', administrator.enrolled.membership, 'The administrator', 'administrator']
			])
		);
		expect(members).toHaveLength(3);
		expect(changes.some(({ part }) => part === `member:${coordinator.enrolled.membership}`)).toBe(false);
	});

	it('numbers that a phone has given out and the server never got are counted with the phone', async () => {
		const server = await startServer(':memory:');
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [adviser, coordinator] = phones as [Phone, Phone];
		const [first, lost, third] = [adviser.visit(), adviser.visit(), adviser.visit()];
		await adviser.sync([first, third]);
		const missing = async () => {
			const response = await call(server, handlePeople, asked(coordinator, '/api/v1/people'), {
				jar: coordinator.jar
			});
			const { people } = peopleAnswer.parse(await response.json());
			return people.flatMap(({ devices }) => devices.map((device) => device.missing));
		};
		expect((await missing()).sort()).toEqual([0, 1]);
		await adviser.sync([lost]);
		expect(await missing()).toEqual([0, 0]);
	});

	it('figures and people are those of one’s own organisation', async () => {
		const server = await startServer(':memory:');
		const mine = await newOrganisation(server, 'coordinator', 'adviser');
		const other = await newOrganisation(server, 'coordinator', 'adviser');
		const [coordinator, adviser] = mine.phones as [Phone, Phone];
		await adviser.sync([adviser.visit({}, Date.UTC(2026, 5, 1))]);
		const read = async (
			by: Phone,
			handler: (event: RequestEvent, server: ServerContext) => Promise<Response>,
			path: string
		) =>
			(await call(server, handler, asked(by, path), { jar: by.jar })).json() as Promise<{
				visits: number;
				people: unknown[];
			}>;
		expect((await read(coordinator, handleReport, `/api/v1/report${period}`)).visits).toBe(1);
		expect((await read(other.phones[0]!, handleReport, `/api/v1/report${period}`)).visits).toBe(0);
		expect((await read(coordinator, handlePeople, '/api/v1/people')).people).toHaveLength(2);
		const text = JSON.stringify(await read(other.phones[0]!, handlePeople, '/api/v1/people'));
		for (const phone of mine.phones) {
			expect(text).not.toContain(phone.enrolled.membership);
			expect(text).not.toContain(phone.enrolled.device);
		}
	});

	it('the same membership’s second phone has a session of its own', async () => {
		const server = await startServer(':memory:');
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const second = await newPhone(server, organisation, phones[0]!.enrolled.membership);
		const mixed = new Phone(server, phones[0]!.enrolled, phones[0]!.key);
		mixed.jar.values.clear();
		for (const [name, value] of second.jar.values) mixed.jar.values.set(name, value);
		// Signed by the first device, with the cookie of the second: it may deliver, not read.
		expect((await mixed.send({ ops: [mixed.visit()] })).status).toBe(200);
		expect((await mixed.send({ ops: [], cursors: {} })).status).toBe(401);
	});

	it('one person in two organisations has a session in each, and each reads and writes its own only (#58)', async () => {
		const server = await startServer(':memory:');
		const [here] = (await newOrganisation(server, 'adviser')).phones as [Phone];
		const [there] = (await newOrganisation(server, 'adviser')).phones as [Phone];
		// One browser: the cookies of both go with every request, and the request says for which it is.
		const jar = [...here.jar.values, ...there.jar.values];
		for (const phone of [here, there]) for (const [name, value] of jar) phone.jar.values.set(name, value);
		const [mine, theirs] = [here.visit(), there.visit()];
		await here.sync([mine]);
		await there.sync([theirs]);
		const idsOf = async (phone: Phone) => (await phone.readAll()).map(({ recordId }) => recordId);
		expect(await idsOf(here)).toContain(mine.recordId);
		expect(await idsOf(here)).not.toContain(theirs.recordId);
		expect(await idsOf(there)).not.toContain(mine.recordId);
		const rows = await server.store.db.selectFrom('records').select(['id', 'organisation_id']).execute();
		expect(rows.find(({ id }) => id === mine.recordId)?.organisation_id).toBe(here.enrolled.organisation);
		expect(rows.find(({ id }) => id === theirs.recordId)?.organisation_id).toBe(there.enrolled.organisation);
		// The device of one with the session of the other reads nothing.
		const asked = Buffer.from(
			JSON.stringify({ protocol: 1, replica: here.replica, highSeq: here.seq, ops: [], cursors: {} })
		);
		const mixed = await here.sendBytes(asked, { 'reppu-membership': there.enrolled.membership });
		expect(mixed.status).toBe(401);
	});
});
