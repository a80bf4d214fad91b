import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountAnswer } from '#lib/protocol/account.ts';
import { directorySignInAnswer, enrolmentAnswer, peopleAnswer } from '#lib/protocol/accounts.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { handleAccount } from '#lib/server/accounts/handle-account.ts';
import { handleMember, handlePeople, handleWaysRemoval } from '#lib/server/accounts/handle-accounts.ts';
import {
	handleDirectoryReturn,
	handleDirectorySignIn,
	handleDirectoryWay
} from '#lib/server/accounts/issuer/handle-issuer.ts';
import { Issuer } from '#lib/server/accounts/issuer/issuer.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { handleExport } from '#lib/server/directory/export/handle-export.ts';
import { readSettings } from '#lib/server/settings.ts';
import { asks } from '../support/asks.ts';
import { redeemCode } from '../support/enrolment.ts';
import { TestIssuer, type Person } from '../support/issuer.ts';
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

const MINUTE = 60_000;
const BACK = `${ORIGIN}/api/v1/sign-in/directory/callback`;
const AINO: Person = { subject: 'a-1', email: 'Aino.Adviser@city.example' };

let issuer: TestIssuer;
beforeAll(async () => {
	issuer = await TestIssuer.start(BACK);
});
afterAll(async () => {
	await stopServers();
	await issuer.stop();
});

/** Says by which name the directory knows a member. */
const enter = async (server: ServerContext, by: Phone, of: Phone, directoryName: string | null) =>
	(
		await asks(server, by, handleMember, {
			method: 'PATCH',
			id: of.enrolled.membership,
			body: { directoryName }
		})
	).status;

async function begin(server: ServerContext, jar: Jar, again = false): Promise<string> {
	const answer = await call(server, handleDirectorySignIn, post('/api/v1/sign-in/directory', { again }), {
		jar
	});
	expect(answer.status).toBe(200);
	return directorySignInAnswer.parse(await answer.json()).address;
}

