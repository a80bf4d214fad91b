import type { EventCounts } from './event-count.ts';
import type { EventDay } from './event-days.ts';
import { doneOn } from './event.ts';
import type { JsonValue } from './json.ts';
import type { Desk } from './tour.ts';
import type { Visit } from './visit.ts';

/** The visit that an event makes: what it says of the event's plan, and what of the counting. */

/** A visit names at most so many languages of participants; the smallest of more are told as "other". */
const MOST_LANGUAGES = 40;
const MOST_TOPICS = 40;

/** Lengths of the code list `duration`, minutes up to which each is meant. */
const DURATIONS: readonly (readonly [number, string])[] = [
	[5, '0-5'],
	[15, '5-15'],
	[30, '15-30'],
	[60, '30-60']
];

const sorted = (counts: ReadonlyMap<string, number>) =>
	[...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

function participantsOf({ people }: EventCounts): { language: string; count: number }[] {
	const all = sorted(people).map(([language, count]) => ({ language, count }));
	if (all.length <= MOST_LANGUAGES) return all;
	const known = all.filter(({ language }) => language !== 'other').slice(0, MOST_LANGUAGES - 1);
	const rest = all.filter((one) => !known.includes(one)).reduce((sum, { count }) => sum + count, 0);
	return [...known, { language: 'other', count: rest }];
}

/** A text for a number of people by language and topics, the same whatever their order. */
const textOf = (participants: readonly { language: string; count: number }[], topics: readonly string[]) =>
	[
		...participants
			.filter(({ count }) => count > 0)
			.map(({ language, count }) => `${language}/${count}`)
			.sort(),
		'|',
		...[...topics].sort()
	].join(' ');

/** The fields that follow the counting. */
export function countedFields({ event }: EventDay, counts: EventCounts): Record<string, JsonValue> {
	const participants = participantsOf(counts);
	const asked = sorted(counts.topics).map(([topic]) => topic);
	const topics = [...new Set([...event.topics, ...asked])].slice(0, MOST_TOPICS);
	return { event: event.id, participants, topics, eventCounted: textOf(participants, topics) };
}

/** All fields of the visit. They are the same on every device that knows the same plan and the same counts. */
export function eventVisitFields(
	day: EventDay,
	counts: EventCounts,
	desk: Desk | undefined
): Record<string, JsonValue> {
	const { event, from, to } = day;
	const minutes = (to - from) / 60_000;
	return {
		at: new Date(from).toISOString(),
		desk: desk?.id ?? null,
		deskMunicipality: desk?.municipality ?? event.municipality ?? null,
		channel: 'event',
		language: event.languages[0] ?? 'unknown',
		duration: DURATIONS.find(([most]) => minutes <= most)?.[1] ?? '60-',
		...(event.interpreting ? { interpreting: event.interpreting } : {}),
		...countedFields(day, counts)
	};
}

/** The event's visit as it lies on a device. */
export interface EventVisit {
	visit: Pick<Visit, 'participants' | 'topics' | 'eventCounted'>;
	removed: boolean;
	/** Two devices have written different numbers without knowing of each other. */
	isTorn: boolean;
}

/** What has to be written so that the event's visit says what was counted. */
export type Settling = { write: 'all' | 'counted'; fields: Record<string, JsonValue> };

/** How long after its end an event that was held still makes its visit by itself, ms: later a missing one was erased. */
const STILL_MADE = 2 * 86_400_000;

/**
 * What a device has to write of an event that its own member has ended; undefined: nothing. Whoever ends it writes what was counted so far; what others had counted
 * and comes in later is added by this, on whichever of the member's devices hears of it first. What people have changed by hand since stays as they wrote it.
 *
 * @param own membership of whose device this is
 * @param byHand somebody ends it now: then it makes its visit however long ago it was
 */
export function settling(
	stored: EventVisit | undefined,
	day: EventDay,
	counts: EventCounts,
	{ own, desk, now, byHand = false }: { own: string; desk: Desk | undefined; now: number; byHand?: boolean }
): Settling | undefined {
	const done = doneOn(day.event, day.date);
	if (done?.state !== 'held' || done.by !== own || stored?.removed) return undefined;
	// A contact with nobody is none: only whoever ends the event takes one away.
	if (counts.total === 0) return undefined;
	if (!stored) {
		const isMade = byHand || now < day.to + STILL_MADE;
		return isMade ? { write: 'all', fields: eventVisitFields(day, counts, desk) } : undefined;
	}
	const { visit, isTorn } = stored;
	const changedByHand = textOf(visit.participants ?? [], visit.topics ?? []) !== visit.eventCounted;
	const fields = countedFields(day, counts);
	const isSettled = visit.eventCounted === fields['eventCounted'] && !isTorn;
	return changedByHand || isSettled ? undefined : { write: 'counted', fields };
}
