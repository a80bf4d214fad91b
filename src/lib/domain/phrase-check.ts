import * as z from 'zod/mini';
import { civilDate, languageTag } from './language-texts.ts';

/**
 * A fixed phrase of the client's view that somebody who reads the language has approved, word for word. Records of the organisation's
 * part: every member's phone reads them, a coordinator writes them.
 */

/** The collection name on the wire. */
export const PHRASE_CHECK = 'phrase-check';

/** Version of the fields of a check. */
export const PHRASE_CHECK_SCHEMA = 1;

/** Longest phrase, characters. */
export const PHRASE_LENGTH = 400;

export const phraseCheckFields = {
	language: languageTag,
	/** Which phrase: a key of `directory/phrases`; a later version may know more of them. */
	phrase: z.string().check(z.minLength(1), z.maxLength(40)),
	text: z.string().check(z.trim(), z.minLength(1), z.maxLength(PHRASE_LENGTH)),
	/** Civil date in Europe/Helsinki. */
	on: civilDate,
	/** Name of the member. */
	by: z.string().check(z.minLength(1), z.maxLength(200)),
	removed: z.boolean()
} as const;

export const phraseCheck = z.object({
	language: phraseCheckFields.language,
	phrase: phraseCheckFields.phrase,
	text: phraseCheckFields.text,
	on: phraseCheckFields.on,
	by: phraseCheckFields.by
});

export type PhraseCheck = z.infer<typeof phraseCheck>;
