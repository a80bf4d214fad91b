import * as z from 'zod/mini';
import { civilDate, texts } from './language-texts.ts';

/**
 * When something is open: rules that recur, named holidays, and exceptions. An exception beats a holiday, a holiday beats a rule. All times
 * are local time in Europe/Helsinki.
 */

/** `HH:MM`; as an end also `24:00`. */
const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/));

/** From `opens` to `closes`; an end that is not after the beginning lies on the next day, so `00:00`–`24:00` is the whole day. */
const span = z.object({ opens: time, closes: time });

const rule = z.extend(span, {
	/** First day on which it may hold, and where the recurrence is counted from. */
	from: civilDate,
	/** Last day on which it holds; absent: until further notice. */
	to: z.optional(civilDate),
	/** RFC 5545 recurrence rule without DTSTART, for instance `FREQ=WEEKLY;BYDAY=MO,FR`; null: on `from` alone. */
	rule: z.nullable(z.string().check(z.maxLength(300))),
	/** What the hours are for, where they are not those of the door: telephone hours, by appointment. */
	note: z.optional(texts),
	/** What the source says in words of these hours of the door. */
	words: z.optional(texts)
});

const exception = z.object({
	from: civilDate,
	/** Last day, the same as `from` for a single one. */
	to: civilDate,
	/** Empty: closed. */
	open: z.array(span).check(z.maxLength(20)),
	note: z.optional(texts)
});

/** Holidays and eves of Finland whose hours a source may name. */
export const HOLIDAYS = [
	'new-years-day',
	'epiphany',
	'good-friday',
	'easter-sunday',
	'easter-monday',
	'may-day',
	'ascension-day',
	'whit-sunday',
	'midsummer-eve',
	'midsummer-day',
	'all-saints-day',
	'independence-day',
	'christmas-eve',
	'christmas-day',
	'boxing-day',
	'new-years-eve'
] as const;
export type Holiday = (typeof HOLIDAYS)[number];

export const hours = z.object({
	rules: z.array(rule).check(z.maxLength(200)),
	exceptions: z.array(exception).check(z.maxLength(1000)),
	/** Hours of holidays, where the source says them; empty: closed. Of a holiday that is not named nobody knows whether its weekday's hold. */
	holidays: z.optional(z.partialRecord(z.enum(HOLIDAYS), z.array(span).check(z.maxLength(20))))
});

export type Span = z.infer<typeof span>;
export type HoursRule = z.infer<typeof rule>;
export type HoursException = z.infer<typeof exception>;
export type Hours = z.infer<typeof hours>;
