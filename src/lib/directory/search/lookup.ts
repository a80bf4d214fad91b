import { finnishStem } from '#lib/directory/finnish.ts';
import { possibleStems } from '#lib/directory/stems.ts';
import { Fit, type Postings } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Which terms of an index a word of a query may mean, and how likely: 1 is the word as typed. Nothing was stemmed when the index was
 * built; inflection, gradation, compounds and typing errors are met here.
 */
export type Readings = Map<number, number>;

/** Terms of one beginning that are looked at, at most. */
const MOST = 3000;
/** A term that has the same Finnish stem, and one whose compound ends with the word. */
const SAME_STEM = 0.93;
const COMPOUND_END = 0.78;
/** Two short basic forms that differ in their last letter only. */
const DIFFERENT_END = 0.4;
/** A term that only begins with the stem of the word, for instance its compounds. */
const STEM_BEGINS = 0.5;
/** What a stem of four letters is less sure than a longer one. */
const SHORT_STEM = 0.12;
/** From here on a reading is the word itself in some form. */
const SURE = 0.78;
/** The least that a word weighs at the end of a compound. */
export const IN_COMPOUND = SURE * COMPOUND_END;
/** A part of a compound that counts alone has so many letters. */
const LONE_PART = 6;
/** Shortest word in which a typing error is looked for, and from where on two of them. */
const ERROR_FROM = 4;
const TWO_ERRORS_FROM = 8;

const arabic = /\p{Script=Arabic}/u;
const cyrillic = /\p{Script=Cyrillic}/u;
/** What Arabic writes in front of a word. */
const arabicStarts = ['', 'ال', 'وال', 'بال', 'لل', 'و', 'ب', 'ل'];

/** The ends of Finnish stems that gradation makes of one: `lup` is also `luv`, `tuk` also `tu`. */
const grades: readonly [end: RegExp, others: readonly string[]][] = [
	[/([aeiouy])t$/, ['$1d', '$1tt', '$1t']],
	[/([aeiouy])p$/, ['$1v', '$1pp', '$1p']],
	[/([aeiouy])k$/, ['$1', '$1kk', '$1k', '$1g']],
	[/nt$/, ['nn', 'nt']],
	[/mp$/, ['mm', 'mp']],
	[/lt$/, ['ll', 'lt', 'lk']],
	[/rt$/, ['rr', 'rt', 'rd']],
	[/nk$/, ['ng', 'nk']],
	[/([lr])k$/, ['$1k', '$1j', '$1']],
	[/s$/, ['', 's']],
	[/([a-z])$/, ['$1', '$1$1']]
];

function inGrades(stem: string): string[] {
	const rule = grades.find(([end]) => end.test(stem));
	return rule ? rule[1].map((other) => stem.replace(rule[0], other)) : [stem];
}

/** Two forms of one stem; `hetu` and `heti` are two words all the same. */
function sameStem(word: string, text: string, stem: string): number {
	const bare = stem.length + 1;
	return stem.length < 4 && word.length === bare && text.length === bare ? DIFFERENT_END : SAME_STEM;
}

export class Lookup {
	readonly #vocabulary: Vocabulary;
	/** By term: the compounds that end with it. */
	readonly #compounds: Postings;
	readonly #stems = new Map<number, string>();

	constructor(vocabulary: Vocabulary, compounds: Postings) {
		this.#vocabulary = vocabulary;
		this.#compounds = compounds;
	}

	/** The terms that a word may mean. Typing errors are looked for where nothing sure is found. */
	readings(word: string): Readings {
		const found = this.#forms(word);
		this.#addCompounds(found);
		if (this.isSure(found)) return found;
		this.#addNear(found, word);
		this.#addCompounds(found);
		return found;
	}

	/** The terms that are a word in another form, or have it as the end of a compound; nothing that is less likely. */
	exactly(word: string, least = IN_COMPOUND): Readings {
		const found = this.#forms(word);
		this.#addCompounds(found);
		for (const [term, weight] of found) if (weight < least) found.delete(term);
		return found;
	}

