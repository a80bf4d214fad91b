import {
	browserSupportsWebAuthn,
	startAuthentication,
	startRegistration,
	WebAuthnError,
	type AuthenticationResponseJSON
} from '@simplewebauthn/browser';
import * as z from 'zod/mini';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { fromBase64Url, toBase64Url } from '#lib/protocol/base64url.ts';
import { errorBody } from '#lib/protocol/errors.ts';
import { creationOptions, passkeyAnswer, requestOptions } from '#lib/protocol/passkeys.ts';
import { MEMBERSHIP_HEADER } from './carrier.ts';
import { enrol } from './enrol.ts';

/**
 * Why a passkey did not do what was asked of it; nothing has changed.
 *
 * - `offline`: the server did not answer
 * - `cancelled`: its user, or the browser, has ended it; also where there is no passkey that fits
 * - `exists`: whatever would hold the new passkey has one of this member already
 * - `unable`: this browser or key cannot do it
 * - `code`: the server refused; `code` is one of protocol/errors.ts
 */
export type PasskeyFailure =
	{ failure: 'offline' | 'cancelled' | 'exists' | 'unable' } | { failure: 'code'; code: string };

/** What a passkey gives besides signatures: a secret of 32 bytes for each salt, without any network (the PRF extension). */
export interface PasskeySecret {
	/** It can; not every one can. */
	available: boolean;
	/** Some say it when they are made. Of others `passkeySecret` asks it afterwards. */
	secret?: Uint8Array<ArrayBuffer> | undefined;
}

/** What a passkey said for a salt. `whose`: id of the membership it was made for, where the browser says it; `roams`: it is no part of this device. */
export interface SaidSecret {
	id: string;
	secret: Uint8Array<ArrayBuffer>;
	whose: string | undefined;
	roams: boolean;
}

/** Whether this browser knows passkeys at all. */
export const passkeysWork = (): boolean => browserSupportsWebAuthn();

/**
 * Makes a passkey for a membership that is signed in, and gives it to the server. What its PRF says never goes there.
 *
 * @param name as its user will tell it from others
 * @param salt of the secret that is asked for with it, 32 bytes
 * @param roams only one that its user carries with them will do: the device is shared
 */
