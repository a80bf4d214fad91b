import { m } from '#lib/paraglide/messages.js';

/**
 * Who holds a stop, in one line: "you" for the reader, a name for colleagues that this phone knows.
 *
 * @param own the reader's membership
 */
export const holderWords = (
	memberships: readonly string[],
	names: ReadonlyMap<string, string>,
	own: string
): string =>
	memberships.map((one) => (one === own ? m.tour_you() : (names.get(one) ?? m.tour_colleague()))).join(', ');
