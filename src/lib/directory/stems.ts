import { finnishStem } from '#lib/directory/finnish.ts';
import { primaryLanguage } from '#lib/directory/fallback.ts';

/** Takes the first ending that fits off a folded word and leaves at least `min` letters. */
function strip(word: string, endings: readonly string[], min: number): string {
	const ending = endings.find((end) => word.endsWith(end) && word.length - end.length >= min);
	return ending === undefined ? word : word.slice(0, -ending.length);
}

const longestFirst = (endings: string) => endings.split(' ').sort((a, b) => b.length - a.length);

const swedish = longestFirst(
	'ernas arnas ornas erna arna orna heten heter ningen ningar ning ande anden ens ets ans are aren het en et ar er or es as na ad at a e s t n'
);
const english = longestFirst('ies ing ings ed es s e');
const romance = longestFirst('ciones cion tions tion es s e a o');
const estonian = longestFirst(
	'dele test dest sse ile ist ide ste te de le lt st ks ga ni na ta se l s d t i a e u'
);
const somali = longestFirst('yaasha yada aasha kooda aha yo da ta ka ga ha ku gu tu du ku sha i a');
const cyrillic = longestFirst(
	'иями ями ами ого его ому ему ыми ими ией иеи иям иях ая яя ое ее ые ие ии ыи ои еи ую юю ов ев ам ям ах ях ом ем ою ею ия ию ій ів ої ья ье ью ы и а я о е у ю ь й і є'
);
/** Articles and prepositions that Arabic writes in front of the word. */
const arabicBefore = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال'];
const arabicAfter = longestFirst('ها ان ات ون ين يه ية هاي هاى ه ي');

function arabicStem(word: string): string {
	const article = arabicBefore.find((start) => word.startsWith(start) && word.length - start.length >= 3);
	return strip(article === undefined ? word : word.slice(article.length), arabicAfter, 3);
}

const byLanguage: Readonly<Record<string, (word: string) => string>> = {
	fi: finnishStem,
	sv: (word) => strip(word, swedish, 4),
	en: (word) => strip(word, english, 3),
	fr: (word) => strip(word, romance, 4),
	es: (word) => strip(word, romance, 4),
	et: (word) => strip(word, estonian, 4),
	so: (word) => strip(word, somali, 4)
};

const arabicScript = /\p{Script=Arabic}/u;
const cyrillicScript = /\p{Script=Cyrillic}/u;

/** The stem of a folded word by the rules of its text's language; the word itself where there are none. */
export function stem(word: string, language: string): string {
	if (arabicScript.test(word)) return arabicStem(word);
	if (cyrillicScript.test(word)) return strip(word, cyrillic, 3);
	return byLanguage[primaryLanguage(language)]?.(word) ?? word;
}

/** Every stem a word may have when nobody says which language it is, without the word itself. */
export function possibleStems(word: string): string[] {
	const stems = Object.keys(byLanguage).map((language) => stem(word, language));
	return [...new Set(stems)].filter((found) => found !== word);
}
