import * as z from 'zod/mini';

/**
 * A hybrid logical clock (design.md §4): 12 hex digits of milliseconds since 1970, a hyphen, the replica's 16 hex digits.
 * Fixed width, so clocks sort as strings. It is made once and never altered, and a remote clock never moves a device's own:
 * a causal successor is later only because its time is at least one more than every clock it saw.
 */
export const clock = z.string().check(z.regex(/^[0-9a-f]{12}-[0-9a-f]{16}$/));

/** The replica part of a clock or of a batch: 16 hex digits. */
export const replicaId = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** Largest time a clock can hold, ms: year 10889. */
export const MAX_CLOCK_TIME = 2 ** 48 - 1;

/** The time of a clock, ms since 1970. */
export function clockTime(value: string): number {
	return Number.parseInt(value.slice(0, 12), 16);
}

/**
 * The clock of a new op.
 *
 * @param now the device's time corrected by the last known server offset, ms since 1970
 * @param seen every clock that the op's `base` lists
 */
export function nextClock(now: number, replica: string, seen: Iterable<string> = []): string {
	let time = Math.min(MAX_CLOCK_TIME, Math.max(0, Math.floor(now)));
	for (const value of seen) time = Math.max(time, clockTime(value) + 1);
	if (time > MAX_CLOCK_TIME) throw new RangeError('No clock can follow the ones it has seen.');
	return `${time.toString(16).padStart(12, '0')}-${replica}`;
}
