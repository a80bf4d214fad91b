import * as z from 'zod/mini';

/**
 * What an adviser has to know to begin at a desk: who opens the door, where the key is, the network, what to bring. A record of its own, with the id of
 * its desk: it names people and opens doors, so on a phone it lies in the vault, where the desk itself stays plain to serve while locked.
 */

/** The collection name on the wire. */
export const DESK_GUIDE = 'desk-guide';

/** Version of the fields of a guide. */
export const DESK_GUIDE_SCHEMA = 1;

const words = z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))));

export const deskGuideFields = {
	/** Who opens the door, in words. */
	opener: words,
	/** Their telephone number. */
	openerPhone: z.optional(z.nullable(z.string().check(z.regex(/^\+?[\d ()/-]{3,30}$/)))),
	/** Where the key is, how the lock works. */
	keys: words,
	/** Name of the network, and its password. */
	wifi: words,
	/** What to bring. */
	materials: z.optional(
		z.nullable(z.array(z.string().check(z.minLength(1), z.maxLength(80))).check(z.maxLength(30)))
	)
} as const;

export type DeskGuide = {
	[Name in keyof typeof deskGuideFields]?: z.infer<(typeof deskGuideFields)[Name]>;
};
