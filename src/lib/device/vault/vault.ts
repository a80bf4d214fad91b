import { newKeyPair } from '#lib/protocol/sealed.ts';
import type { PublicDb, MembershipRow } from '#lib/device/public-db.ts';
import { aesKey, decrypt, encrypt } from './cipher.ts';
import { dropHeld, forgetKeys, heldKey, keepKeys } from './keyring.ts';
import { makePin, unwrapByPin, wrapForPin } from './quick-pin.ts';
import { forgetTries, takePinTry } from './tries.ts';
import type { VaultRow } from './vault-row.ts';
import { isWeak, unwrap, wrapKey, type Opener } from './wraps.ts';

/** Thrown where a PIN opens nothing. `left`: tries until only the passphrase opens; at none the key has left the memory of this page. */
export class WrongPin extends Error {
	readonly left: number;

	constructor(left: number) {
		super('This PIN does not open the vault.');
		this.name = 'WrongPin';
		this.left = left;
	}
}

const ownBound = (membership: MembershipRow, vault: string) =>
	`reppu own 1|${membership.organisation}|${membership.id}|${vault}`;

/** Takes a vault's keys into the memory of this page, and with them what its PIN opens. */
async function keep(membership: MembershipRow, vault: VaultRow, raw: Uint8Array<ArrayBuffer>): Promise<void> {
	const data = await aesKey(raw);
	const own = await decrypt(data, ownBound(membership, vault.id), vault.privateKey);
	const held = await wrapForPin(membership, vault, data, raw);
	keepKeys(membership.id, { data, own }, held);
}

async function store(open: PublicDb, membership: MembershipRow, vault: VaultRow): Promise<void> {
	await open.memberships.update(membership.id, { vault });
	membership.vault = vault;
}

/** As it lies there now: another tab may have changed how it opens. */
async function readVault(open: PublicDb, membership: MembershipRow): Promise<VaultRow> {
	const vault = (await open.memberships.get(membership.id))?.vault;
	if (!vault) throw new Error('This membership has no vault.');
	membership.vault = vault;
	return vault;
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
	const { publicKey, privateKey } = await newKeyPair();
	const vault: VaultRow = {
		version: 1,
		id,
		wraps: [await wrapKey(membership, raw, opener, now)],
		publicKey,
		privateKey: await encrypt(await aesKey(raw), ownBound(membership, id), privateKey),
		filling: true
	};
	await store(open, membership, vault);
	await keep(membership, vault, raw);
	raw.fill(0);
}

/** Opens a vault. Throws `WrongKey` where nothing was opened. A passphrase that was kept more weakly than today is kept anew. */
export async function openVault(
	open: PublicDb,
	membership: MembershipRow,
	opener: Opener,
	now = Date.now()
): Promise<void> {
	const vault = await readVault(open, membership);
	const { raw, wrap } = await unwrap(membership, vault, opener);
	if (wrap.kind === 'passphrase' && (await isWeak(wrap))) {
		const stronger = await wrapKey(membership, raw, opener, now);
		const wraps = vault.wraps.map((one) => (one.id === wrap.id ? stronger : one));
		await store(open, membership, { ...vault, wraps });
	}
	await keep(membership, vault, raw);
	raw.fill(0);
	await forgetTries(open, membership.id);
}

/** Opens a vault again that has locked itself in this page. Throws `WrongPin`. Each try counts before it is made, in all tabs together. */
export async function openWithPin(open: PublicDb, membership: MembershipRow, pin: string): Promise<void> {
	const vault = await readVault(open, membership);
	const held = heldKey(membership.id);
	const left = await takePinTry(open, membership.id);
	const raw = held && left >= 0 && (await unwrapByPin(membership, vault, held, pin).catch(() => undefined));
	if (!raw) {
		if (left <= 0) forgetKeys(membership.id);
		throw new WrongPin(Math.max(0, left));
	}
	await keep(membership, vault, raw);
	raw.fill(0);
	await forgetTries(open, membership.id);
}

/** Changes how a vault opens, which an old way has to open once more: the rows stay as they are, and it is open. Throws `WrongKey`. */
async function change(
	open: PublicDb,
	membership: MembershipRow,
	old: Opener,
	make: (vault: VaultRow, raw: Uint8Array<ArrayBuffer>) => Promise<VaultRow>
): Promise<void> {
	const vault = await readVault(open, membership);
	const { raw } = await unwrap(membership, vault, old);
	const changed = await make(vault, raw);
	await store(open, membership, changed);
	await keep(membership, changed, raw);
	raw.fill(0);
}

/** Adds a way to open the vault. */
export function addOpener(
	open: PublicDb,
	membership: MembershipRow,
	old: Opener,
	added: Opener,
	now = Date.now()
): Promise<void> {
	return change(open, membership, old, async (vault, raw) => ({
		...vault,
		wraps: [...vault.wraps, await wrapKey(membership, raw, added, now)]
	}));
}

/** Takes every passkey's way in away; the passphrase opens the vault as before. */
export async function dropPasskeys(open: PublicDb, membership: MembershipRow): Promise<void> {
	const vault = await readVault(open, membership);
	const wraps = vault.wraps.filter(({ kind }) => kind !== 'passkey');
	await store(open, membership, { ...vault, wraps });
}

/** Replaces the passphrase. Other ways to open the vault stay. */
export function changePassphrase(
	open: PublicDb,
	membership: MembershipRow,
	old: Opener,
	passphrase: string,
	now = Date.now()
): Promise<void> {
	return change(open, membership, old, async (vault, raw) => ({
		...vault,
		wraps: [
			...vault.wraps.filter(({ kind }) => kind !== 'passphrase'),
			await wrapKey(membership, raw, { kind: 'passphrase', passphrase }, now)
		]
	}));
}

/** Sets a quick PIN, for this page and for every one in which the vault is opened from now on. */
export function setPin(open: PublicDb, membership: MembershipRow, old: Opener, pin: string): Promise<void> {
	return change(open, membership, old, async (vault, raw) => ({
		...vault,
		pin: await makePin(membership, vault, await aesKey(raw), pin)
	}));
}

/** Ends it: from the next lock on only the passphrase opens. */
export async function dropPin(open: PublicDb, membership: MembershipRow): Promise<void> {
	await store(open, membership, { ...(await readVault(open, membership)), pin: undefined });
	dropHeld(membership.id);
}
