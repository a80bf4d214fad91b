import { formatDate } from '#lib/domain/dates.ts';

/** Written by hand in the app, and read here by everybody who reads them. */
const KNOWN = ['fi', 'sv', 'en'];

/**
 * A weekday and its date for a client who reads `language`: `perjantai 6.3.`, `الجمعة، 6 مارس`. Elsewhere than in Finnish, Swedish and English the
 * month is named, because the order of numbers cannot be told, and turns round from right to left. Gregorian calendar and Latin digits, as
 * on the letter (ux.md §3.2).
 *
 * @param at ms since 1970, or an ISO instant
 */
export function clientDate(at: number | string, language: string): string {
	if (KNOWN.includes(language)) return formatDate(at, language, 'weekday');
	return new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
		timeZone: 'Europe/Helsinki',
		weekday: 'long',
		day: 'numeric',
		month: 'long'
	}).format(new Date(at));
}
