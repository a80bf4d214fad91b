import type { Filter } from '#lib/directory/filter.ts';
import { words } from '#lib/directory/fold.ts';
import { isLightWord, isStopWord } from '#lib/directory/stop-words.ts';
import { readNumbers, splitSections } from './bytes.ts';
import { facetsAsked } from './facets.ts';
import { IN_COMPOUND, Lookup, type Readings } from './lookup.ts';
import { Postings } from './postings.ts';
import { rank, type Entries, type Fit } from './ranking.ts';
import { LONGEST_TERM } from './vocabulary.ts';

/** The form of an index. A pack of another form is not opened. */
export const FORMAT = 3;

/** How much a word counts in a name, in what a service belongs to, in the summary, in other texts. */
const LEVELS = [1, 0.7, 0.6, 0.4];
/** The same for what begins with a word of less than SHORT letters: it begins too many words of long texts. */
const NAMES = LEVELS.slice(0, 2);
const SHORT = 4;
/** The same where it is found out what a concept leads to; and what is too short to be a part of a compound then. */
const SAID = [1, 0.2, 0.2, 0.2];
const LONG_WORD = 6;
const BEGINNING = 0.5;
const SAME_WORD = 0.8;
/** How much an entry counts that a concept leads to, by level. */
const LEADS = [0.9, 0.8, 0.6, 0.32];
/** From here on a word is one of a phrase; of more than two some may be missing; a phrase says more than one word. */
const IN_PHRASE = IN_COMPOUND - 0.05;
const MOST_OF_PHRASE = 0.7;
const PHRASE = 1.2;
/** The parts of a compound: both, and one alone. */
const BOTH_PARTS = 0.86;
const ONE_PART = 0.7;
/** What is longer than this nobody typed. */
const LONGEST_QUERY = 120;
const MOST_WORDS = 16;
/** Terms of a word that are handed out for marking, and how likely they have to be. */
const MOST_MARKS = 300;
const MARK_FROM = 0.5;

export interface Found {
	/** Best first. */
	hits: { id: string; score: number }[];
	/** How many there are, also beyond `hits`. */
	total: number;
	/** Terms that led here, folded: what to mark. */
	terms: string[];
	/** A term that may have been meant where a word of the query is not known, folded. */
	meant: { word: string; term: string } | undefined;
	/** The words of the query that are not known here, folded. */
	unknown: string[];
}

/** The words of a text that say something, folded. */
export const termsOf = (text: string): string[] =>
	words(text)
		.flatMap(({ terms }) => terms)
		.filter((term) => !isStopWord(term))
		.map((term) => term.slice(0, LONGEST_TERM).toWellFormed());

/** Terms of an index that nobody types: what a concept leads to, and what entries are narrowed down by. */
export const leadTerm = (concept: number): string => `::c:${concept}`;
export const facetTerm = (facet: string): string => `::${facet}`;

/** The index of a directory, read where it lies: opening it costs next to nothing, whatever its size. */
export class SearchIndex {
	/** How many services it holds. */
	readonly size: number;
	readonly #lookup: Lookup;
	readonly #postings: Postings;
	readonly #ids: readonly string[];
	readonly #entries: Entries;
	readonly #phraseConcepts: Uint32Array;
	/** The entries by id, once somebody asked. */
	#places: Map<string, number> | undefined;

	/**
	 * Opens what `buildIndex` made. Throws where it is of another form or cut.
	 *
	 * @param ids of its entries, in the order of `inIndexOrder`
	 */
	constructor(bytes: Uint8Array, ids: readonly string[]) {
		const section = splitSections(bytes, FORMAT);
		const numbers = (name: string) => readNumbers(section(name));
		this.#lookup = new Lookup(section);
		this.#postings = new Postings(section, 'term', this.#lookup.vocabulary.size);
		this.#ids = ids;
		this.#entries = {
			kinds: numbers('kinds'),
			nameLengths: numbers('nameLengths'),
			families: numbers('families')
		};
		this.#phraseConcepts = numbers('phraseConcepts');
		this.size = ids.length;
		if (this.#entries.kinds.length !== this.size)
			throw new RangeError('The index lacks the ids of its entries.');
	}

	/** How well entries, and then the phrases of concepts, say a word. */
	#fit(
		readings: Readings,
		levels: readonly number[],
		fit: Fit = new Float32Array(this.size + this.#phraseConcepts.length)
	): Fit {
		const raise = (entry: number, weight: number) => {
			if (weight > (fit[entry] ?? 0)) fit[entry] = weight;
		};
		for (const [term, weight] of readings) this.#postings.each(term, levels, weight, raise);
		return fit;
	}

