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

/**
 * An appointment for the calendar of the client's phone: iCalendar with one VEVENT, in UTC, so that it needs no time zone. Lines are not folded,
 * as phones read them from a code.
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
	const starts = instantOf(date, time);
	const [phone] = isSensitive(service) ? [] : clientPhones(service, language);
	return [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Reppu//Reppu//FI',
		'BEGIN:VEVENT',
		`UID:${made.uid}`,
		`DTSTAMP:${utc(made.at)}`,
		`DTSTART:${utc(starts)}`,
		`DTEND:${utc(starts + LASTS)}`,
		`SUMMARY:${escaped(givenName(service, language, adviser).name)}`,
		...(place.trim() ? [`LOCATION:${escaped(place.trim())}`] : []),
		...(phone ? [`DESCRIPTION:${phone.number}`] : []),
		'END:VEVENT',
		'END:VCALENDAR',
		''
	].join('\r\n');
}
