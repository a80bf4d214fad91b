/** What a device's clock must be wrong by before people are told and times are corrected, ms: less is the line's delay. */
const NOTICEABLE = 2 * 60_000;

/**
 * What to add to a device's time so that people are shown, and visits get, the right one.
 *
 * @param offset server's time − device's time, ms, as last measured
 */
export const correction = (offset: number): number => (Math.abs(offset) < NOTICEABLE ? 0 : offset);
