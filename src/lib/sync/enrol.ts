import * as z from 'zod/mini';
import { newDatabaseName } from '#lib/device/device.ts';
import { openKeys } from '#lib/device/vault/keyring.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { newReplica } from '#lib/domain/ids.ts';
import { errorBody } from '#lib/protocol/errors.ts';
import { enrolmentAnswer } from '#lib/protocol/accounts.ts';
import { DEVICE_HEADER, signWith } from './carrier.ts';
import { signedHeaders } from './exchange.ts';
import { removeMark } from './wiped-mark.ts';

/** Why nobody was let in; `code` is one of protocol/errors.ts. */
export type EnrolFailure = { failure: 'offline' | 'code'; code?: string };

/** The key that signs what this device delivers. The private half can never leave the browser. */
async function newDeviceKey(): Promise<CryptoKeyPair> {
	return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

/**
 * Redeems a one-time code, or hands over what a passkey has signed, and writes the membership to this device. Called after a tap, never by
 * opening a link, so that no preview burns the code.
 *
 * @param path `/api/v1/enrolments`, `/api/v1/sign-in`, or the demo's door
 * @param again a membership of this device that signs in again: it stays the device that it is, where the server still knows it
 * @param lock what becomes of its vault. `anew`: whoever comes with a new code to one that is locked has perhaps forgotten the passphrase, and
 * chooses another one; what was sealed under it goes out sealed, or comes back from the server
 */
export async function enrol(
	open: PublicDb,
	path: string,
	request: { deviceName: string } & ({ code: string } | { credential: object } | { door: string }),
	again?: MembershipRow,
	lock: 'kept' | 'anew' = 'kept'
): Promise<{ membership: MembershipRow } | EnrolFailure> {
	const key = await newDeviceKey();
	const publicKey = await crypto.subtle.exportKey('jwk', key.publicKey);
	const message = { ...request, publicKey: { kty: 'EC', crv: 'P-256', x: publicKey.x, y: publicKey.y } };
	const sent = await send(path, message, again);
	// A server that was restored may know this device no more: then it becomes one anew.
	const unknown = again && 'code' in sent && sent.code === 'device_unknown';
	const answer = unknown ? await send(path, message) : sent;
	if ('failure' in answer) return answer;
	const { membership: id, organisation, organisationName, role, name, device, demo, sealTo } = answer;
	const known = await open.memberships.get(id);
	const same = known?.device === device;
	const membership: MembershipRow = {
		id,
		organisation,
		organisationName,
		role,
		name,
		device,
		demo,
		key: same ? known.key : key,
		// Enrolled again: the outbox that is there stays and goes out under the new key.
		database: known?.database ?? newDatabaseName(),
		vault: known && ((lock === 'kept' && (same || again)) || openKeys(id)) ? known.vault : undefined,
		sealTo,
		heardAt: Date.now(),
		usedAt: Date.now()
	};
	await open.memberships.put(membership);
	await removeMark(open);
	return { membership };
}

async function send(
	path: string,
	message: object,
	again?: MembershipRow
): Promise<z.infer<typeof enrolmentAnswer> | EnrolFailure> {
	// Nothing is numbered here: any name of a replica's form ties the signature to this request.
	const replica = newReplica();
	const body = new TextEncoder().encode(JSON.stringify(again ? { ...message, replica } : message));
	const type = { 'content-type': 'application/json' };
	let response: Response;
	let answered: unknown;
	try {
		const headers = again
			? await signedHeaders({ ...type, [DEVICE_HEADER]: again.device }, path, replica, body, {
					sign: signWith(again.key)
				})
			: type;
		response = await fetch(path, { method: 'POST', headers, body, redirect: 'error' });
		answered = await response.json();
	} catch {
		return { failure: 'offline' };
	}
	const answer = enrolmentAnswer.safeParse(answered);
	if (response.ok && answer.success) return answer.data;
	const error = z.safeParse(errorBody, answered);
	return error.success ? { failure: 'code', code: error.data.error } : { failure: 'offline' };
}
