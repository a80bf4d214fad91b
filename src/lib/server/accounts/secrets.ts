import { createHash, randomBytes, randomInt } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from '#lib/protocol/accounts.ts';

/** SHA-256, hex: secrets are only ever stored as this. */
export function secretHash(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}

/** An opaque session token, 256 bits, base64url. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

/** A one-time code: ten letters of Crockford's alphabet, 50 bits. */
export function newCode(): string {
	return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}
