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
/** Compounds whose beginning has such a stem, and whose end has. */
const COMPOUNDS = [0.6, 0.78];
const SIDES = COMPOUNDS.length;
/** What begins with the word. */
const BEGINS = 0.7;
/** Terms of one beginning that are looked at, at most. */
const MOST = 3000;
/** From here on a reading is the word itself in some form. */
const SURE = 0.75;
/** Shortest parts of a compound, and of one of which only a part is known; and by how many stems a part is known. */
const HEAD = 3;
const END = 4;
const LONE_PART = 6;
const PART_STEMS = 2;
/** What a part of a compound says, by its share of the letters. */
const PART = 0.7;
/** Shortest word in which a typing error is looked for, and from where on two of them. */
const ERROR_FROM = 4;
const TWO_ERRORS_FROM = 8;
/** How likely a term is that differs, less for each mistake and for each letter that it goes on for, so many at most. */
const NEAR = 0.95;
const MISTAKE = 0.17;
const GOES_ON = 0.06;
const MOST_REST = 4;
/** Languages that write compounds in one word. */
export const compounding = ['fi', 'sv', 'et'];

/** Keeps the greatest weight. */
export function raise(readings: Readings, term: number, weight: number): void {
	if (weight > (readings.get(term) ?? 0)) readings.set(term, weight);
}

function isSure(found: Readings): boolean {
	for (const weight of found.values()) if (weight >= SURE) return true;
	return false;
}

/** By which level on a term has the compounds of its stem in a language, where that writes compounds. */
export const compoundLevel = (stem: string): number =>
	SIDES * compounding.indexOf(stem.slice(0, stem.indexOf('~')));

/** What a word of a query means here. */
interface Meaning {
	found: Readings;
	/** Whether it is known in some form, not only one that is near. */
	isKnown: boolean;
}

export class Lookup {
	readonly vocabulary: Vocabulary;
	readonly stems: StemTable;
	/** By the first term that has a stem: the compounds that it begins, and those that it ends. */
	readonly #compounds: Postings;

	constructor(section: Sections) {
		this.vocabulary = new Vocabulary(section);
		this.stems = new StemTable(section, this.vocabulary);
		this.#compounds = new Postings(section, 'compound');
	}

	/** The terms that a word may mean. Typing errors are looked for where nothing sure is found. */
	readings(word: string): Meaning {
		const found = this.forms(word);
		if (!isSure(found)) this.#addNear(found, word);
		const parts = this.parts(word);
		for (const part of parts) this.forms(part, (PART * part.length) / word.length, found);
		return { found, isKnown: parts.length > 0 || isSure(found) };
	}

	/** The likeliest readings as texts. */
	likeliest(found: Readings, least: number, most: number): string[] {
		return [...found]
			.filter(([, weight]) => weight >= least)
			.sort((a, b) => b[1] - a[1])
			.slice(0, most)
			.map(([term]) => this.vocabulary.text(term));
	}

	/** The terms that are a word in another form, begin with it or are a compound of it. */
	forms(word: string, share = 1, found: Readings = new Map()): Readings {
		this.vocabulary.beginning(word, MOST, ({ term, length }) =>
			raise(found, term, share * (length === word.length ? 1 : BEGINS))
		);
		for (const stem of stems(word)) {
			const first = this.stems.terms(stem, (term) => raise(found, term, share * SAME_STEM));
			const level = compoundLevel(stem);
			if (first < 0 || level < 0) continue;
			const weights = [...new Array<number>(level).fill(0), ...COMPOUNDS];
			this.#compounds.each(first, weights, (terms, count, weight) => {
				for (let at = 0; at < count; at += 1) raise(found, terms[at] ?? 0, share * weight);
			});
		}
		return found;
	}

	/** The stems that a part of a compound may have and that the index knows. */
	known(part: string, languages: readonly string[] = compounding): string[] {
		return languages
			.flatMap((language) => stems(part, language, PART_STEMS))
			.filter((stem) => this.stems.terms(stem) >= 0);
	}

	/** The two known words that a compound is made of, as even as may be; or one known word, if it is long, and the rest. */
	parts(word: string, isKnown = (part: string) => this.known(part).length > 0): string[] {
		let best: string[] = [];
		let most = LONE_PART - 1;
		const uneven = (at: number) => Math.abs(word.length - 2 * at);
		const places = Array.from({ length: Math.max(0, word.length - HEAD - END + 1) }, (_, at) => HEAD + at);
		for (const at of places.sort((a, b) => uneven(a) - uneven(b))) {
			const parts = [word.slice(0, at), word.slice(at)];
			const known = parts.filter(isKnown);
			if (known.length === parts.length) return parts;
			const length = known[0]?.length ?? 0;
			if (length > most) [best, most] = [parts, length];
		}
		return best;
	}

	/** What is near the word; if nothing is, what is near the word without its ending. */
	#addNear(found: Readings, word: string): void {
		for (const text of [word, finnishStems(word, 1)[0] ?? '']) {
			if (text.length < ERROR_FROM || /\d/.test(text)) return;
			let isNear = false;
			this.vocabulary.near(text, text.length < TWO_ERRORS_FROM ? 1 : 2, (term, mistakes, rest) => {
				if (rest > MOST_REST) return;
				isNear = true;
				raise(found, term, NEAR - MISTAKE * mistakes - GOES_ON * rest);
			});
			if (isNear) return;
		}
	}
}
