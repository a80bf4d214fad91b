import type { RequestEvent } from '@sveltejs/kit';
import {
	demoRequest,
	enrolmentRequest,
	invitationRequest,
	memberRequest,
	readCode,
	type enrolmentAnswer,
	type invitationAnswer
} from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { demoMembership, refreshTour } from '#lib/server/demo/load.ts';
import { sealTo } from '#lib/server/keys/seal-to.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { acrossOrganisations, reachOnly } from '#lib/server/storage/reach.ts';
import type { Trx } from '#lib/server/storage/store.ts';
import type * as z from 'zod/mini';
import { countTry, forgiveTry } from './attempts.ts';
import { ACCOUNT_LIMITS, parsed, read } from './bodies.ts';
import { clearAttempt, readAttempt, tokenOf, writeToken } from './cookies.ts';
import { deviceSigningIn, ownerOfDevice, revokeDevice } from './devices.ts';
import { addDevice, type Enrolled } from './enrolled.ts';
import { setDirectoryName } from './identities.ts';
import { invite, redeem } from './invitations.ts';
import { attemptOf } from './issuer/attempt.ts';
import { listPeople } from './people.ts';
import { changeRole } from './roles.ts';
import { endSession, sessionOf } from './sessions.ts';
import { requireProof, requireProofByPasskey } from './step-up.ts';
import { removeWays } from './ways.ts';

/** Wrong codes within ten minutes: for one address, and for everybody together. */
const TRIES_PER_ADDRESS = 10;
const TRIES_TOGETHER = 300;

/** Who has come in, with the session in a cookie and the key to seal to. A session that the browser had for this membership ends. */
export async function answerEnrolment(
	{ cookies, url }: RequestEvent,
	server: ServerContext,
	{ token, ...enrolled }: Enrolled
): Promise<Response> {
	const former = tokenOf(cookies, url, enrolled.membership);
	if (former !== undefined) await endSession(server.store, former, server.now());
	writeToken(cookies, url, enrolled.membership, token);
	reachOnly(enrolled.organisation);
	const key = await sealTo(server, enrolled.organisation);
	const answer = { ...enrolled, ...(key ? { sealTo: key } : {}) };
	return Response.json(answer satisfies z.infer<typeof enrolmentAnswer>, { status: 201 });
}

/**
 * `POST /api/v1/enrolments`: redeems a one-time code. A device that signs the request goes on as the device that it is, and its tries are
 * counted for itself: nobody else's can keep it out.
 */
export async function handleEnrolment(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { store, now } = server;
	const { json, sha256 } = await readJsonBody(event.request, ACCOUNT_LIMITS);
	const { code: typed, deviceName, publicKey, replica } = parsed(enrolmentRequest, json);
	const known = await deviceSigningIn(store, event.request, replica, sha256);
	const at = now();
	const scopes: Record<string, number> = known
		? { [`code:device:${known.device}`]: TRIES_PER_ADDRESS }
		: { [`code:${event.getClientAddress()}`]: TRIES_PER_ADDRESS, 'code:*': TRIES_TOGETHER };
	for (const [scope, limit] of Object.entries(scopes)) await countTry(store, scope, limit, at);
	const code = readCode(typed);
	if (!code) throw new ApiError(404, 'code_wrong');
	const devices = { known, fresh: { name: deviceName, publicKey } };
	const attempt = readAttempt(event.cookies, event.url);
	const enrolled = await redeem(store, code, devices, at, attempt && attemptOf(attempt).browser);
	if (attempt !== undefined) clearAttempt(event.cookies, event.url);
	for (const scope of Object.keys(scopes)) await forgiveTry(store, scope, at);
	return answerEnrolment(event, server, enrolled);
}

/** `POST /api/v1/demo`: a door of the demo. There is none outside it. */
export async function handleDemoDoor(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { store, settings, now } = server;
	if (!settings.demo) throw new ApiError(404, 'not_found');
	const { door, deviceName, publicKey } = await read(demoRequest, event.request);
	const entered = async (trx: Trx) => {
		const { organisation, membership } = await demoMembership(trx, door);
		await refreshTour(trx, organisation, now());
		return addDevice(trx, organisation, membership, { name: deviceName, publicKey }, now());
	};
	const enrolled = await acrossOrganisations(() => store.write(entered));
	return answerEnrolment(event, server, enrolled);
}

/** `GET /api/v1/people`. */
export async function handlePeople(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'people:read');
	return Response.json(await listPeople(server.store, organisation, server.now()));
}

/**
 * `PATCH /api/v1/people/[id]`: gives a member another role, or says by which name the municipality's directory knows them. Nobody changes
 * their own: the last administrator would lock all out, and a stolen session would get a way in that stays.
 */
export async function handleMember(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'people:change');
	requireProof(server, session);
	const change = await read(memberRequest, event.request);
	const member = event.params.id ?? '';
	if (member === session.membership) throw new ApiError(403, 'not_allowed');
	const { store, now } = server;
	if ('role' in change) await changeRole(store, session.organisation, member, change.role, now(), session);
	else await setDirectoryName(store, session, member, change.directoryName, now());
	return new Response(null, { status: 204 });
}

/**
 * `POST /api/v1/invitations`. Only an administrator makes administrators. A code proves who redeems it, so a session that may be stolen must not make
 * one.
 */
export async function handleInvitation(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'people:invite');
	await requireProofByPasskey(server, session);
	const { name, role, delivery, membership } = await read(invitationRequest, event.request);
	const { code, expires } = await server.store.write((trx) =>
		invite(trx, session, membership ? { membership } : { name, role }, delivery, server.now())
	);
	return Response.json({ code, expires } satisfies z.infer<typeof invitationAnswer>, { status: 201 });
}

/** `DELETE /api/v1/people/[id]/ways`: takes every way in from a member, for whoever has lost theirs; a new code follows. */
export async function handleWaysRemoval(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'ways:remove');
	requireProof(server, session);
	const member = event.params.id ?? '';
	if (member === session.membership) throw new ApiError(403, 'not_allowed');
	await removeWays(server.store, session, member, server.now());
	return new Response(null, { status: 204 });
}

/**
 * `DELETE /api/v1/devices/[id]`: revokes a device, one's own or, for the office, anybody's. Only an administrator locks another
 * administrator's device out. Whoever may not learns no more than that there is no such device.
 */
export async function handleRevocation(event: RequestEvent, server: ServerContext): Promise<Response> {
	const found = await sessionOf(event, server);
	const session = requireRight(found, 'device:revoke', found?.membership);
	const { organisation, membership, role } = session;
	const device = event.params.id ?? '';
	const owner = await ownerOfDevice(server.store, organisation, device);
	const own = owner?.membership === membership;
	if (!owner || !roleMay(role, 'device:revoke', own ? 'own' : 'any')) throw new ApiError(404, 'not_found');
	if (!own && owner.role === 'administrator' && !roleMay(role, 'administrator:change'))
		throw new ApiError(403, 'not_allowed');
	await revokeDevice(server.store, organisation, device, server.now(), session);
	return new Response(null, { status: 204 });
}
