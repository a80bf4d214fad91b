/** When a link counts as broken: a server that is down for an evening breaks none. */

/** Different days on which a page could not be had, without a good one in between, from which on its link is broken. */
const DAYS = 3;

export interface LinkRecord {
	/** Days on which it failed since it was last there. */
	failedDays: number;
	/** First and last of them, civil dates; null: none. */
	since: string | null;
	last: string | null;
}

export const soundLink: LinkRecord = { failedDays: 0, since: null, last: null };

/** What is known of a link after one more look at it on a civil date. A day counts once, however often it is looked at. */
export function afterLook(before: LinkRecord, isThere: boolean, day: string): LinkRecord {
	if (isThere) return soundLink;
	return {
		failedDays: before.failedDays + (before.last === day ? 0 : 1),
		since: before.since ?? day,
		last: day
	};
}

export const isBroken = ({ failedDays }: Pick<LinkRecord, 'failedDays'>): boolean => failedDays >= DAYS;
