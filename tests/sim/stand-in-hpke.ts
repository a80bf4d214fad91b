import { createHash } from 'node:crypto';

/**
 * Stands in for `@hpke/core` in the simulator: sealing that hides nothing, works at once and is made of the round's own randomness, so that a
 * seed replays. What a key must open and what it must not is as it is with the real one; that it hides something is tested elsewhere.
 */

const POINT = 65;
const NUMBER = 32;
const TAG = 16;

interface Pair {
	privateKey: Uint8Array;
	publicKey: Uint8Array;
}

/** A copy: slices of Node's buffers are none. */
const bytesOf = (given: BufferSource) => new Uint8Array(given as Uint8Array);

function digest(algorithm: 'sha256' | 'sha512', ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
	const hash = createHash(algorithm);
	for (const part of parts) hash.update(part).update('|');
	return new Uint8Array(hash.digest());
}

/** As long as a point of P-256, and written like one. */
const pointOf = (number: Uint8Array) => Uint8Array.of(4, ...digest('sha512', number));

const random = () => crypto.getRandomValues(new Uint8Array(NUMBER));

class Kem {
	generateKeyPair = async (): Promise<Pair> => {
		const privateKey = random();
		return { privateKey, publicKey: pointOf(privateKey) };
	};

	serializePrivateKey = async (key: Uint8Array) => key.slice().buffer;
	serializePublicKey = async (key: Uint8Array) => key.slice().buffer;
	deserializePrivateKey = async (bytes: BufferSource) => bytesOf(bytes).slice(0, NUMBER);
	deserializePublicKey = async (bytes: BufferSource) => bytesOf(bytes).slice(0, POINT);
}

export class CipherSuite {
	kem = new Kem();

	createSenderContext = async ({
		recipientPublicKey,
		info
	}: {
		recipientPublicKey: Uint8Array;
		info: Uint8Array;
	}) => {
		const enc = pointOf(random());
		return {
			enc: enc.buffer,
			seal: async (plain: BufferSource, aad: Uint8Array) => {
				const bytes = bytesOf(plain);
				const tag = digest('sha256', recipientPublicKey, enc, info, aad, bytes).slice(0, TAG);
				return Uint8Array.of(...bytes, ...tag).buffer;
			}
		};
	};

	createRecipientContext = async ({
		recipientKey,
		enc,
		info
	}: {
		recipientKey: Pair;
		enc: BufferSource;
		info: Uint8Array;
	}) => ({
		open: async (sealed: BufferSource, aad: Uint8Array) => {
			const bytes = bytesOf(sealed);
			const plain = bytes.slice(0, -TAG);
			const tag = digest('sha256', pointOf(recipientKey.privateKey), bytesOf(enc), info, aad, plain);
			if (bytes.slice(-TAG).some((byte, index) => byte !== tag[index])) throw new Error('It does not open.');
			return plain.buffer;
		}
	});
}

/** What the suite is made of is of no matter here. */
export const [Aes256Gcm, DhkemP256HkdfSha256, HkdfSha256] = [Object, Object, Object];
