/** How desks and receptions are called on the wire, apart from their schemas, which phones need not load. */

/** The collection names. */
export const DESK = 'desk';
export const RECEPTION = 'reception';

/** Version of the fields of both. */
export const TOUR_SCHEMA = 1;

/**
 * The field that says that a reception is not held on a civil date: why, in words for advisers; null: it is held after all. A field for each day, so that
 * two coordinators who cancel different days write over nothing.
 */
export const cancelledField = (date: string): `cancelled_${string}` => `cancelled_${date}`;

/** The field that says who holds a reception on a civil date in the place of its advisers, by membership; null: they do after all. A field for each day, as above. */
export const heldField = (date: string): `held_${string}` => `held_${date}`;

/** Longest reason, characters. */
export const REASON_LENGTH = 200;
