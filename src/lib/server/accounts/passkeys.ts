import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type * as z from 'zod/mini';
import { creationOptions, type passkeyRequest } from '#lib/protocol/passkeys.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { isStoreFailure } from '#lib/server/storage/failures.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { CHALLENGE_LIFE, newChallenge, spendChallenge } from './challenges.ts';
import type { Session } from './sessions.ts';

/** Passkeys of one member at most: a phone, a computer, keys on a ring, and again as many. */
const MOST = 20;
/** COSE numbers of the signatures that are taken: ES256, EdDSA, RS256 (for Windows Hello). */
const ALGORITHMS = [-7, -8, -257];

/**
 * What a verification came to, or undefined where it refuses: the library throws for whatever is wrong with an answer. That the store failed
 * meanwhile is no answer, and is thrown on.
 */
export async function unlessRefused<T>(verifying: Promise<T>): Promise<T | undefined> {
	try {
		return await verifying;
	} catch (error) {
		if (isStoreFailure(error)) throw error;
		return undefined;
	}
}

type Serving = Pick<ServerContext, 'store' | 'settings' | 'now'>;
type Owner = Pick<
	Session,
	'session' | 'organisation' | 'membership' | 'device' | 'name' | 'organisationName' | 'demo'
>;

/**
 * What passkeys belong to: the server's public address. It comes from the settings and never from a request, for whoever can say what the
 * address is can have passkeys signed for another one.
 */
export function relyingParty({ address }: Pick<ServerContext['settings'], 'address'>): {
	id: string;
	origin: string;
} {
	if (address === '') throw new ApiError(404, 'not_found');
	const { hostname, origin } = new URL(address);
	return { id: hostname, origin };
}

const ownPasskeys = (
	{ db }: Store,
	{ organisation, membership }: Pick<Owner, 'organisation' | 'membership'>
) =>
	db
		.selectFrom('passkeys')
		.select(['id', 'transports'])
		.where('organisation_id', '=', organisation)
		.where('membership_id', '=', membership);

/** Passkeys of a member, as a browser is told of them. */
export async function passkeysOf(
	store: Store,
	owner: Pick<Owner, 'organisation' | 'membership'>
): Promise<{ id: string; type: 'public-key'; transports: string[] }[]> {
	const rows = await ownPasskeys(store, owner).execute();
	return rows.map(({ id, transports }) => ({
		id,
		type: 'public-key',
		transports: JSON.parse(transports) as string[]
	}));
}

/** What a browser is asked to make: a key that it finds by itself, and that whoever uses it has to open each time. */
export async function askForPasskey(
	{ store, settings, now }: Serving,
	owner: Owner
): Promise<z.infer<typeof creationOptions>> {
	// A door of the demo is everybody's: nobody makes it their own.
	if (owner.demo) throw new ApiError(403, 'not_allowed');
	const options = await generateRegistrationOptions({
		rpName: 'Reppu',
		rpID: relyingParty(settings).id,
		userID: new Uint8Array(Buffer.from(owner.membership)),
		userName: owner.name,
		userDisplayName: `${owner.name} · ${owner.organisationName}`,
		challenge: await newChallenge(store, 'register', owner.session, now()),
		timeout: CHALLENGE_LIFE,
		attestationType: 'none',
		excludeCredentials: await passkeysOf(store, owner),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		supportedAlgorithmIDs: ALGORITHMS
	});
	return creationOptions.parse(options);
}

/** Takes in a passkey that its owner has made while signed in here. Throws 422 `passkey_refused` where it is none, or was not asked for here. */
export async function addPasskey(
	{ store, settings, now }: Serving,
	owner: Owner,
	{ name, credential }: z.infer<typeof passkeyRequest>
): Promise<{ id: string }> {
	const { origin, id: rpId } = relyingParty(settings);
	const verifying = verifyRegistrationResponse({
		response: { ...credential, response: withTransports(credential.response), clientExtensionResults: {} },
		expectedChallenge: (challenge) => spendChallenge(store, challenge, 'register', owner.session, now()),
		expectedOrigin: origin,
		expectedRPID: rpId,
		requireUserVerification: true,
		supportedAlgorithmIDs: ALGORITHMS
	});
	const verified = await unlessRefused(verifying);
	if (!verified?.verified) throw new ApiError(422, 'passkey_refused');
	const { credential: made, credentialDeviceType, credentialBackedUp } = verified.registrationInfo;
	const at = now();
	await store.write(async (trx) => {
		const { organisation, membership } = owner;
		const known = await trx
			.selectFrom('passkeys')
			.select(['id', 'membership_id'])
			.where('organisation_id', '=', organisation)
			.where((eb) => eb.or([eb('membership_id', '=', membership), eb('id', '=', made.id)]))
			.execute();
		const own = known.filter((row) => row.membership_id === membership);
		if (own.length >= MOST || known.some(({ id }) => id === made.id))
			throw new ApiError(422, 'passkey_refused');
		// Where another organisation has this id, nothing is written.
		const added = await trx
			.insertInto('passkeys')
			.values({
				organisation_id: organisation,
				id: made.id,
				membership_id: membership,
				public_key: Buffer.from(made.publicKey).toString('base64url'),
				counter: made.counter,
				transports: JSON.stringify(credential.response.transports ?? []),
				synced: credentialDeviceType === 'multiDevice' ? 1 : 0,
				backed_up: credentialBackedUp ? 1 : 0,
				name,
				created_at: at,
				used_at: null
			})
			.onConflict((conflict) => conflict.doNothing())
			.returning('id')
			.executeTakeFirst();
		if (!added) throw new ApiError(422, 'passkey_refused');
		await note(
			trx,
			owner,
			[{ event: 'passkey-add', kind: 'passkey', ids: [made.id], whose: membership }],
			at
		);
	});
	return { id: made.id };
}

/** An absent list is no list: the library's type tells the two apart. */
function withTransports({
	transports,
	...response
}: z.infer<typeof passkeyRequest>['credential']['response']) {
	return transports === undefined ? response : { ...response, transports: transports as never[] };
}

/** Calls one of one's own passkeys something else. Throws 404 where there is no such one. */
export async function renamePasskey(store: Store, owner: Owner, id: string, name: string): Promise<void> {
	const renamed = await store.db
		.updateTable('passkeys')
		.set({ name })
		.where('organisation_id', '=', owner.organisation)
		.where('membership_id', '=', owner.membership)
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (!renamed) throw new ApiError(404, 'not_found');
}

/** Takes one of one's own passkeys away: it opens nothing from now on. Throws 404 where there is no such one. */
export async function removePasskey(store: Store, owner: Owner, id: string, now: number): Promise<void> {
	await store.write(async (trx) => {
		const removed = await trx
			.deleteFrom('passkeys')
			.where('organisation_id', '=', owner.organisation)
			.where('membership_id', '=', owner.membership)
			.where('id', '=', id)
			.returning('id')
			.executeTakeFirst();
		if (!removed) throw new ApiError(404, 'not_found');
		const noted = { event: 'passkey-remove', kind: 'passkey', ids: [id], whose: owner.membership } as const;
		await note(trx, owner, [noted], now);
	});
}
