import { addDays, helsinki } from '#lib/domain/dates.ts';
import { advisersOn, deskIsOpen, plannedBetween, type PlannedStop } from '#lib/domain/stops.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { weekday, weekNumber } from '#lib/domain/weeks.ts';

/** How far the agenda looks ahead, days; today is the first. */
const DAYS = 14;

export interface TourStop extends PlannedStop {
	/** Undefined where the desk is not on this phone. */
	desk: Desk | undefined;
	/** The desk does not exist any more on that day. */
	closed: boolean;
	/** Who holds it, by membership; none: anybody. */
	advisers: readonly string[];
}

/** A calendar week of the agenda. */
export interface Week {
	/** Civil date of its Monday. */
	monday: string;
	number: number;
	/** The part of it that the agenda covers, civil dates. */
	from: string;
	to: string;
	/** True where today lies in it. */
	current: boolean;
	stops: TourStop[];
}

/**
 * The agenda from today on by calendar week, today's first; weeks without a reception but this one are left out.
 *
 * @param known of so many days only
 */
export function tourWeeks(
	desks: readonly Desk[],
	receptions: readonly Reception[],
	now: number,
	known = DAYS
): Week[] {
	const today = helsinki(now).date;
	const last = addDays(today, DAYS - 1);
	const byId = new Map(desks.map((desk) => [desk.id, desk]));
	const weeks: Week[] = [];
	/** The week of each day: a large tour has many stops on few days. */
	const weekOf = new Map<string, Week>();
	for (let monday = addDays(today, 1 - weekday(today)); monday <= last; monday = addDays(monday, 7)) {
		const sunday = addDays(monday, 6);
		const week: Week = {
			monday,
			number: weekNumber(monday),
			from: monday < today ? today : monday,
			to: sunday > last ? last : sunday,
			current: monday <= today,
			stops: []
		};
		weeks.push(week);
		for (let day = week.from; day <= week.to; day = addDays(day, 1)) weekOf.set(day, week);
	}
	for (const stop of plannedBetween(receptions, today, addDays(today, known - 1))) {
		const desk = byId.get(stop.reception.desk);
		const closed = desk !== undefined && !deskIsOpen(desk, stop.date);
		weekOf.get(stop.date)?.stops.push({
			...stop,
			desk,
			closed,
			advisers: advisersOn(stop.reception, stop.date)
		});
	}
	return weeks.filter((week) => week.current || week.stops.length > 0);
}

/** Days of which a large tour has a screen full: today, or Monday. */
const NEAR = [1, 3];

/** The same of as few days as have so many stops: what the first screen needs of a large tour. */
export function nearWeeks(
	desks: readonly Desk[],
	receptions: readonly Reception[],
	now: number,
	enough: number
): Week[] {
	for (const days of NEAR) {
		const weeks = tourWeeks(desks, receptions, now, days);
		if (stopCount(weeks) >= enough) return weeks;
	}
	return tourWeeks(desks, receptions, now);
}

export const stopCount = (weeks: readonly Week[]): number =>
	weeks.reduce((sum, { stops }) => sum + stops.length, 0);

/** The same with its first stops only, so many in all; weeks that have none of them are left out, but this one. */
export function firstStops(weeks: readonly Week[], most: number): Week[] {
	let left = most;
	return weeks.flatMap((week) => {
		const stops = week.stops.slice(0, Math.max(0, left));
		left -= stops.length;
		return week.current || stops.length > 0 ? [{ ...week, stops }] : [];
	});
}

/** The same without what only others hold. */
export const ownStops = (weeks: readonly Week[], membership: string): Week[] =>
	weeks.flatMap((week) => {
		const stops = week.stops.filter(({ advisers }) => advisers.length === 0 || advisers.includes(membership));
		return week.current || stops.length > 0 ? [{ ...week, stops }] : [];
	});
