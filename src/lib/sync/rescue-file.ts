import * as z from 'zod/mini';
import { CODE_ALPHABET } from '#lib/protocol/accounts.ts';
import { replicaId } from '#lib/domain/clock.ts';

/**
 * A rescue file: what waits on a phone, for the day when the phone itself cannot deliver it. It holds the very requests that the phone would
 * send, each with the signature of its key, so whoever brings them to the server adds nothing and can change nothing; and the server takes
 * each op once, whichever way it comes first. Around them is a lock: AES-GCM, its key made of a code by PBKDF2. Version 2: some of the requests
 * carry ops that only the server can read, from a phone that was locked.
 */

/** Rounds of PBKDF2-SHA-256: the floor of OWASP's ASVS 5.0, appendix C. The code has 80 random bits of its own. */
const ROUNDS = 600_000;
/** Letters of the code; each is one of 32. */
const CODE_LETTERS = 16;
/** What is locked is bound to what it is. */
const PURPOSE = new TextEncoder().encode('reppu rescue 1');

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/));

const lockedFile = z.object({
	reppu: z.literal('rescue'),
	version: z.literal([1, 2]),
	rounds: z.int().check(z.minimum(ROUNDS), z.maximum(20 * ROUNDS)),
	salt: base64,
	iv: base64,
	data: base64
});

const rescue = z.object({
	organisationName: z.string(),
	/** Who logged it. */
	member: z.string(),
	membership: z.uuid(),
	device: z.uuid(),
	/** ms since 1970, by the phone's clock. */
	madeAt: z.number(),
	/** Visits that it is about. */
	visits: z.int(),
	requests: z.array(
		z.object({
			replica: replicaId,
			ops: z.int(),
			/** Its body is a frame of sealed ops. */
			sealed: z.optional(z.boolean()),
			gzipped: z.boolean(),
			signature: base64,
			body: base64
		})
	)
});
export type Rescue = z.infer<typeof rescue>;

/** Why a file does not open. `newer`: made by a newer version of the app. */
export type LockFault = 'not_rescue' | 'newer' | 'wrong_code';

export function bytesToBase64(bytes: Uint8Array): string {
	let text = '';
	// A call with every byte as an argument of its own has a limit.
	for (let first = 0; first < bytes.length; first += 8192)
		text += String.fromCharCode(...bytes.subarray(first, first + 8192));
	return btoa(text);
}

export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A new code, without letters that look like digits. */
export function newRescueCode(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(CODE_LETTERS));
	return Array.from(bytes, (byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]).join('');
}

/** A code as people read it: groups of four. */
export function showRescueCode(code: string): string {
	return code.match(/.{1,4}/g)?.join(' ') ?? code;
}

/** A code as people type it: spaces, hyphens, small letters, O for 0, I and L for 1. */
function readRescueCode(typed: string): string {
	return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

async function keyOf(code: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
	const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, [
		'deriveKey'
	]);
	return crypto.subtle.deriveKey(
		{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
		secret,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}

/** The file's text. */
export async function lockRescue(content: Rescue, code: string): Promise<string> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const key = await keyOf(code, salt, ROUNDS);
	const plain = new TextEncoder().encode(JSON.stringify(content));
	const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: PURPOSE }, key, plain);
	return JSON.stringify({
		reppu: 'rescue',
		version: content.requests.some(({ sealed }) => sealed) ? 2 : 1,
		rounds: ROUNDS,
		salt: bytesToBase64(salt),
		iv: bytesToBase64(iv),
		data: bytesToBase64(new Uint8Array(data))
	} satisfies z.infer<typeof lockedFile>);
}

/** What is in a file, or why it does not open. A file that somebody has changed opens with no code. */
export async function unlockRescue(text: string, typed: string): Promise<Rescue | LockFault> {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return 'not_rescue';
	}
	const header = z.safeParse(z.object({ reppu: z.literal('rescue'), version: z.number() }), json);
	if (!header.success) return 'not_rescue';
	if (header.data.version > 2) return 'newer';
	const file = z.safeParse(lockedFile, json);
	if (!file.success) return 'not_rescue';
	const { salt, iv, data, rounds } = file.data;
	const key = await keyOf(readRescueCode(typed), base64ToBytes(salt), rounds);
	let plain: ArrayBuffer;
	try {
		plain = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv: base64ToBytes(iv), additionalData: PURPOSE },
			key,
			base64ToBytes(data)
		);
	} catch {
		return 'wrong_code';
	}
	const content = z.safeParse(rescue, JSON.parse(new TextDecoder().decode(plain)));
	return content.success ? content.data : 'not_rescue';
}
