import type { Filter } from '#lib/directory/filter.ts';
import { words } from '#lib/directory/fold.ts';
import { isLightWord, isStopWord } from '#lib/directory/stop-words.ts';
import { readNumbers, splitSections } from './bytes.ts';
import { facetsAsked } from './facets.ts';
import { Lookup, type Readings } from './lookup.ts';
import { Postings } from './postings.ts';
import { Fit, Ranking, type Entries } from './ranking.ts';
import { LONGEST_TERM } from './vocabulary.ts';

/** The form of an index. A pack of another form is not opened. */
export const FORMAT = 6;

/** How much a word counts in a name, in what a service belongs to, in the summary, in other texts. */
const LEVELS = [1, 0.7, 0.6, 0.4];
/** The same for what begins with a word of less than SHORT letters: it begins too many words of long texts. */
const NAMES = LEVELS.slice(0, 2);
const SHORT = 4;
/** How much an entry counts that a concept leads to, by level. */
const LEADS = [0.9, 0.8, 0.6];
/** From here on a word is one of a phrase. */
const IN_PHRASE = 0.51;
/** What is longer than this nobody typed. */
const LONGEST_QUERY = 120;
const MOST_WORDS = 16;
/** Tables of fits that are kept for the next query; more words than that have theirs made. */
const MOST_FREE = 4;
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

/** The index of a directory, read where it lies: opening it costs little, whatever its size. */
export class SearchIndex {
	/** How many services it holds. */
	readonly size: number;
	readonly #lookup: Lookup;
	readonly #postings: Postings;
	readonly #ids: readonly string[];
	readonly #entries: Entries;
	readonly #ranking: Ranking;
	readonly #phraseConcepts: Uint32Array;
	/** For the next words. */
	readonly #free: Fit[] = [];

	/**
	 * Opens what `buildIndex` made. Throws where it is of another form or cut.
	 *
	 * @param ids of its entries, in the order of `inIndexOrder`
	 */
	constructor(bytes: Uint8Array, ids: readonly string[]) {
		const section = splitSections(bytes, FORMAT);
		const numbers = (name: string) => readNumbers(section(name));
		this.#lookup = new Lookup(section);
		this.#postings = new Postings(section, 'term');
		this.#ids = ids;
		this.#entries = {
			kinds: section('kinds'),
			nameLengths: section('nameLengths'),
			families: numbers('families')
		};
		this.#ranking = new Ranking(this.#entries);
		this.#phraseConcepts = numbers('phraseConcepts');
		this.size = ids.length;
		if (this.#entries.kinds.length !== this.size)
			throw new RangeError('The index lacks the ids of its entries.');
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
		const readings = asked.map((word) => ({ word, ...this.#lookup.readings(word) }));
		const fits = readings.map(({ word, found }) => this.#fit(found, word.length < SHORT ? NAMES : LEVELS));
		// Two words that are one word here: `kieli kurssi`.
		for (let at = 1; at < asked.length; at += 1) {
			const joined = this.#lookup.forms(`${asked[at - 1]}${asked[at]}`);
			for (const fit of fits.slice(at - 1, at + 1)) this.#fit(joined, LEVELS, fit);
		}
		this.#raiseConcepts(fits);
		const allowed = this.#allowed(filter, hidden);
		const { hits, total } = this.#ranking.rank(fits, asked.map(isLightWord), allowed, limit);
		this.#giveBack(fits);
		const unknown = readings.filter(({ isKnown }) => !isKnown);
		const [meant] = unknown.flatMap(({ word, found }) =>
			this.#lookup.likeliest(found, 0, 1).map((term) => ({ word, term }))
		);
		return {
			hits: hits.map(({ entry, score }) => ({ id: this.#ids[entry] ?? '', score })),
			total,
			terms: readings.flatMap(({ found }) => this.#lookup.likeliest(found, MARK_FROM, MOST_MARKS)),
			meant,
			unknown: unknown.map(({ word }) => word)
		};
	}

	/** The entries that pass a filter, in the order of the index: topic by topic, by name. */
	list(filter: Filter, limit: number, hidden: ReadonlySet<string> = new Set()): Found {
		const allowed = this.#allowed(filter, hidden);
		const passing = this.#ids.filter((_, entry) => allowed[entry] === 1);
		const hits = passing.slice(0, limit).map((id) => ({ id, score: 0 }));
		return { hits, total: passing.length, terms: [], meant: undefined, unknown: [] };
	}

	/** How well entries, and then the phrases of concepts, say a word. */
	#fit(
		readings: Readings,
		levels: readonly number[],
		fit = this.#free.pop() ?? new Fit(this.size + this.#phraseConcepts.length)
	): Fit {
		for (const [term, share] of readings)
			this.#postings.each(term, levels, (entries, count, level) => fit.raise(entries, count, share * level));
		return fit;
	}

	#giveBack(fits: readonly Fit[]): void {
		for (const fit of fits) fit.clear();
		this.#free.push(...fits.slice(0, MOST_FREE - this.#free.length));
	}

	/** By entry: 1 where it passes the filter and is not hidden. */
	#allowed(filter: Filter, hidden: ReadonlySet<string>): Uint8Array {
		const allowed = new Uint8Array(this.size).fill(1);
		if (hidden.size > 0) this.#ids.forEach((id, entry) => hidden.has(id) && (allowed[entry] = 0));
		for (const facets of facetsAsked(filter)) {
			const terms = facets.map((facet) => [this.#lookup.vocabulary.find(facetTerm(facet)), 1] as const);
			const fit = this.#fit(new Map(terms), [1]);
			allowed.forEach((_, entry) => fit.weights[entry] === 1 || (allowed[entry] = 0));
			this.#giveBack([fit]);
		}
		return allowed;
	}

	/** What the concepts lead to whose phrases the query has whole. */
	#raiseConcepts(fits: readonly Fit[]): void {
		const best = new Map<number, { weight: number; words: Fit[] }>();
		const phrases = new Set<number>();
		for (const { entries, count } of fits)
			for (let at = 0; at < count; at += 1)
				if ((entries[at] ?? 0) >= this.size) phrases.add(entries[at] ?? 0);
		for (const phrase of phrases) {
			const words = fits.filter(({ weights }) => (weights[phrase] ?? 0) >= IN_PHRASE);
			if (words.length < (this.#entries.nameLengths[phrase] ?? 1)) continue;
			const concept = this.#phraseConcepts[phrase - this.size] ?? 0;
			const weight = words.reduce((sum, { weights }) => sum + (weights[phrase] ?? 0), 0);
			if (weight > (best.get(concept)?.weight ?? 0)) best.set(concept, { weight, words });
		}
		for (const [concept, { weight, words }] of best) {
			const lead = new Map([[this.#lookup.vocabulary.find(leadTerm(concept)), weight / words.length]]);
			for (const fit of words) this.#fit(lead, LEADS, fit);
		}
	}
}
