/**
 * What the texts of a pack have in common stands in them as one character of Unicode's private use: a sign. Texts that have such a
 * character of their own carry it behind an escape.
 */

/** The signs of the first phrases are short, all others come after them. */
const SHORT = 0xe000;
const SHORT_COUNT = 0xf8ff - SHORT;
const LONG = 0xf0000;
const ESCAPE = '\uf8ff';

/** So many phrases have a sign. */
export const MOST_PHRASES = SHORT_COUNT + 0xfffe;
/** So many phrases have a short one. */
export const SHORT_PHRASES = SHORT_COUNT;

/** Stands where a service has nothing; no text of a pack can be this. */
export const ABSENT = ESCAPE;

const PRIVATE = /[\uE000-\uF8FF\u{F0000}-\u{FFFFD}]/gu;
const SIGNS = /\uF8FF(.)|[\uE000-\uF8FE\u{F0000}-\u{FFFFD}]/gsu;

/** The sign of the phrase at a place of the list. */
export const signOf = (place: number): string =>
	String.fromCodePoint(place < SHORT_COUNT ? SHORT + place : LONG + place - SHORT_COUNT);

export const escapeSigns = (text: string): string => text.replace(PRIVATE, (own) => ESCAPE + own);

/** A text as it was; throws where a phrase is not in the list. */
export function unfold(text: string, phrases: readonly string[]): string {
	return text.replace(SIGNS, (sign, own: string | undefined) => {
		if (own !== undefined) return own;
		const code = sign.codePointAt(0) ?? 0;
		const phrase = phrases[code < LONG ? code - SHORT : code - LONG + SHORT_COUNT];
		if (phrase === undefined) throw new RangeError('The pack lacks a phrase.');
		return phrase;
	});
}
