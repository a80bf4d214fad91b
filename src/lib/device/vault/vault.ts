import { newKeyPair } from '#lib/protocol/sealed.ts';
import type { PublicDb, MembershipRow } from '#lib/device/public-db.ts';
import { aesKey, decrypt, encrypt } from './cipher.ts';
import { ARGON2, bestDerivation, derive, SALT } from './derive.ts';
import { keepKeys } from './keyring.ts';
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
const ownBound = (membership: MembershipRow, vault: string) =>
	`reppu own 1|${membership.organisation}|${membership.id}|${vault}`;

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

async function wrapKey(
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

/** The data key's bytes and the wrap that gave them. */
async function unwrap(
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

async function keysOf(membership: MembershipRow, vault: VaultRow, raw: Uint8Array<ArrayBuffer>) {
	const data = await aesKey(raw);
	const own = await decrypt(data, ownBound(membership, vault.id), vault.privateKey);
	return { data, own };
}

async function store(open: PublicDb, membership: MembershipRow, vault: VaultRow): Promise<void> {
	await open.memberships.update(membership.id, { vault });
	membership.vault = vault;
}

/** Makes a vault for a membership and leaves it open. What is stored already is sealed by `fillVault`. */
export async function makeVault(
	open: PublicDb,
	membership: MembershipRow,
	opener: Opener,
	now = Date.now()
): Promise<void> {
	const raw = crypto.getRandomValues(new Uint8Array(32));
	const id = crypto.randomUUID();
	const data = await aesKey(raw);
	const { publicKey, privateKey } = await newKeyPair();
	const vault: VaultRow = {
		version: 1,
		id,
		wraps: [await wrapKey(membership, raw, opener, now)],
		publicKey,
		privateKey: await encrypt(data, ownBound(membership, id), privateKey),
		filling: true
	};
	const keys = await keysOf(membership, vault, raw);
	raw.fill(0);
	await store(open, membership, vault);
	keepKeys(membership.id, keys);
}

/** Opens a vault. Throws `WrongKey` where nothing was opened. A passphrase that was kept more weakly than today is kept anew. */
export async function openVault(
	open: PublicDb,
	membership: MembershipRow,
	opener: Opener,
	now = Date.now()
): Promise<void> {
	const vault = vaultOf(membership);
	const { raw, wrap } = await unwrap(membership, vault, opener);
	const keys = await keysOf(membership, vault, raw);
	if (wrap.kind === 'passphrase' && (await isWeak(wrap))) {
		const stronger = await wrapKey(membership, raw, opener, now);
		const wraps = vault.wraps.map((one) => (one.id === wrap.id ? stronger : one));
		await store(open, membership, { ...vault, wraps });
	}
	raw.fill(0);
	keepKeys(membership.id, keys);
}

/** Kept with fewer rounds or less memory than new ones are. */
async function isWeak({ derivation }: PassphraseWrap): Promise<boolean> {
	// It has just given a key: to ask whether this browser runs Argon2id would start another worker.
	if (derivation.name === 'argon2id')
		return derivation.memory < ARGON2.memory || derivation.passes < ARGON2.passes;
	const best = await bestDerivation();
	return best.name === 'argon2id' || derivation.rounds < best.rounds;
}

/** Adds a way to open the vault, which the old way has to open once more: the rows stay as they are. */
export async function addOpener(
	open: PublicDb,
	membership: MembershipRow,
	old: Opener,
	added: Opener,
	now = Date.now()
): Promise<void> {
	const vault = vaultOf(membership);
	const { raw } = await unwrap(membership, vault, old);
	const wrap = await wrapKey(membership, raw, added, now);
	raw.fill(0);
	await store(open, membership, { ...vault, wraps: [...vault.wraps, wrap] });
}

/** Replaces the passphrase. Other ways to open the vault stay. */
export async function changePassphrase(
	open: PublicDb,
	membership: MembershipRow,
	old: Opener,
	passphrase: string,
	now = Date.now()
): Promise<void> {
	const vault = vaultOf(membership);
	const { raw } = await unwrap(membership, vault, old);
	const wrap = await wrapKey(membership, raw, { kind: 'passphrase', passphrase }, now);
	raw.fill(0);
	await store(open, membership, {
		...vault,
		wraps: [...vault.wraps.filter(({ kind }) => kind !== 'passphrase'), wrap]
	});
}

function vaultOf(membership: MembershipRow): VaultRow {
	if (!membership.vault) throw new Error('This membership has no vault.');
	return membership.vault;
}
