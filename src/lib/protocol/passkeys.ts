import * as z from 'zod/mini';
import { replicaId } from '#lib/domain/clock.ts';
import { deviceName, publicKey } from './accounts.ts';

/** Messages about passkeys (W3C Web Authentication, level 3): what the server asks to be signed, and what comes back. */

/** Base64url of at most so many bytes. */
const bytes = (most: number) =>
	z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(Math.ceil((most * 4) / 3)));
/** The standard allows credential ids of 1 023 bytes. */
const credentialId = bytes(1023);
/** How whatever holds the key can be reached, in the browser's words. */
const transports = z.array(z.string().check(z.maxLength(20))).check(z.maxLength(10));
const named = z.array(
	z.object({ id: z.string(), type: z.literal('public-key'), transports: z.optional(z.array(z.string())) })
);

/** As people call a passkey, to tell several apart. */
const passkeyName = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));

/** What a browser is asked to make: the standard's `PublicKeyCredentialCreationOptionsJSON`, as far as it is used. */
export const creationOptions = z.object({
	rp: z.object({ name: z.string(), id: z.string() }),
	user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
	challenge: z.string(),
	pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal('public-key') })),
	timeout: z.number(),
	excludeCredentials: named,
	authenticatorSelection: z.object({
		residentKey: z.literal('required'),
		requireResidentKey: z.literal(true),
		userVerification: z.literal('required')
	}),
	attestation: z.literal('none')
});

/** What a browser is asked to sign: `PublicKeyCredentialRequestOptionsJSON`. */
export const requestOptions = z.object({
	challenge: z.string(),
	timeout: z.number(),
	rpId: z.string(),
	allowCredentials: z.optional(named),
	userVerification: z.literal('required')
});

/** What was made. Results of extensions stay in the browser: one of them is the secret that the vault is locked with. */
const registration = z.strictObject({
	id: credentialId,
	rawId: credentialId,
	type: z.literal('public-key'),
	response: z.strictObject({
		clientDataJSON: bytes(2048),
		attestationObject: bytes(4096),
		transports: z.optional(transports)
	})
});

/** What was signed. */
export const assertion = z.strictObject({
	id: credentialId,
	rawId: credentialId,
	type: z.literal('public-key'),
	response: z.strictObject({
		clientDataJSON: bytes(2048),
		authenticatorData: bytes(2048),
		signature: bytes(1024),
		userHandle: z.optional(bytes(64))
	})
});

export const passkeyRequest = z.strictObject({ name: passkeyName, credential: registration });
export const passkeyAnswer = z.object({ id: z.string() });
export const passkeyRename = z.strictObject({ name: passkeyName });

/** Proves again who is signed in. */
export const stepUpRequest = z.strictObject({ credential: assertion });

/**
 * Signs in by a passkey. A device that the server knows signs the request like a delivery (docs/protocol.md §3), `replica` being its own, and
 * goes on as the device that it is; any other browser becomes a device, with the name and key given.
 */
export const signInRequest = z.strictObject({
	credential: assertion,
	deviceName,
	publicKey,
	replica: z.optional(replicaId)
});
