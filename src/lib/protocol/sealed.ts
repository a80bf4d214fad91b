import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, type SenderContext } from '@hpke/core';
import { deflateSync } from 'fflate';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { dictionary, NEWEST_DICTIONARY } from './sealed-dictionaries.ts';
import type { OrganisationKey } from './sealing-key.ts';
import type { WireOp } from './sync.ts';

/**
 * Sealing: HPKE (RFC 9180, base mode, P-256, HKDF-SHA256, AES-256-GCM). Whoever holds only the public key can write and nobody but
 * the key's owner can read: a locked phone seals to its organisation and to its own user. docs/protocol.md §10 has it byte by byte.
 */

const SEALED_VERSION = 1;
const KID_BYTES = 6;
/** Bytes of an uncompressed point of P-256. */
const POINT_BYTES = 65;
/** Bytes of AES-GCM's tag. */
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KID_BYTES + 1;

const utf8 = new TextEncoder();
/** Bound into every key schedule, so that nothing sealed elsewhere with the same key can be taken for ours. */
const INFO = utf8.encode('reppu sealed 1');

const suite = new CipherSuite({
	kem: new DhkemP256HkdfSha256(),
	kdf: new HkdfSha256(),
	aead: new Aes256Gcm()
});

/** What a sealed op is bound to: it opens for no other organisation and under no other id. */
const boundTo = (organisation: string, opId: string) => utf8.encode(`reppu sealed 1|${organisation}|${opId}`);

async function senderFor(publicKey: string): Promise<SenderContext> {
	const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64Url(publicKey));
	return suite.createSenderContext({ recipientPublicKey, info: INFO });
}

async function open(
	pair: CryptoKeyPair,
	aad: Uint8Array,
	enc: Uint8Array,
	sealed: Uint8Array
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	try {
		const recipient = await suite.createRecipientContext({ recipientKey: pair, enc, info: INFO });
		return new Uint8Array(await recipient.open(sealed, aad));
	} catch {
		// No point of the curve, another key, another purpose, or changed on the way: they are told apart for nobody.
		return undefined;
	}
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

/** A sender that was made ready beforehand: the costly part of sealing. It seals one op. */
export interface SealContext {
	kid: string;
	/** Undefined once it is used. */
	sender: SenderContext | undefined;
}

export async function prepareSeal({ kid, publicKey }: OrganisationKey): Promise<SealContext> {
	return { kid, sender: await senderFor(publicKey) };
}

/** What an op says, as the server's journal hashes it: members in this order (server/sync/op-text.ts). */
type SealedText = Pick<WireOp, 'collection' | 'recordId' | 'fields' | 'clock' | 'base' | 'schema' | 'of'>;

/** An op that only the organisation's server can read. */
export async function sealOp(
	context: SealContext,
	organisation: string,
	op: SealedText & Pick<WireOp, 'opId'>
): Promise<Uint8Array<ArrayBuffer>> {
	const { kid, sender } = context;
	if (!sender) throw new Error('A sender seals one op.');
	context.sender = undefined;
	const { opId, collection, recordId, fields, clock, base = {}, schema, of } = op;
	const text: SealedText = { collection, recordId, fields, clock, base, schema, ...(of ? { of } : {}) };
	const plain = deflateSync(utf8.encode(JSON.stringify(text)), {
		level: 9,
		dictionary: dictionary(NEWEST_DICTIONARY)!
	});
	const sealed = await sender.seal(plain, boundTo(organisation, opId));
	return joined(
		Uint8Array.of(SEALED_VERSION),
		fromBase64Url(kid),
		Uint8Array.of(NEWEST_DICTIONARY),
		new Uint8Array(sender.enc),
		new Uint8Array(sealed)
	);
}

/** The outside of a sealed op. */
export interface SealedParts {
	kid: string;
	dictionary: number;
	enc: Uint8Array;
	sealed: Uint8Array;
}

/** Takes a sealed op apart without opening it; undefined where it is none of a version that we know. */
export function readSealed(blob: Uint8Array): SealedParts | undefined {
	if (blob.length < HEAD_BYTES + POINT_BYTES + TAG_BYTES || blob[0] !== SEALED_VERSION) return undefined;
	return {
		kid: toBase64Url(blob.subarray(1, 1 + KID_BYTES)),
		dictionary: blob[1 + KID_BYTES]!,
		enc: blob.subarray(HEAD_BYTES, HEAD_BYTES + POINT_BYTES),
		sealed: blob.subarray(HEAD_BYTES + POINT_BYTES)
	};
}

/** What is inside a sealed op, still deflated; undefined where the key does not open it for this organisation and id. */
export async function openParts(
	pair: CryptoKeyPair,
	organisation: string,
	opId: string,
	{ enc, sealed }: SealedParts
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	return open(pair, boundTo(organisation, opId), enc, sealed);
}

/** A new key of P-256. The private half is 97 bytes, the number and its point: to find the point anew would cost as much as to open. */
export async function newKeyPair(): Promise<{ publicKey: string; privateKey: Uint8Array<ArrayBuffer> }> {
	const pair = await suite.kem.generateKeyPair();
	const [number, serialized] = await Promise.all([
		suite.kem.serializePrivateKey(pair.privateKey),
		suite.kem.serializePublicKey(pair.publicKey)
	]);
	const point = new Uint8Array(serialized);
	return { publicKey: toBase64Url(point), privateKey: joined(new Uint8Array(number), point) };
}

/** A private key as WebCrypto takes it; throws where it is none. */
export async function readPrivateKey(privateKey: Uint8Array): Promise<CryptoKeyPair> {
	const [number, point] = await Promise.all([
		suite.kem.deserializePrivateKey(privateKey.slice(0, -POINT_BYTES)),
		suite.kem.deserializePublicKey(privateKey.slice(-POINT_BYTES))
	]);
	return { privateKey: number, publicKey: point };
}

/** Any bytes, sealed to somebody's public key and bound to what `aad` says they are. */
export async function sealFor(
	publicKey: string,
	aad: string,
	bytes: Uint8Array
): Promise<Uint8Array<ArrayBuffer>> {
	const sender = await senderFor(publicKey);
	const sealed = await sender.seal(bytes, utf8.encode(aad));
	return joined(Uint8Array.of(SEALED_VERSION), new Uint8Array(sender.enc), new Uint8Array(sealed));
}

/** The bytes again; undefined where the key or `aad` is not the one they were sealed with, or they were changed. */
export async function openWith(
	privateKey: Uint8Array,
	aad: string,
	blob: Uint8Array
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	if (blob.length < 1 + POINT_BYTES + TAG_BYTES || blob[0] !== SEALED_VERSION) return undefined;
	const pair = await readPrivateKey(privateKey);
	return open(pair, utf8.encode(aad), blob.subarray(1, 1 + POINT_BYTES), blob.subarray(1 + POINT_BYTES));
}
