import { countsOf, type EventCounts } from '#lib/domain/event-count.ts';
import { dayOn, type EventDay } from '#lib/domain/event-days.ts';
import { doneOn, type CountSheet, type Done, type OrganisedEvent } from '#lib/domain/event.ts';

/** How one day of an event ended. */
export interface Outcome {
	day: EventDay;
	state: Done['state'];
	counts: EventCounts;
}

/**
 * The days on which events ended from a civil date on, newest first; also those that the plan does not name any more, because what was counted then stays.
 */
export function outcomesOf(
	events: readonly OrganisedEvent[],
	sheets: readonly CountSheet[],
	from: string
): Outcome[] {
	const byDay = Map.groupBy(sheets, ({ event, date }) => `${event} ${date}`);
	return events
		.flatMap((event) =>
			Object.keys(event).flatMap((field) => {
				const date = /^done_(\d{4}-\d{2}-\d{2})$/.exec(field)?.[1];
				const done = date !== undefined && date >= from ? doneOn(event, date) : undefined;
				const day = done && date !== undefined ? dayOn(event, date) : undefined;
				if (!done || !day) return [];
				return [{ day, state: done.state, counts: countsOf(byDay.get(`${event.id} ${date}`) ?? []) }];
			})
		)
		.sort((a, b) => b.day.from - a.day.from);
}
