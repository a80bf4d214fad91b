import { addDays, dayNumber, helsinki } from './dates.ts';
import type { OrganisedEvent } from './event.ts';
import { plannedBetween } from './stops.ts';

/** An event on one day. Instants in ms since 1970. */
export interface EventDay {
	event: OrganisedEvent;
	/** Civil date of the start. */
	date: string;
	from: number;
	to: number;
	/** Why it is cancelled; undefined: it is held. */
	cancelled: string | undefined;
}

/** Every day of the events whose start lies on `from` … `to` (civil dates, both included), earliest first; cancelled ones too. */
export function eventDays(events: readonly OrganisedEvent[], from: string, to: string): EventDay[] {
	const byId = new Map(events.map((event) => [event.id, event]));
	return plannedBetween(
		// Events recur by the same rules as receptions.
		events.map((event) => ({ ...event, desk: event.desk ?? '' })),
		from,
		to
	).flatMap(({ reception, date, from: begins, to: ends, cancelled }) => {
		const event = byId.get(reception.id);
		return event ? [{ event, date, from: begins, to: ends, cancelled }] : [];
	});
}

/** How far back and ahead the day that somebody means is looked for. */
const BACK = 60;
const AHEAD = 370;

/** The day of an event that somebody means who opens it without naming one: today's, else the next, else the last. */
export function dayMeant(event: OrganisedEvent, now: number): EventDay | undefined {
	const { date: today } = helsinki(now);
	const days = eventDays([event], addDays(today, -BACK), addDays(today, AHEAD));
	return days.find(({ to }) => to > now) ?? days.at(-1) ?? dayOn(event, event.start.slice(0, 10));
}

/**
 * The event on a civil date, also where its plan has changed since and does not name that day any more: what was counted then stays. Undefined where there is no
 * such date.
 */
export function dayOn(event: OrganisedEvent, date: string): EventDay | undefined {
	const [first = '', from = ''] = event.start.split('T');
	const [last = '', to = ''] = event.end.split('T');
	const nights = dayNumber(last) - dayNumber(first);
	const alone = {
		...event,
		start: `${date}T${from}`,
		end: `${addDays(date, nights)}T${to}`,
		rule: null,
		except: []
	};
	const [day] = eventDays([alone], date, date);
	return day && { ...day, event };
}

/** How long before its start and after its end an event counts as being on, ms. */
const GRACE = 60 * 60_000;

/** The days of events that are on now, that nobody has cancelled. */
export function eventsNow(events: readonly OrganisedEvent[], now: number): EventDay[] {
	const { date } = helsinki(now);
	return eventDays(events, addDays(date, -1), addDays(date, 1)).filter(
		({ from, to, cancelled }) => cancelled === undefined && from - GRACE <= now && now <= to + GRACE
	);
}
