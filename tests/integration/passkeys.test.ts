import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { accountAnswer } from '#lib/protocol/account.ts';
import { enrolmentAnswer } from '#lib/protocol/accounts.ts';
import { creationOptions, requestOptions } from '#lib/protocol/passkeys.ts';
import { handleAccount, handleWhoAmI } from '#lib/server/accounts/handle-account.ts';
import { handleEnrolment } from '#lib/server/accounts/handle-accounts.ts';
import {
	handleNewPasskey,
	handlePasskeyName,
	handlePasskeyOptions,
	handlePasskeyRemoval,
	handleSignIn,
	handleSignInOptions
} from '#lib/server/accounts/handle-passkeys.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { invite } from '#lib/server/accounts/invitations.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { asks as officeAsks, type Asked } from '../support/asks.ts';
import { Authenticator, type Conditions } from '../support/authenticator.ts';
import {
	call,
	Jar,
	newOrganisation,
	ORIGIN,
	post,
	startServer,
	stopServers,
	type Phone
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const MINUTE = 60_000;

function newKey() {
	const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
	return { kty: 'EC', crv: 'P-256', x, y };
}

/** Most of what is asked here is a POST. */
const asks = (server: ServerContext, by: Phone, handler: Parameters<typeof call>[1], asked: Asked = {}) =>
	officeAsks(server, by, handler, { method: 'POST', ...asked });

const question = async (server: ServerContext) =>
	requestOptions.parse(
		await (await call(server, handleSignInOptions, post('/api/v1/sign-in/options', ''))).json()
	);

const account = async (server: ServerContext, by: Phone) =>
	accountAnswer.parse(await (await asks(server, by, handleAccount, { method: 'GET' })).json());

async function register(
	server: ServerContext,
	by: Phone,
	passkey = new Authenticator(),
	how: Conditions = {}
) {
	const options = creationOptions.parse(await (await asks(server, by, handlePasskeyOptions)).json());
	const credential = passkey.make(options, how);
	const answer = await asks(server, by, handleNewPasskey, { body: { name: 'My key', credential } });
	return { passkey, options, answer };
}

/** A request to sign in, signed by the device of the phone where there is one. */
function signIn(
	server: ServerContext,
	credential: ReturnType<Authenticator['sign']>,
	{ phone, jar = new Jar(), path = '/api/v1/sign-in' }: { phone?: Phone; jar?: Jar; path?: string } = {}
) {
	const body = JSON.stringify({
		credential,
		deviceName: 'browser',
		publicKey: newKey(),
		...(phone ? { replica: phone.replica } : {})
	});
	return call(server, handleSignIn, post(path, body, phone ? signedBy(phone, path, body) : {}), { jar });
}

function signedBy(phone: Phone, path: string, body: string): Record<string, string> {
	const sha = createHash('sha256').update(body).digest('hex');
	const text = ['POST', path, phone.replica, sha].join('\n');
	const signature = sign('sha256', Buffer.from(text), { key: phone.key, dsaEncoding: 'ieee-p1363' });
	return { 'reppu-device': phone.enrolled.device, 'reppu-signature': signature.toString('base64') };
}

onEveryStore('passkeys', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [adviser, coordinator] = phones as [Phone, Phone];
		return { server, organisation, adviser, coordinator };
	}

	it('are added, shown, renamed and removed by their owner, and are nobody else’s business', async () => {
		const { server, organisation, adviser, coordinator } = await start();
		const { passkey, options, answer } = await register(server, adviser);
		expect(answer.status).toBe(201);
		const { id } = (await answer.json()) as { id: string };
		expect(id).toBe(passkey.id.toString('base64url'));
		expect(options).toMatchObject({
			rp: { id: 'localhost' },
			excludeCredentials: [],
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
		});
		expect((await account(server, adviser)).passkeys).toMatchObject([{ id, name: 'My key', usedAt: null }]);
		expect((await account(server, coordinator)).passkeys).toEqual([]);
		// Whatever has one of them is asked to make no second one.
		const again = creationOptions.parse(await (await asks(server, adviser, handlePasskeyOptions)).json());
		expect(again.excludeCredentials.map((one) => one.id)).toEqual([id]);

		const rename = async (by: Phone) =>
			(await asks(server, by, handlePasskeyName, { method: 'PATCH', id, body: { name: 'Blue key' } })).status;
		const remove = async (by: Phone) =>
			(await asks(server, by, handlePasskeyRemoval, { method: 'DELETE', id })).status;
		expect([await rename(coordinator), await remove(coordinator)]).toEqual([404, 404]);
		expect(await rename(adviser)).toBe(204);
		expect((await account(server, adviser)).passkeys).toMatchObject([{ id, name: 'Blue key' }]);
		expect([await remove(adviser), await remove(adviser)]).toEqual([204, 404]);
		expect((await signIn(server, passkey.sign(await question(server)))).status).toBe(401);
		const noted = await server.store.db
			.selectFrom('audit')
			.select(['event', 'subject_id', 'ids'])
			.where('organisation_id', '=', organisation)
			.where('kind', '=', 'passkey')
			.orderBy('event')
			.execute();
		const own = { subject_id: adviser.enrolled.membership, ids: JSON.stringify([id]) };
		expect(noted).toEqual([
			{ event: 'passkey-add', ...own },
			{ event: 'passkey-remove', ...own }
		]);
	});

	it('are not taken in when made elsewhere, without their user, or for another session', async () => {
		const { server, adviser, coordinator } = await start();
		for (const how of [
			{ origin: 'https://reppu.example.com' },
			{ origin: 'http://localhost:3000.evil.example' },
			{ rpId: 'evil.example' },
			{ verified: false }
		]) {
			const { answer } = await register(server, adviser, new Authenticator(), how);
			expect([how, answer.status, await answer.json()]).toEqual([how, 422, { error: 'passkey_refused' }]);
		}
		const options = creationOptions.parse(
			await (await asks(server, coordinator, handlePasskeyOptions)).json()
		);
		const take = async (by: Phone, credential: object, at = server) =>
			(await asks(at, by, handleNewPasskey, { body: { name: 'Key', credential } })).status;
		// Asked for in the coordinator's session, brought in the adviser's; and spent by that for nobody.
		expect(await take(adviser, new Authenticator().make(options))).toBe(422);
		expect(await take(coordinator, new Authenticator().make(options))).toBe(201);
		expect(await take(coordinator, new Authenticator().make(options))).toBe(422);
		const late = { ...server, now: () => Date.now() + 6 * MINUTE };
		const old = creationOptions.parse(await (await asks(server, adviser, handlePasskeyOptions)).json());
		expect(await take(adviser, new Authenticator().make(old), late)).toBe(422);
		// A question for signing in is none for adding.
		const other = { ...old, challenge: (await question(server)).challenge };
		expect(await take(adviser, new Authenticator().make(other))).toBe(422);
		expect((await account(server, adviser)).passkeys).toEqual([]);
		// The same one for two people is nobody's but the first one's.
		const { passkey } = await register(server, adviser);
		expect((await register(server, coordinator, passkey)).answer.status).toBe(422);
	});

	it('open their account on a new browser, as a code would, and on a known device as that device', async () => {
		const { server, organisation, adviser } = await start();
		const { passkey } = await register(server, adviser);
		const devices = () =>
			server.store.db
				.selectFrom('devices')
				.select('id')
				.where('membership_id', '=', adviser.enrolled.membership)
				.execute();
		const jar = new Jar();
		const answer = await signIn(server, passkey.sign(await question(server)), { jar });
		expect(answer.status).toBe(201);
		const enrolled = enrolmentAnswer.parse(await answer.json());
		expect(enrolled).toMatchObject({
			organisation,
			membership: adviser.enrolled.membership,
			role: 'adviser'
		});
		expect(enrolled.device).not.toBe(adviser.enrolled.device);
		expect([...jar.values.keys()]).toEqual([`reppu-${adviser.enrolled.membership}`]);
		expect(await devices()).toHaveLength(2);

		const copied = new Map(adviser.jar.values);
		const again = await signIn(server, passkey.sign(await question(server)), {
			phone: adviser,
			jar: adviser.jar
		});
		expect(enrolmentAnswer.parse(await again.json()).device).toBe(adviser.enrolled.device);
		expect(await devices()).toHaveLength(2);
		const { sessions } = await account(server, adviser);
		expect(sessions.map(({ device, way }) => [device, way]).sort()).toEqual(
			[
				[adviser.enrolled.device, 'passkey'],
				[enrolled.device, 'passkey']
			].sort()
		);
		// The cookie of before opens nothing any more.
		const old = new Jar();
		for (const [name, value] of copied) old.values.set(name, value);
		const request = new Request(`${ORIGIN}/api/v1/session`, {
			headers: { 'reppu-membership': adviser.enrolled.membership }
		});
		expect((await call(server, handleWhoAmI, request, { jar: old })).status).toBe(401);
		expect((await adviser.send({ ops: [], cursors: {} })).status).toBe(200);
		const events = await server.store.db
			.selectFrom('audit')
			.select('event')
			.where('subject_id', '=', adviser.enrolled.membership)
			.orderBy('event')
			.execute();
		// Ids have no order within a millisecond.
		expect(events.map(({ event }) => event)).toEqual(['enrol', 'enrol', 'invite', 'passkey-add', 'sign-in']);
	});

	it('a code makes no second device of the one that signs for it', async () => {
		const { server, organisation, adviser, coordinator } = await start();
		const redeem = async (of: Phone, phone: Phone, forged = false) => {
			const { code } = await server.store.write((trx) =>
				invite(
					trx,
					{ organisation, role: 'administrator' },
					{ membership: of.enrolled.membership },
					'sent',
					Date.now()
				)
			);
			const body = JSON.stringify({
				code,
				deviceName: 'phone',
				publicKey: newKey(),
				replica: phone.replica
			});
			const headers = signedBy(phone, '/api/v1/enrolments', forged ? `${body} ` : body);
			const answer = await call(server, handleEnrolment, post('/api/v1/enrolments', body, headers));
			return answer.status === 201 ? enrolmentAnswer.parse(await answer.json()).device : answer.status;
		};
		expect(await redeem(adviser, adviser)).toBe(adviser.enrolled.device);
		expect(await redeem(adviser, adviser, true)).toBe(401);
		// Somebody else's code on this device: a device of its own.
		expect([adviser.enrolled.device, coordinator.enrolled.device]).not.toContain(
			await redeem(coordinator, adviser)
		);
		await revokeDevice(server.store, organisation, adviser.enrolled.device, Date.now());
		expect(await redeem(adviser, adviser)).not.toBe(adviser.enrolled.device);
	});

	it('tries of others keep out no device that signs in again; its own are counted, too', async () => {
		const { server, organisation, adviser } = await start();
		const now = Math.ceil(Date.now() / (10 * MINUTE)) * 10 * MINUTE;
		const at = { ...server, now: () => now };
		const tries = async (code: string, phone?: Phone) => {
			const replica = phone ? { replica: phone.replica } : {};
			const body = JSON.stringify({ code, deviceName: 'x', publicKey: newKey(), ...replica });
			const path = '/api/v1/enrolments';
			return (await call(at, handleEnrolment, post(path, body, phone ? signedBy(phone, path, body) : {})))
				.status;
		};
		for (let index = 0; index < 10; index += 1) expect(await tries('ABCDE23456')).toBe(404);
		const newCode = async () => {
			const who = { membership: adviser.enrolled.membership };
			const by = { organisation, role: 'administrator' } as const;
			return (await server.store.write((trx) => invite(trx, by, who, 'sent', now))).code;
		};
		expect(await tries(await newCode())).toBe(429);
		expect(await tries(await newCode(), adviser)).toBe(201);
		for (let index = 0; index < 10; index += 1) expect(await tries('ABCDE23456', adviser)).toBe(404);
		expect(await tries(await newCode(), adviser)).toBe(429);
	});

	it('that sign anything else than what was asked for here, lately and for the first time, open nothing, and are answered alike', async () => {
		const { server, organisation, adviser, coordinator } = await start();
		const { passkey } = await register(server, adviser);
		const { passkey: other } = await register(server, coordinator);
		const asked = await question(server);
		const spent = passkey.sign(asked);
		expect((await signIn(server, spent)).status).toBe(201);
		const stranger = new Authenticator();
		stranger.handle = passkey.handle;
		const swapped = { ...other.sign(await question(server)), id: spent.id, rawId: spent.id };
		const handed = passkey.sign(await question(server));
		handed.response.userHandle = Buffer.from(coordinator.enrolled.membership).toString('base64url');
		const invented = { ...asked, challenge: Buffer.alloc(32, 7).toString('base64url') };
		const registering = creationOptions.parse(
			await (await asks(server, adviser, handlePasskeyOptions)).json()
		);
		const bad = [
			spent,
			stranger.sign(await question(server)),
			swapped,
			handed,
			passkey.sign(invented),
			passkey.sign({ ...asked, challenge: registering.challenge }),
			passkey.sign(await question(server), { origin: 'https://evil.example' }),
			passkey.sign(await question(server), { rpId: 'evil.example' }),
			passkey.sign(await question(server), { verified: false }),
			passkey.sign(await question(server), { counter: 1 })
		];
		const answers: unknown[] = [];
		for (const credential of bad) {
			const answer = await signIn(server, credential);
			answers.push([answer.status, await answer.text(), [...answer.headers].sort()]);
		}
		expect(answers[0]).toMatchObject([401, '{"error":"passkey_refused"}', expect.anything()]);
		for (const answer of answers) expect(answer).toEqual(answers[0]);
		const late = { ...server, now: () => Date.now() + 6 * MINUTE };
		const old = passkey.sign(await question(server), { counter: 100 });
		expect((await signIn(late, old)).status).toBe(401);
		// Noted where it is known whose passkey it was.
		const noted = await server.store.db
			.selectFrom('audit')
			.select(['subject_id', 'membership_id'])
			.where('organisation_id', '=', organisation)
			.where('event', '=', 'sign-in-refused')
			.execute();
		expect(noted.length).toBeGreaterThanOrEqual(8);
		for (const row of noted)
			expect(row).toEqual({ subject_id: adviser.enrolled.membership, membership_id: null });
		// And the right one still opens it: nobody was locked out by all that from another address.
		const { sessions } = await account(server, adviser);
		expect(sessions.length).toBeGreaterThan(0);
		const right = passkey.sign(await question(server), { counter: 200 });
		const body = { credential: right, deviceName: 'x', publicKey: newKey() };
		const elsewhere = await call(server, handleSignIn, post('/api/v1/sign-in', body), {
			address: '10.0.0.9'
		});
		expect(elsewhere.status).toBe(201);
	});

	it('of a member who has left open nothing, and a device that was locked out stays out', async () => {
		const { server, organisation, adviser, coordinator } = await start();
		const { passkey } = await register(server, adviser);
		const { passkey: other } = await register(server, coordinator);
		await revokeDevice(server.store, organisation, adviser.enrolled.device, Date.now());
		const refused = await signIn(server, passkey.sign(await question(server)), { phone: adviser });
		expect([refused.status, await refused.json()]).toEqual([403, { error: 'device_revoked' }]);
		await server.store.db
			.updateTable('memberships')
			.set({ ended_at: Date.now() })
			.where('id', '=', coordinator.enrolled.membership)
			.execute();
		expect((await signIn(server, other.sign(await question(server)))).status).toBe(401);
	});

	it('are tried twenty times in ten minutes from an address, and one opens one device though eight come at once', async () => {
		const { server, adviser } = await start();
		const { passkey } = await register(server, adviser);
		const signed = passkey.sign(await question(server));
		const all = await Promise.all(Array.from({ length: 8 }, () => signIn(server, signed)));
		expect(all.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401, 401, 401, 401]);
		const now = Math.ceil(Date.now() / (10 * MINUTE)) * 10 * MINUTE;
		const at = { ...server, now: () => now };
		for (let tries = 0; tries < 20; tries += 1) expect((await signIn(at, signed)).status).toBe(401);
		expect((await signIn(at, passkey.sign(await question(at)))).status).toBe(429);
	});
});
