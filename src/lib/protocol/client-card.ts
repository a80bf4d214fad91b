import * as z from 'zod/mini';

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
export const cardAnswer = z.object({ visits: z.array(cardVisit) });
export type CardAnswer = z.infer<typeof cardAnswer>;
