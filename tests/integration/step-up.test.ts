import { randomFillSync } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { newClientCard } from '#lib/domain/client-card.ts';
import { creationOptions, requestOptions } from '#lib/protocol/passkeys.ts';
import { handleWhoAmI } from '#lib/server/accounts/handle-account.ts';
import {
	handleEnrolment,
	handleInvitation,
	handleMember,
	handleWaysRemoval
} from '#lib/server/accounts/handle-accounts.ts';
import {
	handleNewPasskey,
	handlePasskeyOptions,
	handlePasskeyRemoval,
	handleSignIn,
	handleSignInOptions
} from '#lib/server/accounts/handle-passkeys.ts';
import { handleStepUp, handleStepUpOptions } from '#lib/server/accounts/handle-step-up.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { handleExport, handleSheet, handleTables } from '#lib/server/directory/export/handle-export.ts';
import { handleSubject } from '#lib/server/subject-access/handle-subject.ts';
import { asks as officeAsks, type Asked } from '../support/asks.ts';
import { Authenticator } from '../support/authenticator.ts';
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
/** The card of a visit. */
const CARD = newClientCard((bytes) => randomFillSync(bytes));

/** Most of what is asked here is a POST. */
const asks = (server: ServerContext, by: Phone, handler: Parameters<typeof call>[1], asked: Asked = {}) =>
	officeAsks(server, by, handler, { method: 'POST', ...asked });

async function register(server: ServerContext, by: Phone): Promise<Authenticator> {
	const options = creationOptions.parse(await (await asks(server, by, handlePasskeyOptions)).json());
	const passkey = new Authenticator();
	const body = { name: 'Key', credential: passkey.make(options) };
	expect((await asks(server, by, handleNewPasskey, { body })).status).toBe(201);
	return passkey;
}

