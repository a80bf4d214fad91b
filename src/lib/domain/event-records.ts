/** How events are called on the wire and how their parts hang together, apart from their schemas. */

/** The collection of events (Finnish: tilaisuus): advice to several people at once, planned or made on the spot. */
export const EVENT = 'event';
/** The collection of what was counted at them. */
export const EVENT_COUNT = 'event-count';

/** Version of the fields of both. */
export const EVENT_SCHEMA = 1;

/** The field that says how an event ended on a civil date; a field for each day, as cancelled days have. */
export const doneField = (date: string): `done_${string}` => `done_${date}`;

/**
 * The id of the one visit that an event makes on a civil date: a UUIDv7 with the time of the date and the random part of the event's own id. Whichever
 * device ends the event, and however often, it is this record and no second one.
 */
export function eventVisitId(event: string, date: string): string {
	const time = Math.max(0, Date.parse(date)).toString(16).padStart(12, '0');
	return `${time.slice(0, 8)}-${time.slice(8)}${event.slice(13)}`;
}

/** Whether a visit is one that this event makes: nobody can know the id who does not know the event. */
export const isVisitOf = (visit: string, event: string): boolean => visit.slice(13) === event.slice(13);
