/** What is odd about the time of a contact: nobody has met a client who has not come yet, and what is over a year old comes from another register. */
export type TimeFault = 'future' | 'long-ago';

/** Clocks differ by minutes. */
const AHEAD = 10 * 60_000;
const BACK = 366 * 86_400_000;

/**
 * Told where somebody types a time, before it is saved. What a phone with a wrong clock has logged is never refused for it: it is kept, counted where
 * it says, and marked as incomplete.
 */
export function timeFault(at: number, now: number): TimeFault | undefined {
	if (!(at <= now + AHEAD)) return 'future';
	return at < now - BACK ? 'long-ago' : undefined;
}

/** Whether a saved visit's time cannot be right: in the future, before there was such advice, or none at all. */
export const isOddTime = (at: number, now: number): boolean =>
	timeFault(at, now) === 'future' || at < Date.UTC(2000, 0, 1);
