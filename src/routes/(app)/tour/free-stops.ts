import type { Appointment } from '#lib/domain/appointment.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { daySlots, slotsOf, type DaySlot } from '#lib/domain/slots.ts';
import { deskIsOpen, stopsBetween, type Stop } from '#lib/domain/stops.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';

/** A reception of a day with the times that are free there. */
export interface FreeStop {
	desk: Desk;
	stop: Stop;
	/** At least one. */
	times: DaySlot[];
}

/** What is known of the plan and of who comes. */
export interface Known {
	desks: ReadonlyMap<string, Desk>;
	receptions: readonly Reception[];
	appointments: readonly Appointment[];
}

/** How far ahead a new time is looked for, days, and how many stops are offered of each desk. */
export const DAYS_AHEAD = 60;
const OF_EACH = 6;
/** Stops that are offered at all: a list that is read at the desk. */
const MOST = 24;

/** Whether a time can still be taken: it has not ended. */
export const isAhead = ({ to }: DaySlot, now: number): boolean => to > now;

/** Where there is room, that of one desk first, then by time; at most six of each desk. */
export function freeStops(
	{ desks, receptions, appointments }: Known,
	first: string,
	now: number
): FreeStop[] {
	const today = helsinki(now).date;
	const counts = new Map<string, number>();
	const found: FreeStop[] = [];
	const stops = stopsBetween(
		receptions.filter((reception) => slotsOf(reception) !== undefined),
		today,
		addDays(today, DAYS_AHEAD)
	);
	const inOrder = [
		...stops.filter(({ reception }) => reception.desk === first),
		...stops.filter(({ reception }) => reception.desk !== first)
	];
	for (const stop of inOrder) {
		if (found.length >= MOST) break;
		const desk = desks.get(stop.reception.desk);
		const count = counts.get(stop.reception.desk) ?? 0;
		if (!desk || !deskIsOpen(desk, stop.date) || stop.to <= now || count >= OF_EACH) continue;
		const planned = { ...stop, cancelled: undefined };
		const times = daySlots(planned, appointments, desks, receptions).filter(
			(slot) => slot.free > 0 && isAhead(slot, now)
		);
		if (times.length === 0) continue;
		counts.set(desk.id, count + 1);
		found.push({ desk, stop, times });
	}
	return found;
}
