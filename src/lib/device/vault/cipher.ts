/** AES-256-GCM by WebCrypto, as everything in the vault lies: 12 random bytes of nonce, then ciphertext and tag. */

const NONCE = 12;
const utf8 = new TextEncoder();

/** Encrypts bytes and binds them to what they are. */
export async function encrypt(
	key: CryptoKey,
	bound: string,
	plain: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer>> {
	const iv = crypto.getRandomValues(new Uint8Array(NONCE));
	const parameters = { name: 'AES-GCM', iv, additionalData: utf8.encode(bound) };
	const sealed = await crypto.subtle.encrypt(parameters, key, plain);
	const whole = new Uint8Array(NONCE + sealed.byteLength);
	whole.set(iv);
	whole.set(new Uint8Array(sealed), NONCE);
	return whole;
}

/** Throws where the key is another one, or where the bytes were altered or belong to something else. */
export async function decrypt(
	key: CryptoKey,
	bound: string,
	sealed: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer>> {
	const parameters = {
		name: 'AES-GCM',
		iv: sealed.subarray(0, NONCE),
		additionalData: utf8.encode(bound)
	};
	return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.subarray(NONCE)));
}

export function aesKey(raw: BufferSource, extractable = false): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', raw, 'AES-GCM', extractable, ['encrypt', 'decrypt']);
}
