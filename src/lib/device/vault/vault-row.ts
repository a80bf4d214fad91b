/**
 * How a membership's vault lies on this device, in its row of `reppu-public`: public, for without a key nothing in it says anything.
 * What visits say is sealed under one data key; the data key is wrapped once for each way of opening it (faults.md §3.3).
 */

/** How a passphrase becomes a key. Stored with each wrap, so that later versions can ask for more. */
export type Derivation =
	/** `memory` in KiB. */
	| { name: 'argon2id'; memory: number; passes: number; lanes: number }
	| { name: 'pbkdf2-sha256'; rounds: number };

interface WrapBase {
	/** UUID. */
	id: string;
	/** ms since 1970. */
	madeAt: number;
	salt: Uint8Array<ArrayBuffer>;
	/** The data key under AES-GCM: 12 bytes of nonce, then ciphertext and tag. */
	wrapped: Uint8Array<ArrayBuffer>;
}

export interface PassphraseWrap extends WrapBase {
	kind: 'passphrase';
	derivation: Derivation;
}

export interface PasskeyWrap extends WrapBase {
	kind: 'passkey';
	/** Id of the credential whose PRF opens it. */
	credential: Uint8Array<ArrayBuffer>;
}

export type Wrap = PassphraseWrap | PasskeyWrap;

/** What is stored of a quick PIN; see quick-pin.ts. */
export interface QuickPin {
	salt: Uint8Array<ArrayBuffer>;
	derivation: Derivation;
	/** The key made of the PIN, under the data key: whoever cannot open the vault learns nothing of the PIN. */
	key: Uint8Array<ArrayBuffer>;
}

export interface VaultRow {
	version: 1;
	/** Names the data key; UUID. */
	id: string;
	wraps: Wrap[];
	/** Absent: only what `wraps` says opens it. */
	pin?: QuickPin | undefined;
	/** The user's own key pair: what is written while the vault is locked is sealed to its public half. */
	publicKey: string;
	/** Its private half under the data key. */
	privateKey: Uint8Array<ArrayBuffer>;
	/** True until every row that was there before the vault is sealed. */
	filling: boolean;
}