/** The browser comes back; where it is led on to, after the `#`. */
async function comeBack(server: ServerContext, jar: Jar, address: URL): Promise<string> {
	const answer = await call(server, handleDirectoryReturn, new Request(address), { jar });
	expect(answer.status).toBe(303);
	const location = answer.headers.get('location') ?? '';
	expect(location).toMatch(/^\/sign-in#/);
	return location.slice('/sign-in#'.length);
}

/** The whole way to the directory and back, in one browser. */
async function goThere(server: ServerContext, jar: Jar, person: Person, again = false): Promise<string> {
	return comeBack(server, jar, await issuer.visit(await begin(server, jar, again), person));
}

const redeem = (server: ServerContext, jar: Jar, led: string, phone?: Phone) =>
	redeemCode(server, jar, led.replace(/^code=/, ''), phone);

onEveryStore('signing in by the municipality’s directory', (fresh) => {
	async function start(settings: Record<string, string> = {}) {
		issuer.lie = undefined;
		issuer.forged = issuer.broken = false;
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'coordinator', 'adviser', 'administrator');
		const [coordinator, adviser, administrator] = phones as [Phone, Phone, Phone];
		const read = readSettings({
			...issuer.settings(),
			OIDC_ORGANISATION: organisation,
			ORIGIN,
			...settings
		}).issuer!;
		return {
			server: { ...server, issuer: new Issuer(read) } satisfies ServerContext,
			organisation,
			coordinator,
			adviser,
			administrator
		};
	}

	it('opens a new browser, and the phone that is known as the phone that it is', async () => {
		const { server, coordinator, adviser } = await start();
		const way = await call(server, handleDirectoryWay, new Request(`${ORIGIN}/api/v1/sign-in/directory`));
		expect(await way.json()).toEqual({ name: 'City' });
		expect(await enter(server, coordinator, adviser, ' aino.adviser@CITY.example ')).toBe(204);
		// Codes that the test itself has made.
		await server.store.db.deleteFrom('invitations').execute();

		const jar = new Jar();
		const answer = await redeem(server, jar, await goThere(server, jar, AINO));
		expect(answer.status).toBe(201);
		const enrolled = enrolmentAnswer.parse(await answer.json());
		expect(enrolled.membership).toBe(adviser.enrolled.membership);
		expect(enrolled.device).not.toBe(adviser.enrolled.device);
		// Nothing of the way there is left in the browser but the session.
		expect([...jar.values.keys()]).toEqual([`reppu-${enrolled.membership}`]);

		const again = await redeem(server, adviser.jar, await goThere(server, adviser.jar, AINO), adviser);
		expect(enrolmentAnswer.parse(await again.json()).device).toBe(adviser.enrolled.device);
		const account = accountAnswer.parse(await (await asks(server, adviser, handleAccount)).json());
		expect(account.sessions.map(({ way }) => way)).toEqual(['directory', 'directory']);
		expect(account.devices).toHaveLength(2);
		expect(await goThere(server, new Jar(), AINO)).toMatch(/^code=/);
		// A code of the directory that nobody has redeemed is no invitation.
		const { people } = peopleAnswer.parse(await (await asks(server, coordinator, handlePeople)).json());
		expect(people.find(({ membership }) => membership === enrolled.membership)).toMatchObject({
			directoryName: 'aino.adviser@city.example',
			directoryUsed: true,
			invitedUntil: null
		});
	});

	it('knows people by issuer and subject from the first time on: a new address changes nothing, an address given away opens nothing', async () => {
		const { server, coordinator, adviser } = await start();
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		const jar = new Jar();
		expect((await redeem(server, jar, await goThere(server, jar, AINO))).status).toBe(201);
		const married: Person = { subject: 'a-1', email: 'aino.new@city.example' };
		expect(await goThere(server, new Jar(), married)).toMatch(/^code=/);
		const next: Person = { subject: 'z-9', email: 'aino.adviser@city.example' };
		expect(await goThere(server, new Jar(), next)).toBe('error=directory_unknown');
		// Entered anew it is for whoever comes next.
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		expect(await goThere(server, new Jar(), next)).toMatch(/^code=/);
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_unknown');
	});

	it('lets in nobody who was not entered, whose address is not verified, who has left, or whose ways in were taken', async () => {
		const { server, organisation, coordinator, adviser } = await start();
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_unknown');
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		const unverified = { ...AINO, verified: false };
		expect(await goThere(server, new Jar(), unverified)).toBe('error=directory_unknown');
		expect(await goThere(server, new Jar(), { subject: 'a-1' })).toBe('error=directory_unknown');
		const named: Person = { subject: 'a-1', username: 'aino.adviser@city.example' };
		expect(await goThere(server, new Jar(), named)).toBe('error=directory_unknown');
		expect(await goThere(server, new Jar(), AINO)).toMatch(/^code=/);

		const id = adviser.enrolled.membership;
		const removed = await asks(server, coordinator, handleWaysRemoval, { method: 'DELETE', id });
		expect(removed.status).toBe(204);
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_unknown');

		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		const jar = new Jar();
		const led = await goThere(server, jar, AINO);
		await server.store.db
			.updateTable('memberships')
			.set({ ended_at: Date.now() })
			.where('id', '=', id)
			.execute();
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_unknown');
		expect((await redeem(server, jar, led)).status).toBe(404);
		const noted = await server.store.db
			.selectFrom('audit')
			.select(['subject_id', 'ids'])
			.where('organisation_id', '=', organisation)
			.where('event', '=', 'sign-in-refused')
			.execute();
		expect(noted).toHaveLength(6);
		// Of whoever is nobody here, nothing is kept.
		for (const row of noted) expect(row).toEqual({ subject_id: null, ids: '[]' });
		// Whoever takes their place and has the same account comes in as who they are now.
		const { phones } = await newOrganisation(server, 'adviser');
		expect(await enter(server, coordinator, phones[0]!, 'aino.adviser@city.example')).toBe(404);
	});

	it('takes the user name where the settings say so', async () => {
		const { server, coordinator, adviser } = await start({ OIDC_CLAIM: 'preferred_username' });
		await enter(server, coordinator, adviser, 'aino@city.example');
		const other: Person = { subject: 'b-2', email: 'aino@city.example', username: 'b@city.example' };
		expect(await goThere(server, new Jar(), other)).toBe('error=directory_unknown');
		const named: Person = { subject: 'a-1', username: 'Aino@city.example' };
		expect(await goThere(server, new Jar(), named)).toMatch(/^code=/);
	});

	it('is of one organisation: a member of another one is unknown, though entered there', async () => {
		const { server, organisation } = await start();
		const { phones } = await newOrganisation(server, 'coordinator', 'adviser');
		const [boss, member] = phones as [Phone, Phone];
		expect(await enter(server, boss, member, 'aino.adviser@city.example')).toBe(204);
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_unknown');
		// Where several are there, the settings have to say which one it is for.
		const unset = { ...server, issuer: new Issuer({ ...server.issuer.settings, organisation: undefined }) };
		expect(await goThere(unset, new Jar(), AINO)).toBe('error=not_found');
		await server.store.db
			.updateTable('organisations')
			.set({ demo: 1 })
			.where('id', '=', organisation)
			.execute();
		expect(await goThere(unset, new Jar(), AINO)).toMatch(/^code=/);
	});

	it('counts in the browser that began it, once, and not for ever', async () => {
		const { server, coordinator, adviser } = await start();
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		const [mine, other] = [new Jar(), new Jar()];
		const back = await issuer.visit(await begin(server, mine), AINO);
		const { exchanges } = issuer;
		// Another browser, one without anything, and one that began something else.
		await begin(server, other);
		expect(await comeBack(server, other, back)).toBe('error=directory_refused');
		expect(await comeBack(server, new Jar(), back)).toBe('error=directory_refused');
		const forged = new URL(back);
		forged.searchParams.set('state', 'x'.repeat(43));
		const copy = new Jar();
		for (const [name, value] of mine.values) copy.values.set(name, value);
		expect(await comeBack(server, copy, forged)).toBe('error=directory_refused');
		// None of that reached the directory, or took anything from whoever began it.
		expect(issuer.exchanges).toBe(exchanges);

		const [first, second] = [new Jar(), new Jar()];
		for (const [name, value] of mine.values) {
			first.values.set(name, value);
			second.values.set(name, value);
		}
		const led = await Promise.all([comeBack(server, first, back), comeBack(server, second, back)]);
		expect(led.filter((one) => one === 'error=directory_refused')).toHaveLength(1);
		const code = led.find((one) => one.startsWith('code='))!;
		// The code is this browser's: written down by somebody else it is worth nothing.
		expect((await redeem(server, new Jar(), code)).status).toBe(404);
		expect((await redeem(server, other, code)).status).toBe(404);
		const late = { ...server, now: () => Date.now() + 3 * MINUTE };
		expect((await redeem(late, mine, code)).status).toBe(404);
		const redeemed = await Promise.all(Array.from({ length: 6 }, () => redeem(server, copyOf(mine), code)));
		expect(redeemed.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(5).fill(404)]);

		const slow = new Jar();
		const old = await issuer.visit(await begin(server, slow), AINO);
		const tomorrow = { ...server, now: () => Date.now() + 16 * MINUTE };
		expect(await comeBack(tomorrow, slow, old)).toBe('error=directory_refused');
	});

	const copyOf = (jar: Jar) => {
		const copy = new Jar();
		for (const [name, value] of jar.values) copy.values.set(name, value);
		return copy;
	};

	it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
		['another nonce', (claims) => ({ ...claims, nonce: 'x'.repeat(43) })],
		['no nonce', ({ nonce: _, ...claims }) => claims],
		['another audience', (claims) => ({ ...claims, aud: 'somebody-else' })],
		['another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
		['an end that has passed', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 })],
		['no subject', ({ sub: _, ...claims }) => claims],
		['a subject that is no text', (claims) => ({ ...claims, sub: 7 })],
		['a time that is no time', (claims) => ({ ...claims, auth_time: 'now' })]
	])('refuses a token with %s', async (_, lie) => {
		const { server, coordinator, adviser } = await start();
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		issuer.lie = lie;
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_refused');
		issuer.lie = (claims) => claims;
		expect(await goThere(server, new Jar(), AINO)).toMatch(/^code=/);
	});

	it('refuses a token that another key has signed, a code that came before, and an answer without one', async () => {
		const { server, coordinator, adviser } = await start();
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		issuer.forged = true;
		expect(await goThere(server, new Jar(), AINO)).toBe('error=directory_refused');
		issuer.forged = false;
		const old = await issuer.visit(await begin(server, new Jar()), AINO);
		const jar = new Jar();
		const swapped = new URL(await issuer.visit(await begin(server, jar), AINO));
		// Somebody else's code does not go with this browser's verifier.
		swapped.searchParams.set('code', old.searchParams.get('code')!);
		expect(await comeBack(server, jar, swapped)).toBe('error=directory_refused');
		const denied = new Jar();
		const { searchParams } = new URL(await begin(server, denied));
		const error = new URL(`${BACK}?error=access_denied&state=${searchParams.get('state')}`);
		expect(await comeBack(server, denied, error)).toBe('error=directory_refused');
	});

	it('says so where the directory does not answer, and asks again when it does', async () => {
		const { server, coordinator, adviser } = await start();
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		issuer.broken = true;
		const request = post('/api/v1/sign-in/directory', { again: false });
		const answer = await call(server, handleDirectorySignIn, request);
		expect([answer.status, await answer.json()]).toEqual([503, { error: 'directory_silent' }]);
		issuer.broken = false;
		const jar = new Jar();
		const back = await issuer.visit(await begin(server, jar), AINO);
		issuer.broken = true;
		expect(await comeBack(server, jar, back)).toBe('error=directory_silent');
		issuer.broken = false;
		expect(await goThere(server, new Jar(), AINO)).toMatch(/^code=/);
		// It says that it is somebody else, or leads to another host.
		for (const address of [`${issuer.address}/elsewhere`, 'https://localhost:1']) {
			const other = { ...server, issuer: new Issuer({ ...server.issuer.settings, address }) };
			expect((await call(other, handleDirectorySignIn, post('/x', { again: false }))).status).toBe(503);
		}
	});

	it('proves who somebody is where they have just signed in there, and by nothing else', async () => {
		const { server, coordinator, administrator } = await start();
		await enter(server, administrator, coordinator, 'carl@city.example');
		const carl: Person = { subject: 'c-3', email: 'carl@city.example' };
		const signIn = async () =>
			(await redeem(server, coordinator.jar, await goThere(server, coordinator.jar, carl, true), coordinator))
				.status;
		const exported = async () => (await asks(server, coordinator, handleExport)).status;
		const hour = Math.floor(Date.now() / 1000) - 3600;
		issuer.lie = (claims) => ({ ...claims, auth_time: hour });
		expect([await signIn(), await exported()]).toEqual([201, 403]);
		issuer.lie = ({ auth_time: _, ...claims }) => claims;
		expect([await signIn(), await exported()]).toEqual([201, 403]);
		// Nor does a clock that runs ahead make it last.
		issuer.lie = (claims) => ({ ...claims, auth_time: hour + 7200 });
		expect([await signIn(), await exported()]).toEqual([201, 200]);
		const later = { ...server, now: () => Date.now() + 6 * MINUTE };
		expect((await asks(later, coordinator, handleExport)).status).toBe(403);
		issuer.lie = undefined;
		const address = new URL(await begin(server, new Jar(), true));
		expect([address.searchParams.get('prompt'), address.searchParams.get('max_age')]).toEqual(['login', '0']);
		expect([await signIn(), await exported()]).toEqual([201, 200]);
	});

	it('does not bring a phone back that was locked out', async () => {
		const { server, organisation, coordinator, adviser } = await start();
		await enter(server, coordinator, adviser, 'aino.adviser@city.example');
		await revokeDevice(server.store, organisation, adviser.enrolled.device, Date.now());
		const jar = new Jar();
		const refused = await redeem(server, jar, await goThere(server, jar, AINO), adviser);
		expect([refused.status, await refused.json()]).toEqual([403, { error: 'device_revoked' }]);
	});

	it('names are entered by whoever may, with a fresh proof, for one member each', async () => {
		const { server, coordinator, adviser, administrator } = await start();
		const name = 'aino.adviser@city.example';
		expect([
			await enter(server, adviser, coordinator, name),
			await enter(server, coordinator, coordinator, name),
			await enter(server, coordinator, administrator, name),
			await enter(server, coordinator, adviser, 'not a name'),
			await enter(server, coordinator, adviser, '')
		]).toEqual([403, 403, 403, 422, 422]);
		const later = { ...server, now: () => Date.now() + 6 * MINUTE };
		expect(await enter(later, coordinator, adviser, name)).toBe(403);
		expect(await enter(server, coordinator, adviser, name)).toBe(204);
		expect(await enter(server, administrator, coordinator, name)).toBe(409);
		expect(await enter(server, coordinator, adviser, null)).toBe(204);
		expect(await enter(server, administrator, coordinator, name)).toBe(204);
		const noted = await server.store.db
			.selectFrom('audit')
			.select('subject_id')
			.where('event', '=', 'directory-name')
			.execute();
		const { membership } = adviser.enrolled;
		// Ids have no order within a millisecond.
		expect(noted.map((row) => row.subject_id).sort()).toEqual(
			[membership, membership, coordinator.enrolled.membership].sort()
		);
	});

	it('is not there without its settings', async () => {
		const server = await startServer(fresh());
		const way = await call(server, handleDirectoryWay, new Request(`${ORIGIN}/api/v1/sign-in/directory`));
		expect(await way.json()).toEqual({ name: null });
		const request = post('/api/v1/sign-in/directory', { again: false });
		expect((await call(server, handleDirectorySignIn, request)).status).toBe(404);
		expect(await comeBack(server, new Jar(), new URL(BACK))).toBe('error=not_found');
	});
});
