import { codeLists } from './code-lists.ts';
import { languages } from './languages.ts';
import { municipalities, regions } from './municipalities.ts';
import type { Mark } from './personal-marks.ts';

/**
 * Words that may be a name: two in a row with a capital letter, or one after a word for a person. Advisory and off by default, for towns, offices
 * and streets have capital letters, too; those that this app knows are left out.
 */

const WORD = /\p{Lu}[\p{Ll}\p{M}'’]+(?:-\p{Lu}[\p{Ll}\p{M}'’]+)*/gu;
/** Words after which a capital letter means a person. */
const PERSON =
	/(?:asiaka\p{Ll}*|rouva|herra|neiti|vaimo\p{Ll}*|mies|miehe\p{Ll}*|poika|poja\p{Ll}*|tytär|tyttär\p{Ll}*|äiti|äidi\p{Ll}*|isä\p{Ll}*|nimi|nimeltään|klient\p{Ll}*|fru|herr|son|dotter|namn|heter|client|mrs?|ms|named?|called)\s+$/iu;
/** What stands in a street's name, an office's or a title's. */
const THING =
	/(?:katu|kadu\p{Ll}*|tie|tien|tiellä|kuja\p{Ll}*|polku|gatan|vägen|street|road|koulu\p{Ll}*|opisto\p{Ll}*|kirjasto\p{Ll}*|virasto\p{Ll}*|keskus|keskuk\p{Ll}*|alue\p{Ll}*|palvelu\p{Ll}*|toimisto\p{Ll}*|päivä\p{Ll}*)$/iu;
const OTHER = 'Suomi Suomen Suomessa Suomeen Finland Ruotsi Venäjä Ukraina Irak Syyria Somalia Afganistan Iran Turkki Viro Thaimaa Omakanta OmaKela Kanta Enter Wilma Alko Lidl Prisma Nordea Osuuspankki Säästöpankki Matkahuolto Posti Oma Uusi Vanha Pohjois Etelä Itä Länsi Pop Up'; // prettier-ignore

let stems: Set<string> | undefined;

/** Beginnings of words that are no person's: Finnish bends the rest of them. */
function knownStems(): Set<string> {
	if (stems) return stems;
	const labels = [
		...municipalities().flatMap(({ fi, sv }) => [fi, sv]),
		...regions().flatMap(({ fi, sv, en }) => [fi, sv, en]),
		...codeLists['partner-body'].codes.flatMap(({ fi, sv, en }) => [fi, sv, en]),
		...languages().flatMap(({ fi, sv, en }) => [fi, sv, en]),
		OTHER
	];
	const words = labels.flatMap((label) => label.match(/\p{L}{2,}/gu) ?? []);
	return (stems = new Set(words.map((word) => stemOf(word))));
}

/** Four letters are enough to tell a place from a person; of a shorter word all of it. */
const stemOf = (word: string) => word.toLowerCase().slice(0, Math.max(4, word.length - 3));

function isKnown(word: string): boolean {
	const lower = word.toLowerCase();
	if (THING.test(word)) return true;
	for (let length = 2; length <= lower.length; length += 1)
		if (knownStems().has(lower.slice(0, length)) && lower.length - length <= 6) return true;
	return false;
}

/** Places in a text that may be a name. */
export function nameMarks(text: string): Mark[] {
	const words = [...text.matchAll(WORD)];
	const found: Mark[] = [];
	for (let index = 0; index < words.length; index += 1) {
		const word = words[index]!;
		const next = words[index + 1];
		const end = word.index + word[0].length;
		const pair = next && /^[ \u00a0]$/.test(text.slice(end, next.index)) ? next : undefined;
		const before = text.slice(0, word.index);
		if (PERSON.test(`${word[0]} `)) continue;
		if (pair && !isKnown(word[0]) && !isKnown(pair[0])) {
			const to = pair.index + pair[0].length;
			found.push({ kind: 'name', from: word.index, to, text: text.slice(word.index, to) });
			index += 1;
		} else if (PERSON.test(before) && !isKnown(word[0])) {
			found.push({ kind: 'name', from: word.index, to: end, text: word[0] });
		}
	}
	return found;
}
