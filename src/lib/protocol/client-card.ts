import * as z from 'zod/mini';
import { visitFields } from '#lib/domain/visit.ts';

/** What a client card opens for the organisation's advisers, while its client is at the desk. */

export const cardRequest = z.strictObject({ code: z.string().check(z.maxLength(40)) });

const cardVisit = z.object({
	id: z.string(),
	/** When the contact was, ms since 1970. */
	at: z.number(),
	/** Without the sensitive ones. */
	topics: z.array(z.string()),
	/** Where the client was sent, without what would tell a sensitive matter. */
	bodies: z.array(z.string()),
	/** Civil date of an open follow-up. */
	followUp: z.nullable(z.string())
});
export type CardVisit = z.infer<typeof cardVisit>;

/** The latest first; none: nobody has logged anything under this code, or it was unlinked. */
export const cardAnswer = z.object({
	visits: z.array(cardVisit),
	/** The latest consent that was written down; null: none was, or nothing is logged under this code. */
	consent: z.optional(visitFields.cardConsent)
});
export type CardAnswer = z.infer<typeof cardAnswer>;
