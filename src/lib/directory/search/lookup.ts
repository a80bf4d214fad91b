import { finnishStems } from '#lib/directory/finnish.ts';
import { stems } from '#lib/directory/stems.ts';
import type { Postings } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Which terms of an index a word of a query may mean, and how likely: 1 is the word as typed. Inflection, gradation, compounds and
 * typing errors are met here, by the stems that a word and a term have in common.
 */
export type Readings = Map<number, number>;

/** Levels of a term in the lists of a stem: it is its likeliest, another one, that of its end, that of its beginning. */
const STEM_WEIGHTS = [0.93, 0.74, 0.78, 0.6];
/** What begins with the word, letter by letter further. */
const BEGINS = 0.9;
const BEGINS_LEAST = 0.55;
const LETTER_MORE = 0.05;
/** Terms of one beginning that are looked at, at most. */
const MOST = 3000;
/** From here on a reading is the word itself in some form. */
const SURE = 0.75;
/** The least that a word weighs at the end of a compound. */
export const IN_COMPOUND = 0.56;
/** Shortest compound and shortest parts of one; a part that counts alone is longer. */
const COMPOUND = 7;
const HEAD = 3;
const END = 4;
const LONE_PART = 6;
/** Shortest word in which a typing error is looked for, and from where on two of them. */
const ERROR_FROM = 4;
const TWO_ERRORS_FROM = 8;
/** What share of its letters may differ in a word that is asked back. */
const FAR = 0.4;
/** Terms that are so much less likely than the nearest one were not meant. */
const FURTHER = 0.15;
/** Languages that write compounds in one word. */
export const compounding = ['fi', 'sv', 'et'];

/** A stem as it is kept: a number of 32 bits. */
export function stemKey(stem: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < stem.length; at += 1) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}

/** Where a word may be a compound of two known ones, the best place first; or of one known one, if that is long. */
export function partings(word: string, isKnown: (part: string) => boolean): { head: string; end: string }[] {
	const found: { head: string; end: string; length: number }[] = [];
	for (let at = HEAD; at <= word.length - END && word.length >= COMPOUND; at += 1) {
		const [head, end] = [word.slice(0, at), word.slice(at)];
		const [isHead, isEnd] = [isKnown(head), isKnown(end)];
		const both = isHead && isEnd;
		const alone = Math.max(isHead ? head.length : 0, isEnd ? end.length : 0);
		if (both || alone >= LONE_PART)
			found.push({ head, end, length: both ? word.length + Math.min(head.length, end.length) : alone });
	}
	return found.sort((a, b) => b.length - a.length);
}

export class Lookup {
	readonly #vocabulary: Vocabulary;
	/** The stems of the index in their order; by stem, the terms. */
	readonly #keys: Uint32Array;
	readonly #terms: Postings;

	constructor(vocabulary: Vocabulary, keys: Uint32Array, terms: Postings) {
		this.#vocabulary = vocabulary;
		this.#keys = keys;
		this.#terms = terms;
	}

	/** The terms that a word may mean. Typing errors are looked for where nothing sure is found. */
	readings(word: string): Readings {
		const found = this.#forms(word);
		if (!this.isSure(found)) this.#addNear(found, word);
		return found;
	}

	/** The terms that are a word in another form, or have it as the end of a compound; nothing that is less likely. */
	exactly(word: string, least = IN_COMPOUND): Readings {
		return new Map([...this.#forms(word)].filter(([, weight]) => weight >= least));
	}

	/** The two words that a compound is made of; where the index knows but one of them, the longest that it knows. */
	parts(word: string): [string, string] | undefined {
		const best = partings(word, (part) =>
			compounding.some((language) =>
				stems(part, language)
					.slice(0, 2)
					.some((stem) => this.#place(stem) >= 0)
			)
		)[0];
		return best && [best.head, best.end];
	}

	/** The likeliest of the readings of a word; where there is none, the term that is least far away, if too far to be found by. */
	nearest(word: string, found: Readings): number | undefined {
		if (found.size > 0) return [...found].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
		if (word.length < ERROR_FROM) return undefined;
		const near = this.#vocabulary.near(word, Math.min(4, Math.floor(word.length * FAR)), 2);
		return near.sort((a, b) => a.distance + a.rest - b.distance - b.rest)[0]?.term;
	}

	/** Whether a word is known in some form. */
	isSure(found: Readings): boolean {
		for (const weight of found.values()) if (weight >= SURE) return true;
		return false;
	}

	/** The place of a stem, or -1. */
	#place(stem: string): number {
		const key = stemKey(stem);
		let low = 0;
		for (let high = this.#keys.length; low < high;) {
			const middle = (low + high) >> 1;
			if ((this.#keys[middle] ?? 0) < key) low = middle + 1;
			else high = middle;
		}
		return this.#keys[low] === key ? low : -1;
	}

	#forms(word: string, share = 1, found: Readings = new Map()): Readings {
		const add = (term: number, weight: number) => {
			if (weight > (found.get(term) ?? 0)) found.set(term, weight);
		};
		this.#vocabulary.beginning(word, MOST, (term, more) =>
			add(term, share * (more === 0 ? 1 : Math.max(BEGINS_LEAST, BEGINS - LETTER_MORE * more)))
		);
		for (const stem of stems(word)) {
			const place = this.#place(stem);
			if (place >= 0) this.#terms.each(place, STEM_WEIGHTS, share, add);
		}
		return found;
	}

	/** What is nearest to the word, and the forms of that; if nothing is near, what is near the word without its ending. */
	#addNear(found: Readings, word: string): void {
		for (const text of [word, finnishStems(word)[0] ?? '']) {
			if (text.length < ERROR_FROM || /\d/.test(text)) return;
			const near = this.#vocabulary
				.near(text, text.length < TWO_ERRORS_FROM ? 1 : 2, 4)
				.map(({ term, distance, rest }) => ({ term, likely: 0.95 - 0.17 * distance - 0.06 * rest }))
				.sort((a, b) => b.likely - a.likely);
			const best = near[0];
			if (!best) continue;
			for (const { term, likely } of near)
				if (likely > Math.max(found.get(term) ?? 0, best.likely - FURTHER)) found.set(term, likely);
			this.#forms(this.#vocabulary.text(best.term), best.likely, found);
			return;
		}
	}
}
