import { finnishStems } from '#lib/directory/finnish.ts';
import { stems } from '#lib/directory/stems.ts';
import type { Sections } from './bytes.ts';
import { Postings } from './postings.ts';
import { StemTable } from './stem-table.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * Which terms of an index a word of a query may mean, and how likely: 1 is the word as typed. Inflection, gradation, compounds and
 * typing errors are met here, by the stems that a word and a term have in common.
 */
export type Readings = Map<number, number>;

/** A term whose likeliest stem is one of the word's. */
const SAME_STEM = 0.93;
/** Compounds whose end has such a stem, and whose beginning has. */
const COMPOUNDS = [0.78, 0.6];
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
/** Stems of a part by which it is known. */
const PART_STEMS = 2;
/** Shortest word in which a typing error is looked for, and from where on two of them. */
const ERROR_FROM = 4;
const TWO_ERRORS_FROM = 8;
/** Terms that are so much less likely than the nearest one were not meant. */
const FURTHER = 0.15;
/** Languages that write compounds in one word. */
export const compounding = ['fi', 'sv', 'et'];

/** Where a word may be a compound of two known ones, the best place first; or of one known one, if that is long. */
export function partings(word: string, isKnown: (part: string) => boolean): { head: string; end: string }[] {
	const found: { head: string; end: string; length: number }[] = [];
	for (let at = HEAD; at <= word.length - END && word.length >= COMPOUND; at += 1) {
		const [head, end] = [word.slice(0, at), word.slice(at)];
		const known = [head, end].filter(isKnown).map(({ length }) => length);
		if (known.length === 2) found.push({ head, end, length: word.length + Math.min(...known) });
		else if (Math.max(...known) >= LONE_PART) found.push({ head, end, length: Math.max(...known) });
	}
	return found.sort((a, b) => b.length - a.length);
}

export class Lookup {
	readonly vocabulary: Vocabulary;
	readonly stems: StemTable;
	/** By stem: the compounds that it ends, and those that it begins. */
	readonly #compounds: Postings;

	constructor(section: Sections) {
		this.vocabulary = new Vocabulary(section('terms'));
		this.stems = new StemTable(section, this.vocabulary);
		this.#compounds = new Postings(section, 'compound', this.stems.size);
	}

	/** The stems of a part of a compound that the index knows. */
	known(part: string, language: string): number[] {
		const likely = stems(part, language).slice(0, PART_STEMS);
		return likely.map((stem) => this.stems.terms(stem)).filter((stem) => stem >= 0);
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
			compounding.some((language) => this.known(part, language).length > 0)
		)[0];
		return best && [best.head, best.end];
	}

	/** Whether a word is known in some form. */
	isSure(found: Readings): boolean {
		for (const weight of found.values()) if (weight >= SURE) return true;
		return false;
	}

	#forms(word: string, share = 1, found: Readings = new Map()): Readings {
		const add = (term: number, weight: number) => {
			if (weight > (found.get(term) ?? 0)) found.set(term, weight);
		};
		this.vocabulary.beginning(word, MOST, (term, more) =>
			add(term, share * (more === 0 ? 1 : Math.max(BEGINS_LEAST, BEGINS - LETTER_MORE * more)))
		);
		for (const stem of stems(word)) {
			const known = this.stems.terms(stem, (term) => add(term, share * SAME_STEM));
			if (known >= 0) this.#compounds.each(known, COMPOUNDS, share, add);
		}
		return found;
	}

	/** What is nearest to the word, and the forms of that; if nothing is near, what is near the word without its ending. */
	#addNear(found: Readings, word: string): void {
		for (const text of [word, finnishStems(word)[0] ?? '']) {
			if (text.length < ERROR_FROM || /\d/.test(text)) return;
			const near = this.vocabulary
				.near(text, text.length < TWO_ERRORS_FROM ? 1 : 2, 4)
				.map(({ term, distance, rest }) => ({ term, likely: 0.95 - 0.17 * distance - 0.06 * rest }))
				.sort((a, b) => b.likely - a.likely);
			const best = near[0];
			if (!best) continue;
			for (const { term, likely } of near)
				if (likely > Math.max(found.get(term) ?? 0, best.likely - FURTHER)) found.set(term, likely);
			this.#forms(this.vocabulary.text(best.term), best.likely, found);
			return;
		}
	}
}
