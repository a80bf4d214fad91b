/** Letters that Unicode does not take apart into a base letter and a mark. */
const letters: Readonly<Record<string, string>> = {
	æ: 'ae',
	ø: 'o',
	ß: 'ss',
	ı: 'i',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th'
};

/**
 * One spelling for all ways people type a word: case, Latin and Cyrillic diacritics (`työ` = `tyo`, `ё` = `е`), the Arabic
 * forms of alef, yeh, kaf and heh, Arabic vowel marks and the tatweel do not matter.
 */
export function fold(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g, '')
		.replace(/[æøßıłđðþ]/g, (letter) => letters[letter] ?? letter)
		.replace(/\u0671/g, '\u0627')
		.replace(/[\u0649\u06cc]/g, '\u064a')
		.replace(/\u06a9/g, '\u0643')
		.replace(/[\u0629\u06be\u06d5]/g, '\u0647')
		.replace(/(?<=\p{L})['’ʼ`´](?=\p{L})/gu, '');
}

/** Scripts that put no space between words, and where the first of their letters stand: few texts have to be looked at letter by letter. */
const UNSPACED_FROM = /[\u0e00-\uffff]/;
const unspaced =
	/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/u;

/** Every two neighbouring characters: finds words where nothing in the text says where one ends. */
function pairs(run: string): string[] {
	const characters = [...run];
	if (characters.length < 2) return characters;
	return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** A word of a text and the folded terms it is found by before any language's rules: one, or its pairs of characters. */
export interface Word {
	/** Where it stands in the text. */
	from: number;
	to: number;
	terms: string[];
	/** True for pairs of characters, which take no prefix, no fuzziness and no stemming. */
	whole: boolean;
}

/** Splits at everything that is no letter, mark or digit. `Suomi.fi` gives two words, `e-palvelu` too. */
export function words(text: string): Word[] {
	const found: Word[] = [];
	for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\u0640'’ʼ]*/gu)) {
		const word = match[0];
		const at = match.index;
		if (!UNSPACED_FROM.test(word) || !unspaced.test(word)) {
			const term = fold(word);
			if (term !== '') found.push({ from: at, to: at + word.length, terms: [term], whole: false });
			continue;
		}
		let start = at;
		for (const run of word.split(new RegExp(`(${unspaced.source})`, 'u'))) {
			const whole = unspaced.test(run);
			const terms = whole ? pairs(run) : [fold(run)];
			if (run !== '') found.push({ from: start, to: start + run.length, terms, whole });
			start += run.length;
		}
	}
	return found;
}
