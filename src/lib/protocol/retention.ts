import * as z from 'zod/mini';

/**
 * For how long an organisation keeps what, by class (design.md §8). Periods are whole months. The defaults follow what Finnish cities state for
 * counselling (five years from the last entry; five years for log data); what an organisation sets instead is its own decision, within
 * limits that nobody passes by a slip.
 */

interface Limits {
	usual: number;
	least: number;
	most: number;
}

export const retentionClasses = {
	/** Visits whole, from the last entry of each that the server received: those without a client card, and those with one. */
	visits: { usual: 60, least: 6, most: 120 },
	visitsWithCard: { usual: 60, least: 3, most: 120 },
	/** The code of a client card, from its last use: the visits stay, and nothing links them any more. */
	cards: { usual: 12, least: 1, most: 60 },
	/** What people wrote in their own words, each from its own entry. */
	notes: { usual: 24, least: 3, most: 120 },
	/** Values of a visit that others have replaced since. */
	replaced: { usual: 24, least: 3, most: 120 },
	/** What advisers said about the directory and the tour. */
	reports: { usual: 24, least: 3, most: 60 },
	/** Appointments, from their day. */
	appointments: { usual: 1, least: 1, most: 12 },
	/** The audit trail, in whole months. */
	audit: { usual: 60, least: 24, most: 600 },
	/** Contacts by month and municipality, of visits that are gone. */
	figures: { usual: 240, least: 0, most: 1200 }
} as const satisfies Record<string, Limits>;

export type RetentionClass = keyof typeof retentionClasses;
export const retentionNames = Object.keys(retentionClasses) as RetentionClass[];

/** How long a shorter period waits before it counts, ms: a slip can be taken back. */
export const SHORTER_AFTER = 7 * 86_400_000;

/** `PUT /api/v1/retention` */
export const retentionRequest = z.strictObject({
	class: z.enum(retentionNames),
	months: z.int().check(z.minimum(0), z.maximum(1200))
});

/** What a run emptied, or would have: visits, notes and so on; `access` are sessions, invitations and counters that had ended. */
const retentionCounts = z.object({
	visits: z.int(),
	/** Visits whose card was taken off. */
	cards: z._default(z.int(), 0),
	notes: z.int(),
	replaced: z.int(),
	reports: z.int(),
	appointments: z._default(z.int(), 0),
	/** Bodies that nobody could open. */
	unopened: z.int(),
	/** Months of figures. */
	figures: z.int(),
	access: z.int()
});
export type RetentionCounts = z.infer<typeof retentionCounts>;

export const retentionAnswer = z.object({
	periods: z.array(
		z.object({
			class: z.string(),
			/** In force. */
			months: z.int(),
			usual: z.int(),
			least: z.int(),
			most: z.int(),
			/** A shorter one that was set and does not count yet. */
			coming: z.nullable(z.object({ months: z.int(), at: z.number() }))
		})
	),
	/** The newest first. */
	runs: z.array(
		z.object({
			/** Civil date. */
			date: z.string(),
			/** ms since 1970. */
			at: z.number(),
			/** More is due than one night may take: the next hour goes on. */
			unfinished: z.boolean(),
			counts: retentionCounts
		})
	),
	/** Contacts of visits that are gone; what is small is told as less than five. */
	figures: z.array(z.object({ year: z.string(), municipality: z.string(), contacts: z.nullable(z.int()) })),
	/** Whoever asks may set periods. */
	maySet: z.boolean()
});
export type RetentionAnswer = z.infer<typeof retentionAnswer>;