onEveryStore('what a session alone is not enough for', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'coordinator', 'adviser', 'administrator');
		const [coordinator, adviser, administrator] = phones as [Phone, Phone, Phone];
		await coordinator.sync([coordinator.visit({ clientCard: CARD })]);
		const later: ServerContext = { ...server, now: () => Date.now() + 6 * MINUTE };
		return { server, later, organisation, coordinator, adviser, administrator };
	}

	/** Everything that asks for a fresh proof, as the coordinator asks for it. */
	const guarded = (server: ServerContext, by: Phone, other: Phone) =>
		({
			export: () => asks(server, by, handleExport, { method: 'GET' }),
			tables: () => asks(server, by, handleTables, { method: 'GET' }),
			sheet: () => asks(server, by, handleSheet, { method: 'GET', query: '?format=csv&from=fi&to=ar' }),
			role: () =>
				asks(server, by, handleMember, {
					method: 'PATCH',
					id: other.enrolled.membership,
					body: { role: 'adviser' }
				}),
			takenOut: () => asks(server, by, handleSubject, { body: { code: CARD, do: 'export' } }),
			unlinked: () => asks(server, by, handleSubject, { body: { code: CARD, do: 'unlink' } }),
			ways: () => asks(server, by, handleWaysRemoval, { method: 'DELETE', id: other.enrolled.membership })
		}) as const;

	it('asks for a passkey that signs now, and then lets through for five minutes', async () => {
		const { server, later, coordinator, adviser } = await start();
		const passkey = await register(server, coordinator);
		for (const [what, ask] of Object.entries(guarded(later, coordinator, adviser))) {
			const answer = await ask();
			expect([what, answer.status, await answer.json()]).toEqual([what, 403, { error: 'step_up_needed' }]);
		}
		// Nor may a way in be added or taken away.
		expect((await asks(later, coordinator, handlePasskeyOptions)).status).toBe(403);
		const id = passkey.id.toString('base64url');
		expect((await asks(later, coordinator, handlePasskeyRemoval, { method: 'DELETE', id })).status).toBe(403);

		const old = new Jar();
		for (const [name, value] of coordinator.jar.values) old.values.set(name, value);
		const options = requestOptions.parse(await (await asks(later, coordinator, handleStepUpOptions)).json());
		expect(options.allowCredentials?.map((one) => one.id)).toEqual([id]);
		const body = { credential: passkey.sign(options) };
		expect((await asks(later, coordinator, handleStepUp, { body })).status).toBe(204);
		// The same again proves nothing.
		expect((await asks(later, coordinator, handleStepUp, { body })).status).toBe(401);
		for (const [what, ask] of Object.entries(guarded(later, coordinator, adviser))) {
			const answer = await ask();
			expect([what, answer.status < 300]).toEqual([what, true]);
			await answer.body?.cancel();
		}
		const request = new Request(`${ORIGIN}/api/v1/session`, {
			headers: { 'reppu-membership': coordinator.enrolled.membership }
		});
		expect((await call(later, handleWhoAmI, request, { jar: old })).status).toBe(401);
		const latest = { ...server, now: () => Date.now() + 12 * MINUTE };
		expect((await guarded(latest, coordinator, adviser).export()).status).toBe(403);
	});

	it('an old session of whoever has a passkey makes no code that would prove somebody', async () => {
		const { later, server, coordinator, adviser } = await start();
		const passkey = await register(server, coordinator);
		const wanted = { name: 'x', role: 'coordinator', delivery: 'face-to-face' };
		const invited = async (more: object) => {
			const answer = await asks(later, coordinator, handleInvitation, { body: { ...wanted, ...more } });
			return [answer.status, ((await answer.json()) as { error?: string }).error];
		};
		const asked = [{}, { membership: adviser.enrolled.membership }, { role: 'adviser' }];
		for (const more of asked) expect(await invited(more)).toEqual([403, 'step_up_needed']);
		const options = requestOptions.parse(await (await asks(later, coordinator, handleStepUpOptions)).json());
		const body = { credential: passkey.sign(options) };
		expect((await asks(later, coordinator, handleStepUp, { body })).status).toBe(204);
		for (const more of asked) expect(await invited(more)).toEqual([201, undefined]);
	});

	it('takes no passkey of somebody else, no answer to another question, and none without its user', async () => {
		const { server, later, coordinator, adviser } = await start();
		const passkey = await register(server, coordinator);
		const other = await register(server, adviser);
		const asked = async () =>
			requestOptions.parse(await (await asks(later, coordinator, handleStepUpOptions)).json());
		const signIn = requestOptions.parse(
			await (await call(later, handleSignInOptions, post('/api/v1/sign-in/options', ''))).json()
		);
		const theirs = requestOptions.parse(await (await asks(later, adviser, handleStepUpOptions)).json());
		const bad = [
			other.sign(await asked()),
			passkey.sign(signIn),
			passkey.sign(theirs),
			passkey.sign(await asked(), { verified: false })
		];
		for (const credential of bad)
			expect((await asks(later, coordinator, handleStepUp, { body: { credential } })).status).toBe(401);
		expect((await guarded(later, coordinator, adviser).export()).status).toBe(403);
		// What was signed to step up opens no session anywhere.
		const { publicKey } = { publicKey: coordinator.key.export({ format: 'jwk' }) as Record<string, string> };
		const { kty, crv, x, y } = publicKey;
		const body = { credential: passkey.sign(await asked()), deviceName: 'x', publicKey: { kty, crv, x, y } };
		expect((await call(later, handleSignIn, post('/api/v1/sign-in', body))).status).toBe(401);
	});

	it('without any passkey a code of somebody else proves it, one’s own does not; the first passkey is added all the same', async () => {
		const { server, later, coordinator, adviser, administrator } = await start();
		expect((await asks(later, coordinator, handleStepUpOptions)).status).toBe(404);
		const code = async (by: Phone) => {
			const body = {
				name: 'x',
				role: 'adviser',
				delivery: 'face-to-face',
				membership: coordinator.enrolled.membership
			};
			const answer = await asks(later, by, handleInvitation, { body });
			expect(answer.status).toBe(201);
			return ((await answer.json()) as { code: string }).code;
		};
		const redeem = async (text: string) => {
			const { kty, crv, x, y } = adviser.key.export({ format: 'jwk' }) as Record<string, string>;
			const body = { code: text, deviceName: 'new', publicKey: { kty, crv, x, y } };
			const answer = await call(later, handleEnrolment, post('/api/v1/enrolments', body), {
				jar: coordinator.jar
			});
			expect(answer.status).toBe(201);
		};
		await redeem(await code(coordinator));
		expect((await guarded(later, coordinator, adviser).export()).status).toBe(403);
		await redeem(await code(administrator));
		expect((await guarded(later, coordinator, adviser).export()).status).toBe(200);
		const latest = { ...server, now: () => Date.now() + 20 * MINUTE };
		await register(latest, coordinator);
		expect((await asks(latest, coordinator, handlePasskeyOptions)).status).toBe(403);
	});

	it('every way in is taken from a member who lost theirs; devices deliver on, a new code opens again', async () => {
		const { server, coordinator, adviser, administrator } = await start();
		const passkey = await register(server, adviser);
		const remove = async (by: Phone, from: Phone) =>
			(await asks(server, by, handleWaysRemoval, { method: 'DELETE', id: from.enrolled.membership })).status;
		const invited = async () => {
			const body = {
				name: 'x',
				role: 'adviser',
				delivery: 'sent',
				membership: adviser.enrolled.membership
			};
			const answer = await asks(server, coordinator, handleInvitation, { body });
			return ((await answer.json()) as { code: string }).code;
		};
		const old = await invited();
		expect([await remove(adviser, coordinator), await remove(coordinator, administrator)]).toEqual([
			403, 403
		]);
		expect(await remove(coordinator, coordinator)).toBe(403);
		const stranger = (await newOrganisation(server, 'adviser')).phones[0]!;
		expect(await remove(coordinator, stranger)).toBe(404);

		expect(await remove(coordinator, adviser)).toBe(204);
		expect((await adviser.send({ ops: [], cursors: {} })).status).toBe(401);
		expect((await adviser.send({ ops: [adviser.visit()] })).status).toBe(200);
		const options = requestOptions.parse(
			await (await call(server, handleSignInOptions, post('/api/v1/sign-in/options', ''))).json()
		);
		const { kty, crv, x, y } = adviser.key.export({ format: 'jwk' }) as Record<string, string>;
		const publicKey = { kty, crv, x, y };
		const signIn = { credential: passkey.sign(options), deviceName: 'x', publicKey };
		expect((await call(server, handleSignIn, post('/api/v1/sign-in', signIn))).status).toBe(401);
		const redeem = async (code: string) =>
			(await call(server, handleEnrolment, post('/api/v1/enrolments', { code, deviceName: 'x', publicKey })))
				.status;
		expect(await redeem(old)).toBe(404);
		expect(await redeem(await invited())).toBe(201);
	});

	it('the demo asks for nothing, and nobody makes a door of it their own', async () => {
		const { server, organisation, later, coordinator, adviser } = await start();
		await server.store.db
			.updateTable('organisations')
			.set({ demo: 1 })
			.where('id', '=', organisation)
			.execute();
		for (const [what, ask] of Object.entries(guarded(later, coordinator, adviser))) {
			const answer = await ask();
			expect([what, answer.status < 300]).toEqual([what, true]);
			await answer.body?.cancel();
		}
		expect((await asks(server, coordinator, handlePasskeyOptions)).status).toBe(403);
	});
});
