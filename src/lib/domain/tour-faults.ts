import * as z from 'zod/mini';
import { isCivilDay } from './civil-day.ts';
import { dayNumber } from './dates.ts';
import { fieldFault } from './field-fault.ts';
import type { JsonValue } from './json.ts';
import { slotSettings } from './slots.ts';
import { REASON_LENGTH } from './tour-records.ts';
import { deskFields, receptionFields } from './tour.ts';

/** What the server holds desks and receptions to. A field that is not known here comes from a newer version and is kept. */

type Fields = Readonly<Record<string, JsonValue>>;

const CANCELLED = /^cancelled_\d{4}-\d{2}-\d{2}$/;
const HELD = /^held_\d{4}-\d{2}-\d{2}$/;
const reason = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(REASON_LENGTH)));

const substitutes = z.nullable(z.array(z.uuid()).check(z.minLength(1), z.maxLength(50)));

const isDay = (text: unknown) => typeof text === 'string' && isCivilDay(text);
const isMoment = (text: unknown) =>
	typeof text === 'string' && isDay(text.slice(0, 10)) && /T([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The first field of a desk that has the wrong form, or undefined. */
export function deskFault(fields: Fields): string | undefined {
	const { closedFrom } = fields;
	const exists = closedFrom === undefined || closedFrom === null || isDay(closedFrom);
	return fieldFault(deskFields.shape, fields) ?? (exists ? undefined : 'closedFrom');
}

/** Longest reception, days: one that passes midnight. */
const LONGEST = 1;

/** Beginning and end are one fact: they come together, and in their order. Days that do not exist would break every phone's agenda. */
export function timesFault({ start, end }: Fields): string | undefined {
	if (start === undefined && end === undefined) return undefined;
	if (!isMoment(start)) return 'start';
	if (!isMoment(end) || String(end) <= String(start)) return 'end';
	const days = dayNumber(String(end).slice(0, 10)) - dayNumber(String(start).slice(0, 10));
	return days > LONGEST ? 'end' : undefined;
}

/** The same of a reception, with the days on which it is cancelled or held by others. */
export const receptionFault = (fields: Fields): string | undefined =>
	fieldFault({ ...receptionFields.shape, slots: z.nullable(slotSettings) }, fields) ??
	timesFault(fields) ??
	Object.keys(fields).find(
		(name) =>
			(CANCELLED.test(name) && !reason.safeParse(fields[name]).success) ||
			(HELD.test(name) && !substitutes.safeParse(fields[name]).success)
	);
