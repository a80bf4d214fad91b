/**
 * Hints for Finnish texts that clients read, after the criteria of plain Finnish (selkokieli): short sentences, somebody who does something,
 * whole words. They are worked out from the form of the words alone, so they are hints and never errors.
 */

export type Hint =
	| { kind: 'long-sentence'; words: number; text: string }
	| { kind: 'passive' | 'abbreviation' | 'long-word'; text: string };

/** Words in a sentence from which on it is long. */
const MOST_WORDS = 12;
/** Letters of a word from which on it is long; a hyphen parts a compound. */
const MOST_LETTERS = 18;

/** Endings of the passive: haetaan, haettiin, haettaisiin, on haettu, ei haeta. */
const PASSIVE =
	/^\p{L}{2,}(?:taan|tään|daan|dään|llaan|llään|rraan|rrään|nnaan|nnään|ttiin|tiin|taisiin|täisiin|ttaneen|ttäneen)$/u;
/** The same endings on common words that are no passives. */
const NO_PASSIVE =
	/^(?:mitään|ketään|itään|kotiin|kertaan|hintaan|lastaan|lapsistaan|puolestaan|koskaan|viistiin)$/u;

const ABBREVIATIONS = [
	'esim.',
	'mm.',
	'ym.',
	'yms.',
	'jne.',
	'ko.',
	'ks.',
	'tms.',
	'ns.',
	'n.',
	'puh.',
	'os.',
	'klo.',
	'vrt.',
	'srk',
	'ts.',
	'eli.',
	'sis.',
	'max.',
	'min.',
	'hlö',
	'kpl',
	'vko',
	'mk.',
	'alk.',
	'em.',
	'vs.'
];

/** Sentences of a text; an abbreviation, a date or a time ends none. */
function sentences(text: string): string[] {
	return text
		.split(/(?<=[.!?])\s+(?=[\p{Lu}\d”"(])|\n+/u)
		.reduce<string[]>((found, piece) => {
			const before = found.at(-1);
			if (before !== undefined && endsShort(before)) found[found.length - 1] = `${before} ${piece}`;
			else found.push(piece);
			return found;
		}, [])
		.map((sentence) => sentence.trim())
		.filter(Boolean);
}

const lastWord = (text: string) => (/\S+$/.exec(text)?.[0] ?? '').toLowerCase();
const endsShort = (text: string) => ABBREVIATIONS.includes(lastWord(text)) || /\d\.$/.test(text);

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}’:-]*/gu) ?? [];

/** What could be plainer in a Finnish text, in its order, each hint once. */
export function plainHints(text: string): Hint[] {
	const hints: Hint[] = [];
	for (const sentence of sentences(text)) {
		const words = wordsOf(sentence);
		if (words.length > MOST_WORDS) hints.push({ kind: 'long-sentence', words: words.length, text: sentence });
		for (const token of sentence.split(/\s+/)) {
			const bare = token.replace(/^[(”"]+|(?<![)”",;:])[)”",;:]+$/g, '').toLowerCase();
			if (ABBREVIATIONS.includes(bare)) hints.push({ kind: 'abbreviation', text: bare });
		}
		for (const word of words) {
			const small = word.toLowerCase();
			if (PASSIVE.test(small) && !NO_PASSIVE.test(small)) hints.push({ kind: 'passive', text: word });
			if (small.split('-').some((part) => part.length > MOST_LETTERS))
				hints.push({ kind: 'long-word', text: word });
		}
	}
	return hints.filter(
		(hint, at) => hints.findIndex((one) => one.kind === hint.kind && one.text === hint.text) === at
	);
}
