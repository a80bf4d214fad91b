import * as z from 'zod/mini';
import { idFrom } from './id-from.ts';

/**
 * The hours that an adviser worked at a reception, told when the day is closed: what a municipality's share may be divided by. One record for each adviser,
 * reception and day, or adviser, desk and day where the tour had no reception; so whoever tells them twice, on two devices, tells them once.
 */

/** The collection name on the wire. */
export const WORK_HOURS = 'work-hours';

/** Version of the fields. */
export const WORK_HOURS_SCHEMA = 1;

const civilDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

export const workHoursFields = {
	desk: z.uuid(),
	/** Null: the tour had none. */
	reception: z.nullable(z.uuid()),
	/** Civil date of the start. */
	date: civilDate,
	/** It was held. Where it was not, no hours count, and no reception either. */
	held: z.boolean(),
	/** Local times; an end that is not after the start is on the next day. */
	from: time,
	to: time
} as const;

export const workHours = z.object(workHoursFields);
export type WorkHours = z.infer<typeof workHours>;

const MINUTES_OF_DAY = 24 * 60;
const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** How long somebody worked, minutes by the clock on the wall. */
export function minutesWorked({ held, from, to }: Pick<WorkHours, 'held' | 'from' | 'to'>): number {
	if (!held || from === to) return 0;
	const minutes = minuteOf(to) - minuteOf(from);
	return minutes < 0 ? minutes + MINUTES_OF_DAY : minutes;
}

/** The id of what a member tells of a reception, or of a desk without one, on a civil date. */
export const workHoursId = (
	membership: string,
	{ reception, desk, date }: Pick<WorkHours, 'reception' | 'desk' | 'date'>
): Promise<string> => idFrom(WORK_HOURS, membership, reception ?? desk, date);
