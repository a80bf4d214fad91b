/** The keys of one vault, in memory while it is open and nowhere else. */
export interface VaultKeys {
	/** Data key, not extractable. */
	data: CryptoKey;
	/** The user's own private key: opens what was written while the vault was locked. */
	own: Uint8Array<ArrayBuffer>;
}

/** By membership. A page that is loaded anew has none: then the vault is locked. */
const keys = new Map<string, VaultKeys>();
const listeners = new Set<(membership: string) => void>();

export const openKeys = (membership: string): VaultKeys | undefined => keys.get(membership);

export function keepKeys(membership: string, opened: VaultKeys): void {
	keys.set(membership, opened);
}

/** Forgets the keys of one vault; whoever shows something of it is told. */
export function forgetKeys(membership: string): void {
	if (keys.delete(membership)) for (const tell of listeners) tell(membership);
}

/** @returns what ends it */
export function onForgotten(tell: (membership: string) => void): () => void {
	listeners.add(tell);
	return () => listeners.delete(tell);
}
