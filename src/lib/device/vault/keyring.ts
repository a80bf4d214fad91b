/** The keys of one vault, in memory while it is open and nowhere else. */
export interface VaultKeys {
	/** Data key, not extractable. */
	data: CryptoKey;
	/** The user's own private key: opens what was written while the vault was locked. */
	own: Uint8Array<ArrayBuffer>;
}

/** By membership. A page that is loaded anew has none: then the vault is locked. */
const keys = new Map<string, VaultKeys>();
/** The data key as the quick PIN opens it; see quick-pin.ts. It outlives the keys, never the page. */
const held = new Map<string, Uint8Array<ArrayBuffer>>();
const listeners = new Set<(membership: string) => void>();

export const openKeys = (membership: string): VaultKeys | undefined => keys.get(membership);
export const heldKey = (membership: string): Uint8Array<ArrayBuffer> | undefined => held.get(membership);

/** @param forPin what the vault's quick PIN opens, where it has one */
export function keepKeys(
	membership: string,
	opened: VaultKeys,
	forPin: Uint8Array<ArrayBuffer> | undefined
): void {
	keys.set(membership, opened);
	if (forPin) held.set(membership, forPin);
	else held.delete(membership);
}

/** Locks a vault; a quick PIN opens it again. Whoever shows something of it is told. */
export function closeKeys(membership: string): void {
	if (keys.delete(membership)) tell(membership);
}

/** Locks a vault so that only its passphrase or passkey opens it. */
export function forgetKeys(membership: string): void {
	const both = [keys.delete(membership), held.delete(membership)];
	if (both.includes(true)) tell(membership);
}

/** A PIN opens the vault no more, once it is locked. */
export function dropHeld(membership: string): void {
	held.delete(membership);
}

function tell(membership: string): void {
	for (const listener of listeners) listener(membership);
}

/** @returns what ends it */
export function onLocked(listener: (membership: string) => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
