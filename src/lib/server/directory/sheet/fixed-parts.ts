import { e164 } from '#lib/server/directory/import/e164.ts';

const PLACEHOLDER = /\{[^{}\s]{1,40}\}/g;
const WEB_ADDRESS = /https?:\/\/[^\s<>"”»)\]،؛]+/gi;
const MAIL_ADDRESS = /(?<![^\s@<>"“”«»(),;:،؛])[^\s@<>"“”«»(),;:،؛]+@[^\s@<>"“”«»(),;:،؛]+\.\p{L}{2,}/gu;
/** Digits as people group them, with a sign for another country before them. */
const NUMBER = /\+?\d(?:[\d \u00a0()\u2010\u2011-]*\d)?/g;
/** Numbers that are dialled as they are: emergency, and the services of social value (116…). */
const SHORT_NUMBER = /^(112|116\d{3})$/;

/** Digits of every script as 0–9, in a text in the normal form KC. */
function latinDigits(text: string): string {
	return text.replace(/\p{Nd}/gu, (digit) => {
		const code = digit.codePointAt(0) ?? 0;
		// The digits of a script stand in a row that begins at a multiple of ten from its zero; Unicode keeps each row whole.
		let zero = code;
		while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
		return String((code - zero) % 10);
	});
}

/**
 * What a translation must have exactly as its source: placeholders, web and mail addresses, phone numbers. Each once, sorted. A phone
 * number may be grouped otherwise, written in other digits, or with its country code.
 */
export function fixedParts(text: string): string[] {
	const found = new Set<string>();
	const take = (pattern: RegExp, rest: string) =>
		rest.replace(pattern, (part) => {
			found.add(part.replace(/(?<![.,;:!?])[.,;:!?]+$/, ''));
			return ' ';
		});
	const rest = take(MAIL_ADDRESS, take(WEB_ADDRESS, take(PLACEHOLDER, text)));
	for (const [number] of latinDigits(rest.normalize('NFKC')).matchAll(NUMBER)) {
		const digits = number.replace(/[^\d+]/g, '');
		if (SHORT_NUMBER.test(digits)) found.add(digits);
		else if (/^[+0]\d{5,}/.test(digits)) found.add(e164(digits, 'FI') ?? digits);
	}
	return [...found].sort();
}
