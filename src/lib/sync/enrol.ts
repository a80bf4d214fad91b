import * as z from 'zod/mini';
import { newDatabaseName } from '#lib/device/device.ts';
import { openKeys } from '#lib/device/vault/keyring.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { errorBody } from '#lib/protocol/errors.ts';
import { enrolmentAnswer } from '#lib/protocol/accounts.ts';

/** Why an invitation could not be used; `code` is one of protocol/errors.ts. */
export type EnrolFailure = { failure: 'offline' | 'code'; code?: string };

/** The key that signs what this device delivers. The private half can never leave the browser. */
async function newDeviceKey(): Promise<CryptoKeyPair> {
	return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

/**
 * Redeems a one-time code and writes the membership to this device. Called after a tap, never by opening a link, so that
 * no preview burns the code.
 *
 * @param path `/api/v1/enrolments`, or the demo's door
 */
export async function enrol(
	open: PublicDb,
	path: string,
	request: { code: string; deviceName: string } | { door: string; deviceName: string }
): Promise<{ membership: MembershipRow } | EnrolFailure> {
	const key = await newDeviceKey();
	const publicKey = await crypto.subtle.exportKey('jwk', key.publicKey);
	let response: Response;
	let body: unknown;
	try {
		response = await fetch(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				...request,
				publicKey: { kty: 'EC', crv: 'P-256', x: publicKey.x, y: publicKey.y }
			}),
			redirect: 'error'
		});
		body = await response.json();
	} catch {
		return { failure: 'offline' };
	}
	const answer = enrolmentAnswer.safeParse(body);
	if (!response.ok || !answer.success) {
		const error = z.safeParse(errorBody, body);
		return error.success ? { failure: 'code', code: error.data.error } : { failure: 'offline' };
	}
	const { membership: id, organisation, organisationName, role, name, device, demo, sealTo } = answer.data;
	const known = await open.memberships.get(id);
	const membership: MembershipRow = {
		id,
		organisation,
		organisationName,
		role,
		name,
		device,
		demo,
		key,
		// Enrolled again: the outbox that is there stays and goes out under the new key.
		database: known?.database ?? newDatabaseName(),
		// Whoever comes with a new code has perhaps forgotten the passphrase: unless the vault is open, a new one is chosen.
		vault: known && openKeys(id) ? known.vault : undefined,
		sealTo,
		heardAt: Date.now(),
		usedAt: Date.now()
	};
	await open.memberships.put(membership);
	return { membership };
}