	/** The two words that a compound is made of; where the index knows but one of them, the longest that it knows. */
	parts(word: string): [string, string] | undefined {
		let best: [string, string] | undefined;
		let length = 0;
		for (let at = 3; at <= word.length - 3; at += 1) {
			const [head, end]: [string, string] = [word.slice(0, at), word.slice(at)];
			const isEnd = end.length >= 4 && this.isSure(this.#forms(end));
			const isHead = this.#isWord(head);
			// Both are better than one alone, however long.
			const both = isHead && isEnd ? word.length + Math.min(head.length, end.length) : 0;
			const alone = Math.max(isHead ? head.length : 0, isEnd ? end.length : 0);
			const counts = both || (alone >= LONE_PART ? alone : 0);
			if (counts > length) [best, length] = [[head, end], counts];
		}
		return best;
	}

	/** Whether a word is known in some form. */
	isSure(found: Readings): boolean {
		for (const weight of found.values()) if (weight >= SURE) return true;
		return false;
	}

	#isWord(head: string): boolean {
		return this.isSure(this.#forms(head)) || this.isSure(this.#forms(head.replace(/s$/, 'nen')));
	}

	#forms(word: string): Readings {
		const found: Readings = new Map();
		const add = (term: number, weight: number) => {
			if (weight > (found.get(term) ?? 0)) found.set(term, weight);
		};
		this.#vocabulary.beginning(word, MOST, (term, text) => {
			const more = text.length - word.length;
			add(term, more === 0 ? 1 : Math.max(0.55, 0.9 - 0.05 * more));
		});
		if (arabic.test(word)) this.#addArabic(word, add);
		else if (cyrillic.test(word)) this.#addStems(word, add, '');
		else if (/^[a-z]/.test(word)) {
			const stem = finnishStem(word);
			this.#addStems(word, add, stem);
			for (const other of inGrades(stem)) this.#addSameStem(word, other, stem, add);
		}
		return found;
	}

	#addArabic(word: string, add: (term: number, weight: number) => void): void {
		for (const stem of [word, ...possibleStems(word)]) {
			for (const start of arabicStarts)
				this.#vocabulary.beginning(start + stem, MOST, (term, text) => {
					const more = text.length - start.length - stem.length;
					if (more <= 3) add(term, 0.92 - 0.04 * more);
				});
		}
	}

	/** What begins with a stem of the word by the rules of any language of its script. */
	#addStems(word: string, add: (term: number, weight: number) => void, finnish: string): void {
		for (const stem of possibleStems(word)) {
			if (stem.length < 3) continue;
			const cut = word.length - stem.length;
			this.#vocabulary.beginning(stem, MOST, (term, text) => {
				const more = text.length - stem.length;
				if (finnish !== '' && more <= 9 && this.#stem(term, text) === finnish)
					add(term, sameStem(word, text, finnish));
				else if (finnish === '' && stem.length === 3 && more <= 2) add(term, 0.85);
				else if (stem.length >= 4 && more <= 4)
					add(term, 0.9 - 0.04 * more - 0.03 * cut - (stem.length === 4 ? SHORT_STEM : 0));
				else if (stem.length >= 5) add(term, STEM_BEGINS);
			});
		}
	}

	#addSameStem(word: string, start: string, stem: string, add: (term: number, weight: number) => void): void {
		if (start.length < 2) return;
		this.#vocabulary.beginning(start, MOST, (term, text) => {
			if (Math.abs(text.length - word.length) > 6) return;
			if (this.#stem(term, text) === stem) add(term, sameStem(word, text, stem));
		});
	}

	#stem(term: number, text: string): string {
		const known = this.#stems.get(term);
		if (known !== undefined) return known;
		const stem = finnishStem(text);
		this.#stems.set(term, stem);
		return stem;
	}

	#addCompounds(found: Readings): void {
		const compounds = new Fit(this.#vocabulary.size);
		for (const [word, weight] of found)
			if (weight >= SURE) this.#compounds.raise(word, [weight * COMPOUND_END], compounds);
		for (const term of compounds.touched)
			found.set(term, Math.max(found.get(term) ?? 0, compounds.of[term] ?? 0));
	}

	#addNear(found: Readings, word: string): void {
		if (word.length < ERROR_FROM || /\d/.test(word)) return;
		const limit = word.length < TWO_ERRORS_FROM ? 1 : 2;
		const near = (text: string, most: number, rest: number, weight: number) => {
			let any = false;
			for (const { term, distance, rest: after } of this.#vocabulary.near(text, most, rest)) {
				if (distance === 0 && text === word) continue;
				const likely = weight * (0.95 - 0.17 * distance - 0.03 * after);
				if (likely > (found.get(term) ?? 0)) found.set(term, likely);
				any = true;
			}
			return any;
		};
		if (near(word, limit, 4, 1)) return;
		// An inflected word that is written wrong: what is left without its ending.
		const stem = possibleStems(word).sort((a, b) => b.length - a.length)[0];
		if (stem !== undefined && stem.length >= ERROR_FROM)
			near(stem, stem.length < TWO_ERRORS_FROM ? 1 : 2, 5, 0.9);
	}
}
