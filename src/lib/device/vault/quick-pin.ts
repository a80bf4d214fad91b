import type { MembershipRow } from '#lib/device/public-db.ts';
import { aesKey, decrypt, encrypt } from './cipher.ts';
import { derive, PBKDF2, SALT } from './derive.ts';
import { goesOn } from './passphrase.ts';
import type { QuickPin, VaultRow } from './vault-row.ts';

/**
 * A quick PIN opens a vault again that locked itself, in the page in which it was open. It is no encryption: a million PINs are tried in
 * hours. So nothing that it opens ever lies on the device, and what is stored of it only the data key opens (decision 0024).
 */

export const PIN_DIGITS = 6;

/** Why a PIN is not taken. `simple`: few digits, or one after the other. */
export type PinFault = 'form' | 'simple';

export function pinFault(pin: string): PinFault | undefined {
	if (!/^\d+$/.test(pin) || pin.length !== PIN_DIGITS) return 'form';
	const steps = [...pin].filter((_, index) => index > 0 && goesOn(pin.slice(index - 1, index + 1)));
	return new Set(pin).size < 3 || steps.length >= PIN_DIGITS - 2 ? 'simple' : undefined;
}

const keyBound = ({ organisation, id }: MembershipRow, vault: string) =>
	`reppu pin key 1|${organisation}|${id}|${vault}`;
const heldBound = ({ organisation, id }: MembershipRow, vault: string) =>
	`reppu pin wrap 1|${organisation}|${id}|${vault}`;

/** What is stored of a PIN: the key made of it, under the data key. */
export async function makePin(
	membership: MembershipRow,
	vault: VaultRow,
	data: CryptoKey,
	pin: string
): Promise<QuickPin> {
	const salt = crypto.getRandomValues(new Uint8Array(SALT));
	const made = await derive(pin, salt, PBKDF2);
	return { salt, derivation: PBKDF2, key: await encrypt(data, keyBound(membership, vault.id), made) };
}

/** The data key's bytes as its PIN opens them, for the memory of this page; undefined where there is no PIN. */
export async function wrapForPin(
	membership: MembershipRow,
	vault: VaultRow,
	data: CryptoKey,
	raw: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	if (!vault.pin) return undefined;
	const made = await decrypt(data, keyBound(membership, vault.id), vault.pin.key);
	return encrypt(await aesKey(made), heldBound(membership, vault.id), raw);
}

/** The data key's bytes again. Throws where the PIN is another one. */
export async function unwrapByPin(
	membership: MembershipRow,
	vault: VaultRow,
	held: Uint8Array<ArrayBuffer>,
	pin: string
): Promise<Uint8Array<ArrayBuffer>> {
	if (!vault.pin) throw new Error('This vault has no PIN.');
	const key = await aesKey(await derive(pin, vault.pin.salt, vault.pin.derivation));
	return decrypt(key, heldBound(membership, vault.id), held);
}
