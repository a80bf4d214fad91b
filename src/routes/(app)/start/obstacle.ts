/** Why this browser cannot hold visits at all; undefined: it can. */
export function obstacle(
	scope: Partial<Pick<typeof globalThis, 'indexedDB' | 'isSecureContext' | 'crypto'>>
): 'insecure' | 'old' | undefined {
	// The device's key cannot be made on a page that came without encryption.
	if (!scope.isSecureContext || !scope.crypto?.subtle) return 'insecure';
	return scope.indexedDB ? undefined : 'old';
}

/** Less free space than this, bytes, is said before anything is stored. */
const LITTLE = 50_000_000;

export async function littleSpace(): Promise<boolean> {
	const estimate = await navigator.storage?.estimate?.();
	return estimate?.quota !== undefined && estimate.quota - (estimate.usage ?? 0) < LITTLE;
}
