import type { Filter } from '#lib/directory/filter.ts';
import { words } from '#lib/directory/fold.ts';
import { isLightWord, isStopWord } from '#lib/directory/stop-words.ts';
import { splitSections } from './bytes.ts';
import { facetsAsked } from './facets.ts';
import { IN_COMPOUND, Lookup, type Readings } from './lookup.ts';
import { Fit, Postings } from './postings.ts';
import { Vocabulary } from './vocabulary.ts';

/** The form of an index. A pack of another form is not opened. */
export const FORMAT = 1;

/** How much a word counts in a name, in what a service belongs to, and in its other texts. */
const LEVEL_WEIGHTS = [1, 0.7, 0.32];
/** The same for what a concept leads to; and what a phrase of several words has ahead of one word. */
const LEAD_WEIGHTS = [0.9, 0.8, 0.6, 0.32];
/** From here on a concept says what the name says. */
const LED_BY_NAME = 0.8;
const PHRASE = 1.08;
const MOST_OF_PHRASE = 0.7;
/** What a word counts that says little beside others. */
const LIGHT = 0.2;
/** Nationwide, local, and an advice point of public documents that nobody verified. */
const KIND_WEIGHTS = [1.04, 1, 0.72];
/** What a hit gains when its name is what was asked, and nothing else. */
const WHOLE_NAME = 0.35;
/** A word that two words next to each other make. */
const JOINED = 0.92;
/** The parts of a compound: both, and one alone. */
const BOTH_PARTS = 0.86;
const ONE_PART = 0.6;
/** An entry that has only some of the words counts by this power of their share. */
const COVERAGE_POWER = 2;
/** Entries that fit a word nearly as well as the best one say how rare it is. */
const NEARLY_BEST = 0.75;
/** Hits below this share of the best one are noise. */
const NOISE = 0.12;
const MOST_WORDS = 16;
/** A shorter word is still being typed: what begins with it is looked for in names only. */
const SHORT = 4;
/** What is longer than this nobody typed. */
const LONGEST_QUERY = 120;
/** Terms of a query that are handed out for marking, and how likely they have to be. */
const MOST_MARKS = 300;
const MARK_FROM = 0.5;
/** How likely a word is that only begins a compound. */
const HEAD = 0.5;
const LONG_WORD = 6;
const SAME_WORD = 0.8;
/** What share of its letters may differ in a word that is asked back. */
const FAR = 0.4;

interface Hit {
	id: string;
	score: number;
}

export interface Found {
	/** Best first. */
	hits: Hit[];
	/** How many there are, also beyond `hits`. */
	total: number;
	/** Terms that led here, folded: what to mark. */
	terms: string[];
	/** A term that may have been meant where a word of the query is not known, folded. */
	meant: { word: string; term: string } | undefined;
}

/** The words of a query; those that say nothing are left out. */
function queryTerms(query: string): string[] {
	const terms = words(query.slice(0, LONGEST_QUERY)).flatMap((word) => word.terms);
	const telling = [...new Set(terms)].filter((term) => !isStopWord(term));
	return telling.slice(0, MOST_WORDS);
}

/** The index of a directory, read where it lies: opening it costs nothing, whatever its size. */
export class SearchIndex {
	/** How many services it holds. */
	readonly size: number;
	readonly #total: number;
	readonly #vocabulary: Vocabulary;
	readonly #lookup: Lookup;
	readonly #postings: Postings;
	readonly #leads: Postings;
	readonly #facets: Postings;
	readonly #facetNames: readonly string[];
	readonly #idBytes: Uint8Array;
	readonly #ids: readonly string[] | undefined;
	readonly #kinds: Uint8Array;
	readonly #nameLengths: Uint8Array;
	readonly #phraseConcepts: Uint16Array;

