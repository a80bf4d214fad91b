import * as z from 'zod/mini';
import { isExpected, isTaken, type Appointment, type Slot } from './appointment.ts';
import { addDays, helsinki, instantOf } from './dates.ts';
import { deskIsOpen, plannedBetween, type PlannedStop, type Stop } from './stops.ts';
import type { Desk, Reception } from './tour.ts';

/** Which times of a reception can be booked, and what stands in them. Pure: the same on every device that knows the same. */

const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** How a reception is cut into times: the field `slots` of a reception; absent or null: it takes no appointments. */
export const slotSettings = z.object({
	/** Minutes of one. */
	length: z.int().check(z.minimum(5), z.maximum(240)),
	/** `HH:MM`: from when to when within the reception; null: all of it. */
	from: z.nullable(time),
	until: z.nullable(time),
	/** How many come at one time: as many as there are advisers. */
	atOnce: z.int().check(z.minimum(1), z.maximum(20))
});

export type SlotSettings = z.infer<typeof slotSettings>;

/** What a reception says of its appointments; what a newer version says in a form unknown here is nothing. */
export const slotsOf = ({ slots }: Pick<Reception, 'slots'>): SlotSettings | undefined =>
	slotSettings.safeParse(slots).data;

/** A time that can be booked. Instants in ms since 1970. */
export interface SlotTime {
	/** Civil date: in a reception that passes midnight that of the day after, too. */
	date: string;
	/** `HH:MM`. */
	start: string;
	from: number;
	to: number;
}

const MINUTE = 60_000;

/** The instant of a time of day within a stop: that of the next day where the stop passes midnight. */
function within({ date, from, to }: Stop, at: string): number {
	const instant = instantOf(date, at);
	return instant < from && helsinki(to).date > date ? instantOf(addDays(date, 1), at) : instant;
}

/** Every time of a stop, in its order. One that the autumn night shows twice on the clock is offered once. */
export function slotTimes(stop: Stop): SlotTime[] {
	const settings = slotsOf(stop.reception);
	if (!settings) return [];
	const first = Math.max(stop.from, settings.from === null ? stop.from : within(stop, settings.from));
	const last = Math.min(stop.to, settings.until === null ? stop.to : within(stop, settings.until));
	const times: SlotTime[] = [];
	for (let from = first; from + settings.length * MINUTE <= last; from += settings.length * MINUTE) {
		const { date, time: start } = helsinki(from);
		if (instantOf(date, start) === from)
			times.push({ date, start, from, to: from + settings.length * MINUTE });
	}
	return times;
}

/** From when to when, ms. */
export function slotSpan({ date, start, length }: Slot): { from: number; to: number } {
	const from = instantOf(date, start);
	return { from, to: from + length * MINUTE };
}

/** An appointment at one of its times. */
export interface Placed {
	appointment: Appointment;
	slot: Slot;
	from: number;
	to: number;
}

const placed = (appointment: Appointment): Placed[] =>
	appointment.slots.map(({ value }) => ({ appointment, slot: value, ...slotSpan(value) }));

/**
 * The stop at which an appointment is held: of its own reception, or of another one of the same desk that covers its time, as where a coordinator has given
 * the reception other hours and so begun a new one. Undefined: the day was cancelled, the reception has ended, the desk has closed: it has to be moved.
 */
export function stopOf(
	slot: Slot,
	desks: ReadonlyMap<string, Desk>,
	receptions: readonly Reception[]
): PlannedStop | undefined {
	const desk = desks.get(slot.desk);
	if (!desk) return undefined;
	const { from } = slotSpan(slot);
	const covering = plannedBetween(
		receptions.filter((reception) => reception.desk === slot.desk),
		addDays(slot.date, -1),
		slot.date
	).filter(
		(stop) =>
			stop.cancelled === undefined && stop.from <= from && from < stop.to && deskIsOpen(desk, stop.date)
	);
	return covering.find(({ reception }) => reception.id === slot.reception) ?? covering[0];
}

const overlaps = (a: { from: number; to: number }, b: { from: number; to: number }) =>
	a.from < b.to && b.from < a.to;

