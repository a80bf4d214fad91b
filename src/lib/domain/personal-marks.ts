/**
 * What in a text looks as if it led to one person (Finnish: henkilötunnus, puhelinnumero and the like). It is looked for on the phone, while somebody
 * writes, and told to nobody: a hint, no proof. How often it is right is measured in personal-marks.test.ts.
 */

export type MarkKind = 'identity-code' | 'email' | 'iban' | 'phone' | 'document' | 'customer-number' | 'name';

/** A place in a text: from, up to and without `to`. */
export interface Mark {
	kind: MarkKind;
	from: number;
	to: number;
	text: string;
}

/** Date of birth, sign of the century, number, check character. All signs in use since 2024; spaces around them come with dictation. */
const IDENTITY_CODE = /(?<![\dA-Za-z])(\d{6})\s?([-+A-FU-Y])\s?(\d{3})([0-9A-Y])(?![\dA-Za-z])/gi;
const CHECK_CHARACTERS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
/** Words after which a code counts although its check character is wrong: somebody has mistyped a real one. */
const SAYS_IDENTITY_CODE = /(?:hetu|henkilötunnu\w*|personbeteckning\w*|identity code|ssn)\W{0,4}$/i;

/** As long as RFC 5321 lets its parts be: without a limit every letter of a long text would be a start to try to its end. */
const EMAIL = /[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:]{1,253}\.[a-z]{2,}/gi;
const IBAN = /(?<![\dA-Za-z])[A-Z]{2}\d{2}(?:\s?[\dA-Z]){11,30}(?![\dA-Za-z])/gi;

/** Mobile and area numbers, and numbers with a country's code. Not those that are nobody's own: 0800, 0600, 0700, 0100, 0200, 010, 020, 029, 030, 060, 07x. */
const PHONE =
	/(?<![\d\p{L}+/.,-])(?:(?:\+|00)[1-9]\d{0,2}(?:[\s()-]*\d){5,12}|0(?:4\d|50|1[3-9]|[235689])(?:[\s-]?\d){5,8})(?![\d\p{L}]|[.,/]\d)/gu;
/** Numbers of authorities and enterprises, also with the country's code. */
const NOBODYS_PHONE = /^(?:(?:\+|00)358|0)(?:800|600|700|100|200|10|20|29|30|60|7\d|116)/;
/** Hours without their dots: 0900-1500. */
const HOURS = /^(?:[01]\d|2[0-4])[0-5]\d\s?-\s?(?:[01]\d|2[0-4])[0-5]\d$/;

/** Passport, identity card and residence permit card: two letters and seven digits. */
const DOCUMENT = /(?<![\dA-Za-z])[A-Z]{2}\s?\d{7}(?![\dA-Za-z])/g;
/** A number of letters, digits, slashes and hyphens after a word that says whose it is. */
const NUMBER =
	'\\s?(?:n:?ro|nr|no|numero|nummer|number|tunnus|id)?\\.?\\s?[:#]?\\s{0,2}([A-Z]{0,4}[/-]?\\d[\\dA-Z/-]{4,})';
const SAID_DOCUMENT = new RegExp(
	`(?<!\\p{L})(?:oleskelulupa\\p{L}*|lupakort\\p{L}*|passi\\p{L}{0,4}|henkilökort\\p{L}*|uppehållstillstånd\\p{L}*|pass|identitetskort\\p{L}*|residence permit|passport)${NUMBER}`,
	'giu'
);
const SAID_CUSTOMER = new RegExp(
	`(?<!\\p{L})(?:asiakas(?:numero|nro|tunnus|nr)\\p{L}*|asiakkuusnumero\\p{L}*|hakemus(?:numero|tunnus|nro)?\\p{L}{0,4}|asia(?:numero|nro|tunnus)\\p{L}*|diaari(?:numero|nro)?\\p{L}{0,4}|dnro|uma|migri|kundnummer|ärendenummer|diarienummer|ansökan|customer|client number|application|case)${NUMBER}`,
	'giu'
);
/** A case of the Finnish Immigration Service or another authority: running number, code, year. */
const CASE = /(?<![\d/])\d{3,7}\/\d{2,4}\/20\d\d(?![\d/])/g;
/** A long number that says nothing of itself. */
const BARE_NUMBER = /(?<![\d\p{L}.,/+€-])\d{8,12}(?![\d\p{L}]|[.,/-]\d|\s?(?:€|eur|km|kpl)\p{L}*)/giu;

const isDate = (day: number, month: number): boolean => day >= 1 && day <= 31 && month >= 1 && month <= 12;

