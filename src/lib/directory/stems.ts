import { primaryLanguage } from '#lib/directory/fallback.ts';
import { finnishStems } from '#lib/directory/finnish.ts';

const longestFirst = (endings: string) => endings.split(' ').sort((a, b) => b.length - a.length);

/** Takes the longest ending that fits off a folded word and leaves at least `min` letters; the word itself may be a stem, too. */
function without(endings: string, min: number): (word: string) => string[] {
	const sorted = longestFirst(endings);
	return (word) => {
		const ending = sorted.find((end) => word.endsWith(end) && word.length - end.length >= min);
		return ending === undefined ? [word] : [word.slice(0, -ending.length), word];
	};
}

const cyrillic = without(
	'иями ями ами ого его ому ему ыми ими ией иеи иям иях ая яя ое ее ые ие ии ыи ои еи ую юю ов ев ам ям ах ях ом ем ою ею ия ию ій ів ої ья ье ью ы и а я о е у ю ь й і є',
	3
);

/** Articles and prepositions that Arabic writes in front of the word. */
const arabicStart = /^(?:وال|بال|كال|فال|لل|ال)(?=...)|^[وبل](?=....)/;
const arabicEnd = without('ها ان ات ون ين يه ية هاي هاى ه ي', 3);
const arabic = (word: string) => {
	const rest = word.replace(arabicStart, '');
	return [...arabicEnd(rest), ...(rest === word ? [] : arabicEnd(word))];
};

const romance = without('ciones cion tions tion es s e a o', 4);
const latin: Readonly<Record<string, (word: string, most: number) => string[]>> = {
	fi: finnishStems,
	sv: without(
		'ernas arnas ornas erna arna orna heten heter ningen ningar ning ande anden ens ets ans are aren het en et ar er or es as na ad at a e s t n',
		4
	),
	en: without('ies ing ings ed es s e', 3),
	fr: romance,
	es: romance,
	et: without('dele test dest sse ile ist ide ste te de le lt st ks ga ni na ta se l s d t i a e u', 4),
	so: without('yaasha yada aasha kooda aha yo da ta ka ga ha ku gu tu du sha i a', 4)
};

/** Letters before a stem say whose it is: one of Finnish and one of Swedish are no form of each other. */
const marked = (stems: readonly string[], mark: string) => stems.map((stem) => `${mark}~${stem}`);

/**
 * What a folded word and its other forms have in common, the likeliest first: at least one of these.
 *
 * @param language of the text; undefined where nobody says, as in a query: the stems by the rules of every language
 * @param most how many of each language are wanted: making all of a Finnish word takes a while
 */
export function stems(word: string, language?: string, most = Infinity): string[] {
	const isForeign = /[^\x20-\x7f]/.test(word);
	if (isForeign && /\p{Script=Arabic}/u.test(word))
		return marked([...new Set(arabic(word))].slice(0, most), 'ar');
	if (isForeign && /\p{Script=Cyrillic}/u.test(word))
		return marked([...new Set(cyrillic(word))].slice(0, most), 'ru');
	if (!/^[a-z]/.test(word)) return [];
	const own = language === undefined ? undefined : primaryLanguage(language);
	return Object.entries(latin).flatMap(([mark, cut]) =>
		own === undefined || own === mark ? marked([...new Set(cut(word, most))].slice(0, most), mark) : []
	);
}
