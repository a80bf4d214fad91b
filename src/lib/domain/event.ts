import * as z from 'zod/mini';
import { isCivilDay } from './civil-day.ts';
import { dayNumber } from './dates.ts';
import { fieldFault } from './field-fault.ts';
import type { JsonValue } from './json.ts';

/**
 * Events (Finnish: tilaisuus): advice to several people at once, with a theme, at a desk or somewhere else. They recur as receptions do. What was
 * counted at one lies in records of its own, `event-count`, because several devices count at once.
 */

const code = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const localTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));
const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
const maybe = <T extends z.ZodMiniType>(type: T) => z.optional(z.nullable(type));

/** Longest theme, place and note, characters. */
export const TITLE_LENGTH = 120;
export const WORDS_LENGTH = 200;

const eventFields = {
	/** What it is about, in words. */
	title: words(TITLE_LENGTH),
	/** The desk where it is held; null: somewhere else. */
	desk: maybe(z.uuid()),
	/** Where else, in words. */
	place: maybe(words(WORDS_LENGTH)),
	/** Municipality of that place, official code; a desk has its own. */
	municipality: maybe(z.string().check(z.regex(/^\d{3}$/))),
	/** First start and end, local time in Europe/Helsinki; the end may lie on the next day. */
	start: localTime,
	end: localTime,
	/** RFC 5545 recurrence rule, or null: once. */
	rule: z.nullable(z.string().check(z.maxLength(200))),
	/** Civil dates of `start` that are left out. */
	except: z.array(date).check(z.maxLength(400)),
	/** Languages in which it is held, the main one first; the buttons of the counter begin with them. */
	languages: z.array(code).check(z.maxLength(20)),
	/** Code of the list `interpreting`. */
	interpreting: maybe(code),
	/** Topic groups or topics of its theme. */
	topics: z.array(code).check(z.minLength(1), z.maxLength(20)),
	/** Memberships of those who hold it; none: anybody. */
	advisers: maybe(z.array(z.uuid()).check(z.maxLength(50))),
	note: maybe(words(WORDS_LENGTH))
} as const;

/** How an event ended on a day, and by whose word. */
const done = z.nullable(z.strictObject({ state: z.enum(['held', 'not-held']), by: z.uuid() }));
const reason = z.nullable(words(WORDS_LENGTH));

export type Done = NonNullable<z.infer<typeof done>>;

type Known = { -readonly [F in keyof typeof eventFields]: z.infer<(typeof eventFields)[F]> };

/** An event as people see it; which days are cancelled or over is in its fields `cancelled_…` and `done_…`. */
export type OrganisedEvent = Known & {
	readonly [day: `cancelled_${string}` | `done_${string}`]: unknown;
	id: string;
};

const CANCELLED = /^cancelled_\d{4}-\d{2}-\d{2}$/;
const DONE = /^done_\d{4}-\d{2}-\d{2}$/;

type Fields = Readonly<Record<string, JsonValue>>;

const isDay = (text: unknown) => typeof text === 'string' && isCivilDay(text);
const isMoment = (text: unknown) =>
	typeof text === 'string' && isDay(text.slice(0, 10)) && /T([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Beginning and end come together, in their order, and lie at most a night apart. */
function timesFault({ start, end }: Fields): string | undefined {
	if (start === undefined && end === undefined) return undefined;
	if (!isMoment(start)) return 'start';
	if (!isMoment(end) || String(end) <= String(start)) return 'end';
	return dayNumber(String(end).slice(0, 10)) - dayNumber(String(start).slice(0, 10)) > 1 ? 'end' : undefined;
}

/** The first field of an event that has the wrong form, or undefined. A field that is not known here comes from a newer version and is kept. */
export const eventFault = (fields: Fields): string | undefined =>
	fieldFault(eventFields, fields) ??
	timesFault(fields) ??
	Object.keys(fields).find(
		(name) =>
			(CANCELLED.test(name) && !reason.safeParse(fields[name]).success) ||
			(DONE.test(name) && !done.safeParse(fields[name]).success)
	);

const known = z.object(eventFields);

/** Reads the values of a record as an event; undefined where they do not make one. */
export function readEvent(id: string, values: Readonly<Record<string, unknown>>): OrganisedEvent | undefined {
	const { success } = known.safeParse(values);
	return success ? ({ ...values, id } as OrganisedEvent) : undefined;
}

/** How an event ended on a civil date; undefined: nobody has said so yet, or it was opened again. */
export function doneOn(event: OrganisedEvent, day: string): Done | undefined {
	const { data } = done.safeParse(event[`done_${day}`]);
	return data ?? undefined;
}

/** Of one thing more or fewer than this is a slip of the hand. */
const MOST = 99_999;
const counts = z.record(code, z.int().check(z.minimum(-MOST), z.maximum(MOST)));

/**
 * What one opening of the counter on one device has counted. Nobody else ever writes to it, so nothing that two count at once can stand against each
 * other: the event's number is the sum of its sheets. A sheet may be below zero where it takes back what another one has.
 */
export const eventCountFields = {
	event: z.uuid(),
	/** Civil date of the event's start. */
	date,
	/** People by language, as long as the page is open the whole of it each time. */
	people: counts,
	/** Questions by topic group. */
	topics: counts
} as const;

const sheet = z.object(eventCountFields);
export type CountSheet = z.infer<typeof sheet>;

/** Reads the values of a record as a sheet; undefined where they do not make one. */
export const readSheet = (values: Readonly<Record<string, unknown>> | undefined): CountSheet | undefined =>
	sheet.safeParse(values).data;
