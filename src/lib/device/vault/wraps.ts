import type { MembershipRow } from '#lib/device/public-db.ts';
import { aesKey, decrypt, encrypt } from './cipher.ts';
import { ARGON2, bestDerivation, derive, SALT } from './derive.ts';
import type { PasskeyWrap, PassphraseWrap, VaultRow, Wrap } from './vault-row.ts';

/** What opens a vault. `secret`: the output of the passkey's PRF, 32 bytes. */
export type Opener =
	| { kind: 'passphrase'; passphrase: string }
	| { kind: 'passkey'; credential: Uint8Array<ArrayBuffer>; secret: Uint8Array<ArrayBuffer> };

/** Thrown where nothing of what was given opens the vault; the vault is as it was. */
export class WrongKey extends Error {
	constructor() {
		super('This does not open the vault.');
		this.name = 'WrongKey';
	}
}

const boundTo = (membership: MembershipRow, wrap: Pick<Wrap, 'id' | 'kind'>) =>
	`reppu wrap 1|${membership.organisation}|${membership.id}|${wrap.kind}|${wrap.id}`;

/** The key that wraps, from a PRF's output (HKDF-SHA-256). */
async function passkeyKey(
	secret: Uint8Array<ArrayBuffer>,
	salt: Uint8Array<ArrayBuffer>
): Promise<CryptoKey> {
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode('reppu passkey wrap 1') },
		material,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}

/** Wraps the data key's bytes for one more way of opening the vault. */
export async function wrapKey(
	membership: MembershipRow,
	raw: Uint8Array<ArrayBuffer>,
	opener: Opener,
	now: number
): Promise<Wrap> {
	const base = { id: crypto.randomUUID(), madeAt: now, salt: crypto.getRandomValues(new Uint8Array(SALT)) };
	if (opener.kind === 'passkey') {
		const key = await passkeyKey(opener.secret, base.salt);
		const wrap: Omit<PasskeyWrap, 'wrapped'> = { ...base, kind: 'passkey', credential: opener.credential };
		return { ...wrap, wrapped: await encrypt(key, boundTo(membership, wrap), raw) };
	}
	const derivation = await bestDerivation();
	const key = await aesKey(await derive(opener.passphrase, base.salt, derivation));
	const wrap: Omit<PassphraseWrap, 'wrapped'> = { ...base, kind: 'passphrase', derivation };
	return { ...wrap, wrapped: await encrypt(key, boundTo(membership, wrap), raw) };
}

const sameBytes = (a: Uint8Array, b: Uint8Array) =>
	a.length === b.length && a.every((byte, index) => byte === b[index]);

/** The data key's bytes and the wrap that gave them. Throws `WrongKey`. */
export async function unwrap(
	membership: MembershipRow,
	vault: VaultRow,
	opener: Opener
): Promise<{ raw: Uint8Array<ArrayBuffer>; wrap: Wrap }> {
	for (const wrap of vault.wraps) {
		let key: CryptoKey;
		if (wrap.kind === 'passphrase' && opener.kind === 'passphrase')
			key = await aesKey(await derive(opener.passphrase, wrap.salt, wrap.derivation));
		else if (
			wrap.kind === 'passkey' &&
			opener.kind === 'passkey' &&
			sameBytes(wrap.credential, opener.credential)
		)
			key = await passkeyKey(opener.secret, wrap.salt);
		else continue;
		try {
			return { raw: await decrypt(key, boundTo(membership, wrap), wrap.wrapped), wrap };
		} catch {
			// Another passphrase than this wrap's: the next may be its own.
		}
	}
	throw new WrongKey();
}

/** Kept with fewer rounds or less memory than new ones are. */
export async function isWeak({ derivation }: PassphraseWrap): Promise<boolean> {
	// It has just given a key: to ask whether this browser runs Argon2id would start another worker.
	if (derivation.name === 'argon2id')
		return derivation.memory < ARGON2.memory || derivation.passes < ARGON2.passes;
	const best = await bestDerivation();
	return best.name === 'argon2id' || derivation.rounds < best.rounds;
}
