import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import {
	passkeyRename,
	passkeyRequest,
	signInRequest,
	type passkeyAnswer,
	type creationOptions,
	type requestOptions
} from '#lib/protocol/passkeys.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { acrossOrganisations } from '#lib/server/storage/reach.ts';
import { askToSign, verifyAssertion } from './assertions.ts';
import { countTry, forgiveTry } from './attempts.ts';
import { ACCOUNT_LIMITS, parsed, read } from './bodies.ts';
import { deviceSigningIn } from './devices.ts';
import { letIn } from './enrolled.ts';
import { ownAccount } from './handle-account.ts';
import { answerEnrolment } from './handle-accounts.ts';
import { requireProof, requireProofByPasskey } from './step-up.ts';
import { addPasskey, askForPasskey, removePasskey, renamePasskey } from './passkeys.ts';

/**
 * Passkeys that were refused within ten minutes for one address. There is no limit for all together: a signature cannot be guessed, and such
 * a limit would let anybody keep everybody out.
 */
const TRIES_PER_ADDRESS = 20;

/** `POST /api/v1/passkeys/options`: what the browser is to make. */
export async function handlePasskeyOptions(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	await requireProofByPasskey(server, session);
	const options = await askForPasskey(server, session);
	return Response.json(options satisfies z.infer<typeof creationOptions>);
}

/** `POST /api/v1/passkeys`: takes in what it has made. */
export async function handleNewPasskey(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	const added = await addPasskey(server, session, await read(passkeyRequest, event.request));
	return Response.json(added satisfies z.infer<typeof passkeyAnswer>, { status: 201 });
}

/** `PATCH /api/v1/passkeys/[id]`: calls one of one’s own something else. */
export async function handlePasskeyName(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	const { name } = await read(passkeyRename, event.request);
	await renamePasskey(server.store, session, event.params.id ?? '', name);
	return new Response(null, { status: 204 });
}

/** `DELETE /api/v1/passkeys/[id]`. */
export async function handlePasskeyRemoval(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	requireProof(server, session);
	await removePasskey(server.store, session, event.params.id ?? '', server.now());
	return new Response(null, { status: 204 });
}

/** `POST /api/v1/sign-in/options`: what a passkey is to sign, whichever it is. */
export async function handleSignInOptions(_: RequestEvent, server: ServerContext): Promise<Response> {
	return Response.json((await askToSign(server)) satisfies z.infer<typeof requestOptions>);
}

/** `POST /api/v1/sign-in`: a passkey opens its account, on the device that signs the request, or on a new one. */
export async function handleSignIn(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { store, now } = server;
	const { json, sha256 } = await readJsonBody(event.request, ACCOUNT_LIMITS);
	const { credential, deviceName, publicKey, replica } = parsed(signInRequest, json);
	const known = await deviceSigningIn(store, event.request, replica, sha256);
	const scope = `passkey:${event.getClientAddress()}`;
	await countTry(store, scope, TRIES_PER_ADDRESS, now());
	const opened = await verifyAssertion(server, credential);
	// Whoever holds a device that was locked out must not make a new one of it.
	if (known?.revoked && known.membership === opened.membership) throw new ApiError(403, 'device_revoked');
	const devices = { known, fresh: { name: deviceName, publicKey } };
	const enrolled = await acrossOrganisations(() =>
		store.write((trx) => letIn(trx, opened, devices, now(), { way: 'passkey' }))
	);
	await forgiveTry(store, scope, now());
	return answerEnrolment(event, server, enrolled);
}
