import { addDays, dayNumber, helsinki, instantOf } from './dates.ts';
import { daysBetween } from './recurrence.ts';
import type { Desk, Reception } from './tour.ts';

/** Hours on one day. Instants in ms since 1970. */
export interface TimedDay {
	/** Civil date of the start. */
	date: string;
	from: number;
	to: number;
}

/** One reception on one day. */
export interface Stop extends TimedDay {
	reception: Reception;
}

/** The hours of something that recurs, on one day: the first start and end are local times, the end may lie on the next day. */
export function hoursOn({ start, end }: Pick<Reception, 'start' | 'end'>, day: string): TimedDay {
	const [startDay = '', startTime = ''] = start.split('T');
	const [endDay = '', endTime = ''] = end.split('T');
	const lastDay = endDay === startDay ? day : addDays(day, dayNumber(endDay) - dayNumber(startDay));
	return { date: day, from: instantOf(day, startTime), to: instantOf(lastDay, endTime) };
}

/** A closed desk takes no visits from its last day on, and nothing is held there. */
export function deskIsOpen(desk: Pick<Desk, 'closedFrom'>, date: string): boolean {
	return !desk.closedFrom || date < desk.closedFrom;
}

/** Who holds a reception on a civil date, by membership: its advisers, or whoever takes their place that day. None: anybody. */
export function advisersOn(reception: Reception, date: string): readonly string[] {
	const substitutes: unknown = reception[`held_${date}`];
	return Array.isArray(substitutes) ? (substitutes as string[]) : (reception.advisers ?? []);
}

/** Whether somebody holds a stop, as far as the plan knows. */
export function isHeldBy({ reception, date }: Stop, membership: string): boolean {
	const advisers = advisersOn(reception, date);
	return advisers.length === 0 || advisers.includes(membership);
}

/** A stop of the plan, also where it is cancelled. */
export interface PlannedStop extends Stop {
	/** Why it is cancelled; undefined: it is held. */
	cancelled: string | undefined;
}

/** Every occurrence whose start lies on `from` … `to` (civil dates, both included), earliest first; without those that are left out. */
export function plannedBetween(receptions: readonly Reception[], from: string, to: string): PlannedStop[] {
	return receptions
		.flatMap((reception) =>
			daysBetween(reception.rule, reception.start.slice(0, 10), from, to)
				.days.filter((day) => !reception.except.includes(day))
				.map((day) => {
					const reason: unknown = reception[`cancelled_${day}`];
					return { reception, ...hoursOn(reception, day), cancelled: reason ? String(reason) : undefined };
				})
		)
		.sort((a, b) => a.from - b.from);
}

/** The same without those that are cancelled. */
export const stopsBetween = (receptions: readonly Reception[], from: string, to: string): Stop[] =>
	plannedBetween(receptions, from, to).filter(({ cancelled }) => cancelled === undefined);

/** How long before the start and after the end a stop still counts as "you are here", ms. */
const GRACE = 45 * 60_000;

/** The stops at which the adviser may be now; two of them mean the adviser chooses. */
export function stopsNow(receptions: readonly Reception[], now: number): Stop[] {
	const today = helsinki(now).date;
	return stopsBetween(receptions, addDays(today, -1), addDays(today, 1)).filter(
		(stop) => stop.from - GRACE <= now && now <= stop.to + GRACE
	);
}
