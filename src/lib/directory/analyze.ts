import { fold, words, type Word } from '#lib/directory/fold.ts';
import { possibleStems, stem } from '#lib/directory/stems.ts';
import { synonymsOf } from '#lib/directory/synonyms.ts';
import { primaryLanguage } from '#lib/directory/fallback.ts';

/**
 * How texts become the terms of the index, and a query the terms that are looked for (ux.md §4.4). A text knows its
 * language and is stemmed by that language's rules; a query does not, and tries the rules of all that share its script.
 */

/** Languages that write compounds in one word, so that a part inside one has to be found as well. */
const compounding = new Set(['fi', 'sv', 'et']);
/** A part of a compound has at least so many letters, what stands before it too. */
const PART = 4;

/** The terms of one word of a text: as it is written, and its stem. */
export function termsOfWord({ terms, whole }: Word, language: string): string[] {
	return whole ? terms : [...new Set(terms.flatMap((term) => [term, stem(term, language)]))];
}

/** The terms under which a text is found. */
export function indexTerms(text: string, language: string): string[] {
	return words(text).flatMap((word) => termsOfWord(word, language));
}

/** The ends of long words, whole and as stems: `opiskelupaikka` is found by `paikka`. */
export function innerTerms(text: string, language: string): string[] {
	if (!compounding.has(primaryLanguage(language))) return [];
	return words(text).flatMap(({ terms, whole }) => {
		const [term = ''] = terms;
		if (whole || term.length < 2 * PART) return [];
		const tails: string[] = [];
		for (let at = PART; at <= term.length - PART; at += 1) {
			const tail = term.slice(at);
			tails.push(tail, stem(tail, language));
		}
		return [...new Set(tails)];
	});
}

/** Words that say nothing about a service; they are left out of a query that has others. Folded. */
const stopWords = new Set(
	(
		'ja tai on ei en et mina sina han me te se ne joka jos kun niin kanssa miten missa mista mita mika voi voiko saa saan pitaa ' +
		'och eller ar inte jag du att en ett den det som om i pa for med till hur var vad kan far ' +
		'the a an and or is are to of in on for my i you how where what can with ' +
		'и в на с по к о у не как где что я мне для و في من على الى عن ما هل كيف اين انا از به در که را'
	).split(' ')
);

/** One word of a query with what it may also mean. All terms are folded. */
export interface QueryWord {
	term: string;
	/** True for pairs of characters of an unspaced script. */
	whole: boolean;
	stems: string[];
	/** Terms of the words it is a synonym of. */
	synonyms: string[];
}

/** What is longer than this nobody typed; it would only keep the phone busy. */
const LONGEST_QUERY = 120;

/** Takes a query apart. */
export function queryWords(query: string): QueryWord[] {
	const all = words(query.slice(0, LONGEST_QUERY)).flatMap(({ terms, whole }) =>
		terms.map((term) => ({
			term,
			whole,
			stems: whole ? [] : possibleStems(term),
			synonyms: whole ? [] : synonymsOf(term).flatMap((word) => stem(fold(word), 'fi'))
		}))
	);
	const telling = all.filter(({ term, synonyms }) => synonyms.length > 0 || !stopWords.has(term));
	return telling.length > 0 ? telling : all;
}

/**
 * The known parts of a word, as terms: `asumistukihakemus` gives those of `asumistuki` and `hakemus` where the index has
 * them. The longest beginning and the longest end that the vocabulary knows.
 */
export function compoundParts(word: string, known: (term: string) => boolean): string[] {
	const longest = (part: (length: number) => string) => {
		for (let length = word.length - PART; length >= PART; length -= 1) {
			const found = [part(length), stem(part(length), 'fi')].find(known);
			if (found !== undefined) return [found];
		}
		return [];
	};
	const head = longest((length) => word.slice(0, length));
	const tail = longest((length) => word.slice(-length));
	return [...new Set([...head, ...tail])];
}
