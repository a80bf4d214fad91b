import * as z from 'zod/mini';
import { isCivilDay } from './civil-day.ts';
import { fieldFault } from './field-fault.ts';
import type { JsonValue } from './json.ts';
import { civilDate, languageTag } from './language-texts.ts';
import { timesFault } from './tour-faults.ts';

/**
 * Language help (Finnish: kieliapu): advice in clients' own languages and interpreting that is there besides the receptions of the tour, whoever gives it.
 * About services and their offices, never about clients: it lies plain on phones, and serves while they are locked.
 */

/** Longest name of a provider or place, and longest note or price, characters. */
export const NAME_LENGTH = 120;
export const WORDS_LENGTH = 300;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LENGTH));
const words = z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(WORDS_LENGTH))));
const localTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));
const day = civilDate.check(z.refine(isCivilDay));

/** When it is given: one value, because half of it says nothing. */
const times = z.union([
	z.object({ kind: z.enum(['always', 'appointment']) }),
	z.object({
		kind: z.literal('hours'),
		/** First start and end, local time in Europe/Helsinki; the end may lie on the next day. */
		start: localTime,
		end: localTime,
		/** RFC 5545 recurrence rule, or null: once. */
		rule: z.nullable(z.string().check(z.maxLength(200))),
		notOnHolidays: z.boolean()
	})
]);

/** A number and where it is from: one value, because a number without its source and the source's date is not shown (design.md §8). */
const phone = z.object({
	number: z.string().check(z.regex(/^(\+\d{6,15}|\d{3,6})$/)),
	source: name,
	/** Civil date of the source. */
	date: day
});

export const languageHelpFields = {
	languages: z.array(languageTag).check(z.minLength(1), z.maxLength(60)),
	/** Codes of the list `help-way`; those of newer versions are kept. */
	ways: z.array(z.string().check(z.minLength(1), z.maxLength(40))).check(z.minLength(1), z.maxLength(12)),
	/** Who gives it, in words: a service or an office, not a person. */
	provider: name,
	/** It is bought from them. */
	bought: z.optional(z.boolean()),
	/** Official municipality code. */
	municipality: z.optional(z.nullable(z.string().check(z.regex(/^\d{3}$/)))),
	place: z.optional(z.nullable(name)),
	times,
	phone: z.optional(z.nullable(phone)),
	/** Where it is booked. */
	booking: z.optional(z.nullable(z.string().check(z.regex(/^https:\/\/[^\s<>"]{1,300}$/)))),
	/** What it costs the client or the organisation, in words. */
	price: words,
	note: words,
	/** Last civil date on which it counts; null: until further notice. */
	validUntil: z.optional(z.nullable(day)),
	/** Made up for a demonstration: shown as such, and never with a link that calls. */
	invented: z.optional(z.boolean())
} as const;

const known = z.object(languageHelpFields);

export type LanguageHelp = z.infer<typeof known> & { id: string };
export type HelpTimes = LanguageHelp['times'];

/** What the server holds it to: the first field that has the wrong form. One that is not known here comes from a newer version and is kept. */
export function languageHelpFault(fields: Readonly<Record<string, JsonValue>>): string | undefined {
	const fault = fieldFault(languageHelpFields, fields);
	if (fault !== undefined || fields.times === undefined) return fault;
	const { start, end } = fields.times as Record<string, JsonValue>;
	return (
		timesFault({ ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }) &&
		'times'
	);
}

/** A record of a device as language help, without the fields that another version wrote in a form unknown here; undefined where too little is left to be of use. */
export function readLanguageHelp(id: string, values: unknown): LanguageHelp | undefined {
	if (typeof values !== 'object' || values === null) return undefined;
	const fields = values as Record<string, JsonValue>;
	const readable = Object.keys(languageHelpFields).filter(
		(field) => field in fields && fieldFault(languageHelpFields, { [field]: fields[field]! }) === undefined
	);
	const { data } = known.safeParse(Object.fromEntries(readable.map((field) => [field, fields[field]])));
	return data && { ...data, id };
}
