import * as z from 'zod/mini';

/** What the server knows of the directory besides its entries: pages that are gone, and how often what is unchecked was shown. */

/**
 * Why a page cannot be had.
 *
 * - `unknown_host`: the name has no address
 * - `unreachable`, `silent`: nobody answers, or not in time; also a certificate that does not hold
 * - `status`: somebody answers that there is no such page
 * - `redirects`: it leads in a circle
 * - `private`: it leads to where no page for clients can be
 */
export type LinkFault = 'unknown_host' | 'unreachable' | 'silent' | 'status' | 'redirects' | 'private';

export const directoryChecks = z.object({
	/** Pages that could not be had on several days. */
	broken: z.array(
		z.object({
			url: z.string(),
			/** Civil date of the first of the checks that failed. */
			since: z.string(),
			/** One that is not known here comes from a newer server. */
			fault: z.string(),
			status: z.nullable(z.int())
		})
	),
	/** Civil date of the last check of links; null: there was none. */
	checked: z.nullable(z.string()),
	/** How often clients were shown unchecked text of an entry, by its id and the language. */
	shown: z.record(z.string(), z.record(z.string(), z.int())),
	/** First civil date of these counts. */
	since: z.string()
});

export type DirectoryChecks = z.infer<typeof directoryChecks>;