export async function registerPasskey(
	membership: Pick<MembershipRow, 'id'>,
	name: string,
	{ salt, roams = false }: { salt?: Uint8Array<ArrayBuffer>; roams?: boolean } = {}
): Promise<{ id: string; prf: PasskeySecret } | PasskeyFailure> {
	const asked = await ask('/api/v1/passkeys/options', creationOptions, { membership });
	if ('failure' in asked) return asked;
	try {
		const prf = salt ? { eval: { first: salt } } : {};
		const where = roams ? { authenticatorAttachment: 'cross-platform' } : {};
		const authenticatorSelection = { ...asked.authenticatorSelection, ...where };
		const optionsJSON = { ...asked, authenticatorSelection, extensions: { prf } };
		const made = await startRegistration({ optionsJSON: optionsJSON as never });
		const { id, rawId, type, response, clientExtensionResults } = made;
		const { clientDataJSON, attestationObject, transports } = response;
		const credential = { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
		const added = await ask('/api/v1/passkeys', passkeyAnswer, { membership, body: { name, credential } });
		if ('failure' in added) return added;
		const secret = secretOf(clientExtensionResults);
		const available = secret !== undefined || enabledIn(clientExtensionResults);
		return { id: added.id, prf: { available, secret } };
	} catch (error) {
		return failureOf(error);
	}
}

/**
 * The secret that one of these passkeys has for a salt. Asks no server: a locked device opens without a network.
 *
 * @param credentialIds base64url; none: whichever its user picks
 */
export async function passkeySecret(
	credentialIds: readonly string[],
	salt: Uint8Array<ArrayBuffer>
): Promise<SaidSecret | PasskeyFailure> {
	try {
		const optionsJSON = {
			// Nobody looks at what is signed here.
			challenge: toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
			allowCredentials: credentialIds.map((id) => ({ id, type: 'public-key' })),
			userVerification: 'required',
			extensions: { prf: { eval: { first: salt } } }
		};
		const said = await startAuthentication({ optionsJSON: optionsJSON as never });
		const secret = secretOf(said.clientExtensionResults);
		if (!secret) return { failure: 'unable' };
		const whose = whoseIs(said);
		return { id: said.id, secret, whose, roams: said.authenticatorAttachment === 'cross-platform' };
	} catch (error) {
		return failureOf(error);
	}
}

/** Signs in by whichever passkey the user picks. On a device of theirs it stays that device; any other browser becomes one. */
export async function signInWithPasskey(
	open: PublicDb,
	deviceName: string
): Promise<{ membership: MembershipRow } | PasskeyFailure> {
	const asked = await ask('/api/v1/sign-in/options', requestOptions, {});
	if ('failure' in asked) return asked;
	try {
		const signed = await startAuthentication({ optionsJSON: asked as never });
		const known = await open.memberships.get(whoseIs(signed) ?? '');
		const request = { deviceName, credential: credentialOf(signed) };
		const entered = await enrol(open, '/api/v1/sign-in', request, known);
		if (!('failure' in entered)) return entered;
		return entered.failure === 'code' && entered.code !== undefined
			? { failure: 'code', code: entered.code }
			: { failure: 'offline' };
	} catch (error) {
		return failureOf(error);
	}
}

/** Proves to the server again who is signed in; undefined: it has been taken. `code` `not_found`: there is no passkey to do it with. */
export async function proveAgain(membership: Pick<MembershipRow, 'id'>): Promise<PasskeyFailure | undefined> {
	const asked = await ask('/api/v1/step-up/options', requestOptions, { membership });
	if ('failure' in asked) return asked;
	try {
		const signed = await startAuthentication({ optionsJSON: asked as never });
		const body = { credential: credentialOf(signed) };
		return await ask('/api/v1/step-up', z.undefined(), { membership, body });
	} catch (error) {
		return failureOf(error);
	}
}

/** A passkey knows whose it is, by the membership's id. */
function whoseIs({ response }: AuthenticationResponseJSON): string | undefined {
	const handle = response.userHandle;
	return handle === undefined ? undefined : new TextDecoder().decode(fromBase64Url(handle));
}

/** What the server is told of what was signed. */
function credentialOf({ id, rawId, type, response }: AuthenticationResponseJSON) {
	const { clientDataJSON, authenticatorData, signature, userHandle } = response;
	return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature, userHandle } };
}

const prfOutput = z.object({
	prf: z.optional(
		z.object({
			enabled: z.optional(z.boolean()),
			results: z.optional(z.object({ first: z.optional(z.instanceof(ArrayBuffer)) }))
		})
	)
});

function secretOf(results: object): Uint8Array<ArrayBuffer> | undefined {
	const first = prfOutput.safeParse(results).data?.prf?.results?.first;
	return first?.byteLength === 32 ? new Uint8Array(first) : undefined;
}

const enabledIn = (results: object) => prfOutput.safeParse(results).data?.prf?.enabled === true;

function failureOf(error: unknown): PasskeyFailure {
	if (error instanceof WebAuthnError) {
		if (error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return { failure: 'exists' };
		if (error.code === 'ERROR_CEREMONY_ABORTED') return { failure: 'cancelled' };
	}
	const name = error instanceof Error ? (error.cause instanceof Error ? error.cause.name : error.name) : '';
	return { failure: name === 'NotAllowedError' || name === 'AbortError' ? 'cancelled' : 'unable' };
}

async function ask<T>(
	path: string,
	schema: z.ZodMiniType<T>,
	{ membership, body }: { membership?: Pick<MembershipRow, 'id'>; body?: object }
): Promise<T | PasskeyFailure> {
	let response: Response;
	let answered: unknown;
	try {
		response = await fetch(path, {
			method: 'POST',
			headers: {
				...(membership ? { [MEMBERSHIP_HEADER]: membership.id } : {}),
				...(body ? { 'content-type': 'application/json' } : {})
			},
			...(body ? { body: JSON.stringify(body) } : {}),
			redirect: 'error'
		});
		answered = response.status === 204 ? undefined : await response.json();
	} catch {
		return { failure: 'offline' };
	}
	const answer = z.safeParse(schema, answered);
	if (response.ok && answer.success) return answer.data;
	const error = z.safeParse(errorBody, answered);
	return error.success ? { failure: 'code', code: error.data.error } : { failure: 'offline' };
}
