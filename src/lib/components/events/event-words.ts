import { label } from '#lib/domain/code-lists.ts';
import { formatDate, formatTimeRange, helsinki } from '#lib/domain/dates.ts';
import type { EventCounts } from '#lib/domain/event-count.ts';
import type { EventDay } from '#lib/domain/event-days.ts';
import type { OrganisedEvent } from '#lib/domain/event.ts';
import { languageName, type Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { groupName, groupsOf } from '#lib/components/visit-words.ts';

/** What people read of events. */

/** `perjantai 6.3.` */
export const eventDate = (date: string, locale: Locale): string =>
	formatDate(`${date}T12:00:00Z`, locale, 'weekday');

/** `perjantai 6.3. 17.00–18.30` */
export const eventTime = ({ date, from, to }: EventDay, locale: Locale): string =>
	`${eventDate(date, locale)} ${formatTimeRange(helsinki(from).time, helsinki(to).time, locale)}`;

/** Desk or place in words, and the municipality. */
export function eventPlace(event: OrganisedEvent, desks: readonly Desk[], locale: Locale): string {
	const desk = desks.find(({ id }) => id === event.desk);
	const municipality = desk?.municipality ?? event.municipality;
	const town = municipality ? municipalityName(municipality, locale) : undefined;
	return [desk?.name ?? event.place, town].filter(Boolean).join(' · ');
}

export const eventTopics = ({ topics }: Pick<OrganisedEvent, 'topics'>, locale: Locale): string =>
	groupsOf(topics)
		.map((group) => groupName(group, locale))
		.join(', ');

export const interpretingWords = ({ interpreting }: OrganisedEvent, locale: Locale): string | undefined =>
	interpreting ? label('interpreting', interpreting, locale) : undefined;

/** Of something counted, the most frequent first. */
export const mostFirst = (counts: ReadonlyMap<string, number>): [string, number][] =>
	[...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

/** `arabia 10, somali 6` */
export const peopleWords = ({ people }: Pick<EventCounts, 'people'>, locale: Locale): string =>
	mostFirst(people)
		.map(([language, count]) => `${languageName(language, locale)} ${count}`)
		.join(', ');

/** Whether a role plans events and counts at them: docs/security/roles.md, `event:write`. */
export const mayHoldEvents = (role: string): boolean => role === 'adviser' || role === 'coordinator';
