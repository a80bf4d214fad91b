import * as z from 'zod/mini';

/** Texts of the directory: one text field holds all its languages (design.md §6). */

/** A BCP 47 language tag as the content uses it: `fi`, `sv`, `ar`, `zh`, `fi-simple`. */
export const languageTag = z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/));

/** A calendar date, ISO 8601 `YYYY-MM-DD`. */
export const civilDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Characters of one text at most: what is longer is a page, and belongs behind a link. */
export const LONGEST_TEXT = 8000;

/**
 * A text in one language: plain, with line breaks.
 *
 * - `origin`: `written` by a person from the cited source, or `machine` translated.
 * - `checked`: when a person who reads the language has checked it. A machine translation without it is marked as such.
 * - `checkedBy`: who that was.
 */
export const languageText = z.object({
	text: z.string().check(z.minLength(1), z.maxLength(LONGEST_TEXT)),
	origin: z.enum(['written', 'machine']),
	checked: z.optional(civilDate),
	checkedBy: z.optional(z.string().check(z.maxLength(200)))
});

/** A text field in all its languages, by BCP 47 tag. */
export const texts = z.record(languageTag, languageText);

export type Text = z.infer<typeof languageText>;
export type Texts = z.infer<typeof texts>;
