import { closeKeys, keepKeys, openKeys, type VaultKeys } from '#lib/device/vault/keyring.ts';
import type { VaultRow } from '#lib/device/vault/vault-row.ts';
// Loaded before a round begins: what comes in the middle of one comes at a time that no seed decides.
import '#lib/device/vault/put-guard.ts';
import { newKeyPair } from '#lib/protocol/sealed.ts';

/**
 * A member's vault. Keys lie in the memory of a page, by membership, and all phones live in one page here: those of one member are
 * locked and opened together.
 */
export class SimVault {
	readonly row: VaultRow;
	/** How often it was locked. */
	times = 0;
	readonly #membership: string;
	readonly #keys: VaultKeys;

	private constructor(membership: string, row: VaultRow, keys: VaultKeys) {
		this.#membership = membership;
		this.row = row;
		this.#keys = keys;
		this.open();
	}

	static async make(membership: string): Promise<SimVault> {
		const { publicKey, privateKey } = await newKeyPair();
		const row = { id: membership, wraps: [], publicKey, privateKey: new Uint8Array(), filling: false };
		// The round's AES asks for no key: see environment.ts.
		return new SimVault(membership, { version: 1, ...row }, { data: {} as CryptoKey, own: privateKey });
	}

	get locked(): boolean {
		return openKeys(this.#membership) === undefined;
	}

	open(): void {
		keepKeys(this.#membership, this.#keys, undefined);
	}

	lock(): void {
		closeKeys(this.#membership);
		this.times += 1;
	}

	/** Whoever judges looks into what is locked. */
	async reading<T>(task: () => Promise<T>): Promise<T> {
		const { locked } = this;
		if (locked) this.open();
		try {
			return await task();
		} finally {
			if (locked) this.lock();
		}
	}
}
