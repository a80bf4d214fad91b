import { generateKeyPairSync } from 'node:crypto';
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type * as z from 'zod/mini';
import { requestOptions, type assertion } from '#lib/protocol/passkeys.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { acrossOrganisations } from '#lib/server/storage/reach.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { CHALLENGE_LIFE, newChallenge, spendChallenge } from './challenges.ts';
import { passkeysOf, relyingParty, unlessRefused } from './passkeys.ts';
import type { Session } from './sessions.ts';

type Serving = Pick<ServerContext, 'store' | 'settings' | 'now'>;
type Assertion = z.infer<typeof assertion>;

/**
 * What a browser is asked to sign.
 *
 * @param by whose passkeys are meant, to prove again who they are; undefined: whichever the browser has, to sign in
 */
export async function askToSign(
	{ store, settings, now }: Serving,
	by?: Session
): Promise<z.infer<typeof requestOptions>> {
	const options = await generateAuthenticationOptions({
		rpID: relyingParty(settings).id,
		challenge: await newChallenge(store, by ? 'step-up' : 'sign-in', by?.session ?? '', now()),
		timeout: CHALLENGE_LIFE,
		userVerification: 'required',
		...(by ? { allowCredentials: (await passkeysOf(store, by)) as never[] } : {})
	});
	return requestOptions.parse(options);
}

/** A key that nobody has: what an unknown passkey signed is checked like that of a known one, and takes as long. */
const nobody = (() => {
	const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
		format: 'jwk'
	});
	// COSE_Key (RFC 9052 §7): kty EC2, alg ES256, crv P-256, and the two coordinates.
	const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
	const coordinate = (label: number, text: string) =>
		Buffer.concat([Buffer.from([label, 0x58, 0x20]), Buffer.from(text, 'base64url')]);
	return Buffer.concat([head, coordinate(0x21, x), coordinate(0x22, y)]).toString('base64url');
})();

/**
 * Whose passkey has signed what was asked for here. Whatever is wrong with it (unknown, removed, of somebody who has left, not what was asked
 * for, asked for too long ago, signed for another address, a counter that went back) is answered alike: 401 `passkey_refused`.
 *
 * @param by for whom it was asked, to prove again who they are; undefined: to sign in
 */
export async function verifyAssertion(
	{ store, settings, now }: Serving,
	signed: Assertion,
	by?: Session
): Promise<{ organisation: string; membership: string; passkey: string }> {
	const { origin, id: rpId } = relyingParty(settings);
	const found = store.db
		.selectFrom('passkeys')
		.innerJoin('memberships', (join) =>
			join
				.onRef('memberships.organisation_id', '=', 'passkeys.organisation_id')
				.onRef('memberships.id', '=', 'passkeys.membership_id')
		)
		.select([
			'passkeys.organisation_id as organisation',
			'passkeys.membership_id as membership',
			'passkeys.public_key',
			'passkeys.counter'
		])
		.where('passkeys.id', '=', signed.id)
		.where('memberships.ended_at', 'is', null);
	// The passkey says which organisation it is for.
	const row = await acrossOrganisations(() => found.executeTakeFirst());
	const { userHandle, ...response } = signed.response;
	const verifying = verifyAuthenticationResponse({
		response: { ...signed, response, clientExtensionResults: {} },
		expectedChallenge: (challenge) =>
			spendChallenge(store, challenge, by ? 'step-up' : 'sign-in', by?.session ?? '', now()),
		expectedOrigin: origin,
		expectedRPID: rpId,
		requireUserVerification: true,
		credential: {
			id: signed.id,
			publicKey: new Uint8Array(Buffer.from(row?.public_key ?? nobody, 'base64url')),
			counter: row?.counter ?? 0
		}
	});
	const verified = await unlessRefused(verifying);
	const handle = userHandle === undefined ? undefined : Buffer.from(userHandle, 'base64url').toString();
	// To prove it again no other passkey counts than one's own.
	const theirs =
		by === undefined || (by.organisation === row?.organisation && by.membership === row.membership);
	if (!row || !verified?.verified || (handle !== undefined && handle !== row.membership) || !theirs) {
		if (row) await noteRefused({ store, now }, row, signed.id);
		throw new ApiError(401, 'passkey_refused');
	}
	const { newCounter, credentialBackedUp } = verified.authenticationInfo;
	const used = store.db
		.updateTable('passkeys')
		.set({ counter: newCounter, backed_up: credentialBackedUp ? 1 : 0, used_at: now() })
		.where('organisation_id', '=', row.organisation)
		.where('id', '=', signed.id)
		// Two that come at once cannot both have counted on from the same number.
		.where('counter', '=', row.counter)
		.returning('id');
	if (!(await acrossOrganisations(() => used.executeTakeFirst()))) throw new ApiError(401, 'passkey_refused');
	return { organisation: row.organisation, membership: row.membership, passkey: signed.id };
}

async function noteRefused(
	{ store, now }: Pick<Serving, 'store' | 'now'>,
	{ organisation, membership }: { organisation: string; membership: string },
	passkey: string
): Promise<void> {
	const refused = { event: 'sign-in-refused', kind: 'passkey', ids: [passkey], whose: membership } as const;
	// Nobody is signed in: the server notes it.
	await noteIfPossible(acrossOrganisations(() => note(store.db, { organisation }, [refused], now())));
}