	private constructor(bytes: Uint8Array, ids: readonly string[] | undefined) {
		const { head, section } = splitSections(bytes);
		const { format, letters, entries, phrases, facets } = head as {
			format: number;
			letters: string;
			entries: number;
			phrases: number;
			facets: string[];
		};
		if (format !== FORMAT) throw new RangeError(`An index of the form ${format} is not known here.`);
		this.size = entries;
		this.#total = entries + phrases;
		this.#vocabulary = new Vocabulary(letters, section);
		const postings = (name: string, of: number) =>
			new Postings(section(`${name}Blocks`), section(`${name}Lists`), of);
		this.#postings = postings('posting', this.#total);
		this.#leads = postings('lead', entries);
		this.#facets = postings('facet', entries);
		this.#facetNames = facets;
		this.#lookup = new Lookup(this.#vocabulary, postings('compound', this.#vocabulary.size));
		this.#ids = ids;
		this.#idBytes = section('ids');
		if ((ids?.length ?? this.#idBytes.length / 16) !== entries)
			throw new RangeError('The index lacks the ids of its entries.');
		this.#kinds = section('kinds');
		this.#nameLengths = section('nameLengths');
		const concepts = section('phraseConcepts');
		this.#phraseConcepts = new Uint16Array(concepts.buffer, concepts.byteOffset, concepts.length / 2);
	}

	/**
	 * Opens what `buildIndex` made. Throws a RangeError where it is of another form or cut.
	 *
	 * @param ids of its entries, where it was built without them
	 */
	static open(bytes: Uint8Array, ids?: readonly string[]): SearchIndex {
		return new SearchIndex(bytes, ids);
	}

	/** The UUID of an entry. */
	#id(entry: number): string {
		if (this.#ids) return this.#ids[entry] ?? '';
		let hex = '';
		for (const byte of this.#idBytes.subarray(entry * 16, entry * 16 + 16))
			hex += byte.toString(16).padStart(2, '0');
		return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
	}

	/** Calls with each entry whose name, or whose other texts, say all of these terms in some form. */
	saying(terms: readonly string[], call: (entry: number, inName: boolean) => void): void {
		const fits = terms.map((term) => {
			const fit = new Fit(this.size);
			// A short word begins and ends too many compounds that have nothing to do with it.
			this.#raise(fit, this.#lookup.exactly(term, term.length >= LONG_WORD ? HEAD : SAME_WORD), 1);
			return fit;
		});
		for (const entry of fits[0]?.touched ?? []) {
			const least = Math.min(...fits.map(({ of }) => of[entry] ?? 0));
			if (least >= HEAD) call(entry, true);
			else if (least > 0) call(entry, false);
		}
	}

	#raise(fit: Fit, readings: Readings, share: number, isShort = false): void {
		for (const [term, weight] of readings) {
			const weights = LEVEL_WEIGHTS.map((of) => of * weight * share);
			// Two letters begin too many words of long texts.
			if (isShort && weight < 1) weights[2] = 0;
			this.#postings.raise(term, weights, fit);
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
		const asked = queryTerms(query);
		const fits = asked.map(() => new Fit(this.#total));
		const readings = asked.map((word) => this.#lookup.readings(word));
		asked.forEach((word, at) => {
			const fit = fits[at];
			const found = readings[at];
			if (!fit || !found) return;
			this.#raise(fit, found, 1, word.length < SHORT);
			this.#raiseParts(fit, word, this.#lookup.isSure(found));
		});
		this.#raiseJoined(asked, fits);
		const said = this.#inName(fits, IN_COMPOUND);
		this.#raiseConcepts(fits);
		const inName = this.#inName(fits, LED_BY_NAME).map((count, entry) => Math.max(count, said[entry] ?? 0));
		return {
			...this.#best(asked, fits, inName, limit, this.#allowed(filter, hidden)),
			terms: this.#marks(readings),
			meant: this.#meant(asked, readings)
		};
	}

	/** The entries that pass a filter, in the order of the index: topic by topic, by name. */
	list(
		filter: Filter,
		limit: number,
		hidden: ReadonlySet<string> = new Set()
	): Pick<Found, 'hits' | 'total'> {
		const allowed = this.#allowed(filter, hidden);
		const entries: number[] = [];
		for (let entry = 0; entry < this.size; entry += 1) if (allowed(entry)) entries.push(entry);
		return {
			hits: entries.slice(0, limit).map((entry) => ({ id: this.#id(entry), score: 0 })),
			total: entries.length
		};
	}

	#allowed(filter: Filter, hidden: ReadonlySet<string>): (entry: number) => boolean {
		const fits = facetsAsked(filter).map((names) => {
			const fit = new Fit(this.size);
			for (const name of names) {
				const key = this.#facetNames.indexOf(name);
				if (key >= 0) this.#facets.raise(key, [1], fit);
			}
			return fit;
		});
		return (entry) =>
			fits.every(({ of }) => (of[entry] ?? 0) > 0) && (hidden.size === 0 || !hidden.has(this.#id(entry)));
	}

	/** A compound is found by its parts too: less where it is a word of its own here. */
	#raiseParts(fit: Fit, word: string, isKnown: boolean): void {
		const parts = this.#lookup.parts(word);
		if (!parts) return;
		const [head, end] = parts.map((part) => {
			const one = new Fit(this.#total);
			this.#raise(one, this.#lookup.exactly(part), 1);
			return one;
		});
		if (!head || !end) return;
		const share = isKnown ? 0.7 : 1;
		for (const part of [head, end])
			for (const entry of part.touched) {
				const [a, b] = [head.of[entry] ?? 0, end.of[entry] ?? 0];
				const lone = (a * parts[0].length + b * parts[1].length) / word.length;
				fit.raise(entry, share * (a > 0 && b > 0 ? BOTH_PARTS * Math.min(a, b) : ONE_PART * lone));
			}
	}

	/** Two words that are one word here: `kieli kurssi`. */
	#raiseJoined(asked: readonly string[], fits: readonly Fit[]): void {
		for (let at = 0; at + 1 < asked.length; at += 1) {
			const joined = this.#lookup.exactly(`${asked[at]}${asked[at + 1]}`);
			for (const fit of [fits[at], fits[at + 1]])
				if (fit && joined.size > 0) this.#raise(fit, joined, JOINED);
		}
	}

	/** What the concepts lead to whose phrases the query has whole. */
	#raiseConcepts(fits: readonly Fit[]): void {
		const likely = new Map<number, { weight: number; words: number }>();
		for (const fit of fits)
			for (const entry of fit.touched) {
				if (entry < this.size) continue;
				const weights = fits.map(({ of }) => of[entry] ?? 0).filter((weight) => weight >= IN_COMPOUND - 0.05);
				if (weights.length < wanted(this.#nameLengths[entry] ?? 1)) continue;
				const concept = this.#phraseConcepts[entry - this.size] ?? 0;
				const mean = weights.reduce((sum, one) => sum + one, 0) / weights.length;
				const weight = mean * (weights.length > 1 ? PHRASE : 1);
				const words = fits.reduce((bits, { of }, at) => ((of[entry] ?? 0) > 0 ? bits | (1 << at) : bits), 0);
				const before = likely.get(concept);
				if (!before || weight * bitCount(words) > before.weight * bitCount(before.words))
					likely.set(concept, { weight, words });
			}
		for (const [concept, { weight, words }] of likely)
			fits.forEach((fit, at) => {
				if (words & (1 << at))
					this.#leads.raise(
						concept,
						LEAD_WEIGHTS.map((of) => of * weight),
						fit
					);
			});
	}

	#best(
		asked: readonly string[],
		fits: readonly Fit[],
		inName: Uint8Array,
		limit: number,
		allowed: (entry: number) => boolean
	): Pick<Found, 'hits' | 'total'> {
		const isFound = new Uint8Array(this.size);
		const entries: number[] = [];
		const isLight = asked.map((word) => isLightWord(word));
		const rarity = fits.map(({ touched, of }, at) => {
			const most = touched.reduce(
				(best, entry) => (entry < this.size ? Math.max(best, of[entry] ?? 0) : best),
				0
			);
			let sure = 0;
			for (const entry of touched) {
				if (entry >= this.size) continue;
				if ((of[entry] ?? 0) >= most * NEARLY_BEST) sure += 1;
				if (isFound[entry] === 0 && allowed(entry)) entries.push(entry);
				isFound[entry] = 1;
			}
			const rare = Math.log(1 + this.size / (sure + 1)) + 0.2;
			return isLight[at] && isLight.includes(false) ? LIGHT * rare : rare;
		});
		const whole = rarity.reduce((sum, one) => sum + one, 0);
		const scores = Float32Array.from(entries, (entry) =>
			this.#score(entry, fits, inName[entry] ?? 0, rarity, whole)
		);
		const best = scores.reduce((most, score) => Math.max(most, score), 0);
		const least = best * NOISE;
		const total = scores.reduce((count, score) => (score >= least ? count + 1 : count), 0);
		// The limit-th best score, found without sorting the entries.
		const last = Float32Array.from(scores).sort()[Math.max(0, scores.length - limit)] ?? 0;
		const hits: { entry: number; score: number }[] = [];
		scores.forEach((score, at) => {
			if (score >= least && score >= last) hits.push({ entry: entries[at] ?? 0, score });
		});
		hits.sort((a, b) => b.score - a.score || a.entry - b.entry);
		return { hits: hits.slice(0, limit).map(({ entry, score }) => ({ id: this.#id(entry), score })), total };
	}

	/** By entry: how many words of the query fit it so well. */
	#inName(fits: readonly Fit[], least: number): Uint8Array {
		const counts = new Uint8Array(this.size);
		for (const { of, touched } of fits)
			for (const entry of touched)
				if (entry < this.size && (of[entry] ?? 0) >= least) counts[entry] = (counts[entry] ?? 0) + 1;
		return counts;
	}

	#score(
		entry: number,
		fits: readonly Fit[],
		inName: number,
		rarity: readonly number[],
		whole: number
	): number {
		let sum = 0;
		let covered = 0;
		for (let at = 0; at < fits.length; at += 1) {
			const weight = fits[at]?.of[entry] ?? 0;
			if (weight === 0) continue;
			sum += weight * (rarity[at] ?? 0);
			covered += rarity[at] ?? 0;
		}
		const name = 1 + (WHOLE_NAME * inName) / Math.max(inName, this.#nameLengths[entry] ?? 1);
		return sum * (covered / whole) ** COVERAGE_POWER * name * (KIND_WEIGHTS[this.#kinds[entry] ?? 1] ?? 1);
	}

	#marks(readings: readonly Readings[]): string[] {
		return readings.flatMap((found) =>
			[...found]
				.filter(([, weight]) => weight >= MARK_FROM)
				.sort((a, b) => b[1] - a[1])
				.slice(0, MOST_MARKS)
				.map(([term]) => this.#vocabulary.text(term))
		);
	}

	/** The word that is least far away, although too far to be found by. */
	#nearest(word: string): number | undefined {
		const limit = Math.min(4, Math.floor(word.length * FAR));
		const near = word.length < 4 ? [] : this.#vocabulary.near(word, limit, 2);
		return near.sort((a, b) => a.distance + a.rest - b.distance - b.rest)[0]?.term;
	}

	/** The nearest known word for the first one that is not known. */
	#meant(asked: readonly string[], readings: readonly Readings[]): Found['meant'] {
		for (const [at, word] of asked.entries()) {
			const found = readings[at];
			if (!found || this.#lookup.isSure(found) || this.#lookup.parts(word)) continue;
			const term = found.size > 0 ? mostLikely(found) : this.#nearest(word);
			if (term !== undefined) return { word, term: this.#vocabulary.text(term) };
		}
		return undefined;
	}
}

/** Of the words of a long phrase some may be missing. */
const wanted = (length: number): number => (length <= 2 ? length : Math.ceil(length * MOST_OF_PHRASE));

const mostLikely = (readings: Readings): number =>
	[...readings].reduce((best, one) => (one[1] > best[1] ? one : best))[0];

function bitCount(bits: number): number {
	let count = 0;
	for (let rest = bits; rest > 0; rest >>>= 1) count += rest & 1;
	return count;
}
