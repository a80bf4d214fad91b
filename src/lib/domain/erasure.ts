/**
 * Erasing a record for good. It is an op like every other: its collection is this one, its record id that of what is erased, and its one
 * field says what kind of record that is. So who erased what, and when, stands in the journal, and nothing of what was erased does.
 */

/** The collection name on the wire. */
export const ERASURE = 'erasure';

/** What can be erased. */
const erasable = ['visit'] as const;
type Erasable = (typeof erasable)[number];

export function isErasable(value: unknown): value is Erasable {
	return erasable.some((collection) => collection === value);
}