/** Whether the check character of an identity code is right. */
export function isIdentityCode(code: string): boolean {
	const [, date = '', , number = '', check = ''] = new RegExp(IDENTITY_CODE, 'i').exec(code) ?? [];
	if (!isDate(Number(date.slice(0, 2)), Number(date.slice(2, 4)))) return false;
	return CHECK_CHARACTERS[Number(date + number) % 31] === check.toUpperCase();
}

/** The account number at the beginning of a text: digits of what follows may stand close behind it. */
function ibanIn(text: string): string | undefined {
	for (let end = text.length; end >= 15; end -= 1) {
		const start = text.slice(0, end);
		if (/\S$/.test(start) && !/^[\dA-Za-z]/.test(text.slice(end)) && isIban(start)) return start;
	}
	return undefined;
}

/** Whether the check digits of an account number are right (ISO 13616). */
function isIban(text: string): boolean {
	const account = text.replace(/\s/g, '').toUpperCase();
	const digits = (account.slice(4) + account.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
		String(letter.charCodeAt(0) - 55)
	);
	return (
		account.length >= 15 && [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1
	);
}

function isPhone(text: string): boolean {
	const number = text.replace(/[^\d+]/g, '');
	if (number.length < 7 || number.length > 16 || NOBODYS_PHONE.test(number)) return false;
	return !HOURS.test(text) && !isDateNumber(text);
}

/** A number that is a date, 20260306 or 06032026, is nobody's. */
function isDateNumber(text: string): boolean {
	if (text.length !== 8) return false;
	const part = (from: number, to: number) => Number(text.slice(from, to));
	const isYear = (year: number) => year >= 1900 && year <= 2100;
	return (
		(isYear(part(0, 4)) && isDate(part(6, 8), part(4, 6))) ||
		(isYear(part(4, 8)) && isDate(part(0, 2), part(2, 4)))
	);
}

interface Finder {
	kind: MarkKind;
	pattern: RegExp;
	/** The part of what was found that is one; undefined: none is. */
	narrow?: (text: string) => string | undefined;
	/** Looks closer, at the place and at what stands before it. */
	fits?: (text: string, before: string) => boolean;
}

/** The surest first: a place that one has found belongs to no other. */
const finders: readonly Finder[] = [
	{
		kind: 'identity-code',
		pattern: IDENTITY_CODE,
		fits: (text, before) =>
			isIdentityCode(text) ||
			(SAYS_IDENTITY_CODE.test(before) && isDate(Number(text.slice(0, 2)), Number(text.slice(2, 4))))
	},
	{ kind: 'email', pattern: EMAIL },
	{ kind: 'iban', pattern: IBAN, narrow: ibanIn },
	{ kind: 'customer-number', pattern: CASE },
	{ kind: 'document', pattern: SAID_DOCUMENT },
	{ kind: 'customer-number', pattern: SAID_CUSTOMER },
	{ kind: 'document', pattern: DOCUMENT },
	{ kind: 'phone', pattern: PHONE, fits: isPhone },
	{
		kind: 'customer-number',
		pattern: BARE_NUMBER,
		fits: (text) => !isDateNumber(text) && !NOBODYS_PHONE.test(text)
	}
];

/** What looks personal in a text, in its order. */
export function personalMarks(text: string): Mark[] {
	const found: Mark[] = [];
	for (const { kind, pattern, narrow, fits } of finders)
		for (const match of text.matchAll(pattern)) {
			// Where a word tells what the number is, only the number is one.
			const said = match.length === 2 ? (match[1] ?? match[0]) : match[0];
			const number = narrow ? narrow(said) : said;
			if (number === undefined) continue;
			const from = match.index + match[0].lastIndexOf(said);
			const to = from + number.length;
			if (found.some((mark) => from < mark.to && mark.from < to)) continue;
			if (fits && !fits(number, text.slice(0, from))) continue;
			found.push({ kind, from, to, text: number });
		}
	return found.sort((a, b) => a.from - b.from);
}

/** The text without what was marked. */
export function leaveOut(text: string, marks: readonly Mark[]): string {
	const cut = marks.toSorted((a, b) => b.from - a.from);
	return cut
		.reduce((left, { from, to }) => `${left.slice(0, from)}…${left.slice(to)}`, text)
		.replace(/…(?:\s*…)+/g, '…');
}

/** Whether a text looks as if it named a person: an identity code or an e-mail address. A hint for whoever writes, no proof. */
export const looksPersonal = (text: string): boolean =>
	personalMarks(text).some(({ kind }) => kind === 'identity-code' || kind === 'email');