	/** Calls with each entry that says all of these terms in some form, and how well; other texts than the name say little. */
	saying(terms: readonly string[], call: (entry: number, weight: number) => void): void {
		const fits = terms.map((term) =>
			this.#fit(
				this.#lookup.exactly(term, term.length < LONG_WORD ? SAME_WORD : BEGINNING),
				SAID,
				new Float32Array(this.size)
			)
		);
		for (let entry = 0; entry < this.size; entry += 1) {
			const least = Math.min(...fits.map((fit) => fit[entry] ?? 0));
			if (least > 0) call(entry, least);
		}
	}

	/**
	 * Entries that fit a query, best first.
	 *
	 * @param limit how many are handed out
	 * @param filter narrows down, apart from the hours, which the index does not know
	 * @param hidden ids that are not found: a newer state of them lies elsewhere
	 */
	find(query: string, limit: number, filter: Filter = {}, hidden: ReadonlySet<string> = new Set()): Found {
		const asked = [...new Set(termsOf(query.slice(0, LONGEST_QUERY)))].slice(0, MOST_WORDS);
		const readings = asked.map((word) => this.#lookup.readings(word));
		const fits = asked.map((word, at) => this.#fitOf(word, readings[at] ?? new Map()));
		this.#raiseJoined(asked, fits);
		this.#raiseConcepts(fits);
		const { hits, total } = rank(
			fits.map((fit) => fit.subarray(0, this.size)),
			asked.map(isLightWord),
			this.#allowed(filter, hidden),
			this.#entries,
			limit
		);
		const unknown = [...asked.entries()].filter(([at, word]) => !this.#knows(word, readings[at]));
		return {
			hits: hits.map(({ entry, score }) => ({ id: this.#ids[entry] ?? '', score })),
			total,
			terms: readings.flatMap((found) => this.#marks(found)),
			meant: this.#meant(unknown, readings),
			unknown: unknown.map(([, word]) => word)
		};
	}

	/** The entries that pass a filter, in the order of the index: topic by topic, by name. */
	list(
		filter: Filter,
		limit: number,
		hidden: ReadonlySet<string> = new Set()
	): Pick<Found, 'hits' | 'total'> {
		const entries: number[] = [];
		this.#allowed(filter, hidden).forEach((isAllowed, entry) => isAllowed && entries.push(entry));
		return {
			hits: entries.slice(0, limit).map((entry) => ({ id: this.#ids[entry] ?? '', score: 0 })),
			total: entries.length
		};
	}

	/** By entry: 1 where it passes the filter and is not hidden. */
	#allowed(filter: Filter, hidden: ReadonlySet<string>): Uint8Array {
		const allowed = new Uint8Array(this.size).fill(1);
		for (const facets of facetsAsked(filter)) {
			const passes = new Uint8Array(this.size);
			for (const facet of facets)
				this.#postings.each(
					this.#lookup.vocabulary.find(facetTerm(facet)),
					[1],
					1,
					(entry) => (passes[entry] = 1)
				);
			passes.forEach((isIn, entry) => (allowed[entry] = Math.min(isIn, allowed[entry] ?? 0)));
		}
		if (hidden.size > 0) this.#places ??= new Map(this.#ids.map((id, entry) => [id, entry]));
		for (const id of hidden) allowed[this.#places?.get(id) ?? -1] = 0;
		return allowed;
	}

	/** A word in the forms that it may have, and a compound by its parts. */
	#fitOf(word: string, readings: Readings): Fit {
		const fit = this.#fit(readings, word.length < SHORT ? NAMES : LEVELS);
		const parts = this.#lookup.parts(word);
		if (!parts) return fit;
		const head = this.#fit(this.#lookup.exactly(parts[0]), LEVELS);
		const end = this.#fit(this.#lookup.exactly(parts[1]), LEVELS);
		for (let entry = 0; entry < fit.length; entry += 1) {
			const a = head[entry] ?? 0;
			const b = end[entry] ?? 0;
			if (a === 0 && b === 0) continue;
			const lone = (a * parts[0].length + b * parts[1].length) / word.length;
			const weight = a > 0 && b > 0 ? BOTH_PARTS * Math.min(a, b) : ONE_PART * lone;
			if (weight > (fit[entry] ?? 0)) fit[entry] = weight;
		}
		return fit;
	}

	/** Two words that are one word here: `kieli kurssi`. */
	#raiseJoined(asked: readonly string[], fits: readonly Fit[]): void {
		for (let at = 0; at + 1 < asked.length; at += 1) {
			const joined = this.#lookup.exactly(`${asked[at]}${asked[at + 1]}`);
			for (const fit of fits.slice(at, at + 2)) this.#fit(joined, LEVELS, fit);
		}
	}

	/** What the concepts lead to whose phrases the query has. */
	#raiseConcepts(fits: readonly Fit[]): void {
		const best = new Map<number, { weight: number; words: Fit[] }>();
		for (let at = this.size; at < this.size + this.#phraseConcepts.length; at += 1) {
			let most = 0;
			for (const fit of fits) most = Math.max(most, fit[at] ?? 0);
			if (most < IN_PHRASE) continue;
			const words = fits.filter((fit) => (fit[at] ?? 0) >= IN_PHRASE);
			const length = this.#entries.nameLengths[at] ?? 1;
			if (words.length < (length <= 2 ? length : Math.ceil(length * MOST_OF_PHRASE))) continue;
			const weight = words.reduce((sum, fit) => sum + (fit[at] ?? 0), 0) * (words.length > 1 ? PHRASE : 1);
			const concept = this.#phraseConcepts[at - this.size] ?? 0;
			if (weight > (best.get(concept)?.weight ?? 0)) best.set(concept, { weight, words });
		}
		for (const [concept, { weight, words }] of best) {
			const lead = new Map([[this.#lookup.vocabulary.find(leadTerm(concept)), weight / words.length]]);
			for (const fit of words) this.#fit(lead, LEADS, fit);
		}
	}

	#marks(found: Readings): string[] {
		return [...found]
			.filter(([, weight]) => weight >= MARK_FROM)
			.sort((a, b) => b[1] - a[1])
			.slice(0, MOST_MARKS)
			.map(([term]) => this.#lookup.vocabulary.text(term));
	}

	#knows(word: string, found: Readings = new Map()): boolean {
		return this.#lookup.isSure(found) || this.#lookup.parts(word) !== undefined;
	}

	/** The likeliest reading of the first of the unknown words that has one. */
	#meant(unknown: readonly [number, string][], readings: readonly Readings[]): Found['meant'] {
		for (const [at, word] of unknown) {
			const [likeliest] = [...(readings[at] ?? [])].sort((a, b) => b[1] - a[1]);
			if (likeliest) return { word, term: this.#lookup.vocabulary.text(likeliest[0]) };
		}
		return undefined;
	}
}
