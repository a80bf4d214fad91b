import * as z from 'zod/mini';
import { replicaId } from '#lib/domain/clock.ts';
import { organisationKey } from './sealing-key.ts';

/** Messages of sign-in: invitations are redeemed once, by POST after a tap. */

/** Alphabet of codes: Crockford's base 32, without letters that look like digits. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 10;

/** Reads a code as people type it: spaces, hyphens, small letters, O for 0, I and L for 1. Undefined: not a code. */
export function readCode(typed: string): string | undefined {
	const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
	return code.length === CODE_LENGTH && [...code].every((letter) => CODE_ALPHABET.includes(letter))
		? code
		: undefined;
}

/** A code as people read it: two groups of five. */
export function showCode(code: string): string {
	return `${code.slice(0, 5)} ${code.slice(5)}`;
}

export const roles = ['adviser', 'coordinator', 'administrator', 'viewer'] as const;
export type Role = (typeof roles)[number];

const coordinate = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
/** Public half of a device's signing key, ECDSA P-256. */
export const publicKey = z.strictObject({
	kty: z.literal('EC'),
	crv: z.literal('P-256'),
	x: coordinate,
	y: coordinate
});
export const deviceName = z.string().check(z.minLength(1), z.maxLength(60));

export const enrolmentRequest = z.strictObject({
	code: z.string().check(z.maxLength(40)),
	deviceName,
	publicKey,
	/** Of a device that the server knows and that signs in again; see `signInRequest`. */
	replica: z.optional(replicaId)
});

/** Doors of the demo. */
export const demoRequest = z.strictObject({
	door: z.enum(['adviser', 'coordinator']),
	deviceName,
	publicKey
});

export const enrolmentAnswer = z.object({
	membership: z.uuid(),
	organisation: z.uuid(),
	organisationName: z.string(),
	role: z.enum(roles),
	name: z.string(),
	device: z.uuid(),
	demo: z.boolean(),
	/** Where its ops are sealed to. */
	sealTo: z.catch(z.optional(organisationKey), undefined)
});

/**
 * A revoked device has emptied itself; `replica` is the one that it had. `stays`: what is left in its browser is dropped by a page, which says why
 * first.
 */
export const wipedRequest = z.strictObject({ replica: replicaId, stays: z.optional(z.boolean()) });

/** How long a code works, ms: face to face ten minutes, sent 72 hours (ux.md §6.1). */
export const CODE_LIFETIMES = { 'face-to-face': 10 * 60_000, sent: 72 * 3_600_000 } as const;

export const invitationRequest = z.strictObject({
	name: z.string().check(z.minLength(1), z.maxLength(80)),
	role: z.enum(roles),
	delivery: z.enum(['face-to-face', 'sent']),
	/** Another device for somebody who is a member already. */
	membership: z.optional(z.uuid())
});

export const invitationAnswer = z.object({
	code: z.string(),
	/** ms since 1970. */
	expires: z.number()
});

/** Another role for a member. Nobody becomes a viewer: that is somebody from outside, with no visits on their phone, and is invited as one. */
const roleRequest = z.strictObject({ role: z.enum(['adviser', 'coordinator', 'administrator']) });

/** By which name the municipality's directory knows a member, an e-mail address or a user name; null: by none any more. */
const directoryNameRequest = z.strictObject({
	directoryName: z.nullable(
		z
			.string()
			.check(z.trim(), z.normalize('NFC'), z.toLowerCase(), z.regex(/^[^\s\p{Cc}]+$/u), z.maxLength(254))
	)
});

/** What is changed of a member, one thing at a time. */
export const memberRequest = z.union([roleRequest, directoryNameRequest]);

/** What the button for the municipality's directory says; null: nobody signs in by it here. */
export const directoryWay = z.object({ name: z.nullable(z.string()) });

/** Begins a sign-in by the directory. `again`: whoever is signed in there has to prove once more who they are. */
export const directorySignInRequest = z.strictObject({ again: z.boolean() });
/** Where the browser goes for that. */
export const directorySignInAnswer = z.object({ address: z.string().check(z.regex(/^https:\/\//)) });

const deviceListing = z.object({
	id: z.uuid(),
	name: z.string(),
	createdAt: z.number(),
	seenAt: z.nullable(z.number()),
	revokedAt: z.nullable(z.number()),
	/** When it said, revoked, that it had emptied itself. */
	wipedAt: z.optional(z.nullable(z.number())),
	/** Changes that it has numbered, as far as the server has heard, and that never came. */
	missing: z.int()
});

export const peopleAnswer = z.object({
	people: z.array(
		z.object({
			membership: z.uuid(),
			name: z.string(),
			role: z.enum(roles),
			devices: z.array(deviceListing),
			/** When the newest open invitation ends, ms since 1970. */
			invitedUntil: z.nullable(z.number()),
			/** By which the municipality's directory knows them; null: it opens nothing to them. */
			directoryName: z.optional(z.nullable(z.string())),
			/** They have signed in by it, and only whom the directory meant then is let in. */
			directoryUsed: z.optional(z.boolean())
		})
	)
});
