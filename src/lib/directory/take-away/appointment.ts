import { clientPhones } from '#lib/directory/critical.ts';
import { isSensitive } from '#lib/directory/sensitive.ts';
import { dayNumber, instantOf } from '#lib/domain/dates.ts';
import type { Service } from '#lib/domain/service.ts';
import { escaped } from './escaped.ts';
import { givenName } from './given-name.ts';

/** A time that was booked, as the adviser types it. It is never stored. */
export interface Appointment {
	/** Civil date and `HH:MM` in Helsinki. */
	date: string;
	time: string;
	/** Where to go, free text; may be empty. */
	place: string;
}

/** What a calendar shows as taken, ms: nobody types how long it takes. */
const LASTS = 60 * 60_000;

const utc = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/** Whether date and time are there and exist. */
export const isComplete = ({ date, time }: Appointment): boolean =>
	/^\d{4}-\d{2}-\d{2}$/.test(date) &&
	!Number.isNaN(dayNumber(date)) &&
	/^([01]\d|2[0-3]):[0-5]\d$/.test(time);

/** What goes into the calendar of the client's phone. Instants in ms since 1970. */
interface CalendarEntry {
	/** New for each code. */
	uid: string;
	/** When it was made. */
	at: number;
	from: number;
	to: number;
	summary: string;
	/** May be empty. */
	place: string;
	description?: string | undefined;
}

/**
 * An entry for the calendar of the client's phone: iCalendar with one VEVENT, in UTC, so that it needs no time zone. Lines are not folded,
 * as phones read them from a code.
 */
export const calendarEntry = ({ uid, at, from, to, summary, place, description }: CalendarEntry): string =>
	[
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Reppu//Reppu//FI',
		'BEGIN:VEVENT',
		`UID:${uid}`,
		`DTSTAMP:${utc(at)}`,
		`DTSTART:${utc(from)}`,
		`DTEND:${utc(to)}`,
		`SUMMARY:${escaped(summary)}`,
		...(place.trim() ? [`LOCATION:${escaped(place.trim())}`] : []),
		...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
		'END:VEVENT',
		'END:VCALENDAR',
		''
	].join('\r\n');

/**
 * An appointment at a service, for the client's calendar.
 *
 * @param made `uid`: new for each code · `at`: now, ms since 1970
 */
export function appointmentEvent(
	service: Service,
	{ date, time, place }: Appointment,
	language: string,
	adviser: string,
	made: { uid: string; at: number }
): string {
	const from = instantOf(date, time);
	const [phone] = isSensitive(service) ? [] : clientPhones(service, language);
	const summary = givenName(service, language, adviser).name;
	return calendarEntry({ ...made, from, to: from + LASTS, summary, place, description: phone?.number });
}