/** How many stand at once, at most, within a span. What begins last of those that are there at once begins within it, or is there at its beginning. */
function mostAtOnce(span: { from: number; to: number }, all: readonly Placed[]): number {
	const there = all.filter((one) => overlaps(one, span));
	const points = [span.from, ...there.map(({ from }) => Math.max(from, span.from))];
	// One appointment with two times that overlap is one client.
	const clientsAt = (at: number) =>
		new Set(there.filter(({ from, to }) => from <= at && at < to).map((one) => one.appointment.id)).size;
	return Math.max(0, ...points.map(clientsAt));
}

/** One time of a day: what stands in it, and for how many there is room. */
export interface DaySlot extends SlotTime {
	/** Minutes. */
	length: number;
	free: number;
	/** Expected or come, by the order of their records. */
	booked: (Placed & { crowded: boolean })[];
	/** Cancelled, or nobody came. */
	left: Placed[];
}

const byRecord = (a: Placed, b: Placed) => (a.appointment.id < b.appointment.id ? -1 : 1);

/**
 * The times of a stop with the appointments that are held there, in order; an appointment whose time the plan does not offer any more
 * has a row of its own without room. `crowded`: more are there at once than the reception takes, and one has to be moved.
 */
export function daySlots(
	stop: PlannedStop,
	appointments: readonly Appointment[],
	desks: ReadonlyMap<string, Desk>,
	receptions: readonly Reception[]
): DaySlot[] {
	const here = appointments
		.flatMap(placed)
		.filter(({ slot, from }) => {
			if (slot.desk !== stop.reception.desk || from < stop.from || from >= stop.to) return false;
			const at = stopOf(slot, desks, receptions);
			// Of a day that is not held those of its own reception are shown where they were.
			return at
				? at.reception.id === stop.reception.id && at.date === stop.date
				: slot.reception === stop.reception.id;
		})
		.sort(byRecord);
	const taken = here.filter(({ appointment }) => isTaken(appointment));
	const settings = slotsOf(stop.reception);
	const atOnce = settings?.atOnce ?? 1;
	const held = stop.cancelled === undefined;
	const rows = new Map(
		slotTimes(stop).map((one): [number, DaySlot] => [
			one.from,
			{
				...one,
				length: (one.to - one.from) / MINUTE,
				free: held ? Math.max(0, atOnce - mostAtOnce(one, taken)) : 0,
				booked: [],
				left: []
			}
		])
	);
	for (const one of here) {
		const { from, to, slot } = one;
		const row = rows.get(from) ?? {
			date: slot.date,
			start: slot.start,
			from,
			to,
			length: slot.length,
			free: 0,
			booked: [],
			left: []
		};
		rows.set(from, row);
		if (isTaken(one.appointment))
			row.booked.push({ ...one, crowded: held && mostAtOnce(one, taken) > atOnce });
		else row.left.push(one);
	}
	return [...rows.values()].sort((a, b) => a.from - b.from);
}

/** Appointments to come whose day is not held any more, the earliest first. */
export function toMove(
	appointments: readonly Appointment[],
	desks: ReadonlyMap<string, Desk>,
	receptions: readonly Reception[],
	now: number
): Placed[] {
	return appointments
		.filter(isExpected)
		.flatMap(placed)
		.filter(({ slot, to }) => to > now && stopOf(slot, desks, receptions) === undefined)
		.sort((a, b) => a.from - b.from || byRecord(a, b));
}

/** Expected appointments at the stops of civil dates `from` … `to`, the earliest first, each with its stop and whether its time is crowded. */
export function heldBetween(
	appointments: readonly Appointment[],
	desks: ReadonlyMap<string, Desk>,
	receptions: readonly Reception[],
	from: string,
	to: string
): { stop: PlannedStop; placed: DaySlot['booked'][number] }[] {
	const wanted = new Set(appointments.flatMap(({ slots }) => slots.map(({ value }) => value.desk)));
	return plannedBetween(
		receptions.filter(({ desk }) => wanted.has(desk)),
		from,
		to
	)
		.filter(({ cancelled }) => cancelled === undefined)
		.flatMap((stop) =>
			daySlots(stop, appointments, desks, receptions).flatMap(({ booked }) =>
				booked.map((one) => ({ stop, placed: one }))
			)
		)
		.sort((a, b) => a.placed.from - b.placed.from);
}
