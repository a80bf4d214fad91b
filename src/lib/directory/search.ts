import MiniSearch, { type Query } from 'minisearch';
import { compoundParts, indexTerms, innerTerms, queryWords, type QueryWord } from '#lib/directory/analyze.ts';
import { fold, words } from '#lib/directory/fold.ts';
import { findCode, topicGroupOf } from '#lib/domain/code-lists.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import type { Service } from '#lib/domain/service.ts';

/**
 * The search of the directory, on the phone, over all content languages at once. MiniSearch keeps and scores the terms;
 * what a term is, `analyze.ts` decides. Load this module on demand: the first screen does without it.
 */

/** How much a hit in each field counts. */
const FIELD_WEIGHTS = { name: 4, topics: 2, places: 2, summary: 1, inner: 0.5 };
/** How much each way to read a word counts, as a share of the word as typed. */
const STEM_WEIGHT = 0.9;
const SYNONYM_WEIGHT = 0.8;
const PART_WEIGHT = 0.4;
/** A stem shorter than this is looked for as a whole only: as a beginning it fits too many words. */
const OPEN_STEM = 4;
/** MiniSearch's weights of a hit by the beginning of a word and of one with a typing error. */
const PREFIX_WEIGHT = 0.5;
const FUZZY_WEIGHT = 0.3;
/** One error in five letters, two in ten; none in words shorter than this. */
const FUZZINESS = 0.2;
const FUZZY_FROM = 5;
/** A hit that has only some of the words of a query counts by this power of their share. */
const COVERAGE_POWER = 2;
/** What public documents named and nobody verified comes after what is known to be there, unless it fits much better. */
const ADVICE_POINT_WEIGHT = 0.7;
/** Hits that score less than this share of the best one are noise of single letters. */
const NOISE = 0.08;
/** Shortest word that "did you mean" compares, how much of it may differ, and the longest query. */
const SUGGEST_FROM = 4;
const SUGGEST_DISTANCE = 0.4;
const LONGEST_SUGGESTED = 40;

type Field = keyof typeof FIELD_WEIGHTS;
type Entry = Record<Field, string> & { id: string };

export interface Hit {
	service: Service;
	score: number;
	/** Terms of the index that led here: what to mark in the texts; see `highlight.ts`. */
	terms: ReadonlySet<string>;
}

const joined = (texts: Texts | undefined, terms: (text: string, language: string) => string[]) =>
	Object.entries(texts ?? {}).flatMap(([language, { text }]) => terms(text, language));

/** Labels of an entry's topics, with those of their groups, in the three languages of the code lists. */
function topicTexts(topics: readonly string[]): Texts[] {
	const ids = new Set(topics.flatMap((topic) => [topic, topicGroupOf(topic)]));
	return [...ids].flatMap((id) => {
		const code = findCode('topic', id);
		if (!code) return [];
		const written = (text: string) => ({ text, origin: 'written' as const });
		return [{ fi: written(code.fi), sv: written(code.sv), en: written(code.en) }];
	});
}

function entryOf(service: Service): Entry {
	const topics = topicTexts(service.topics);
	const places = service.municipalities.flatMap((code) => [
		...indexTerms(municipalityName(code, 'fi'), 'fi'),
		...indexTerms(municipalityName(code, 'sv'), 'sv')
	]);
	const parts = [service.name, service.summary, ...topics].flatMap((texts) => joined(texts, innerTerms));
	return {
		id: service.id,
		name: joined(service.name, indexTerms).join(' '),
		summary: joined(service.summary, indexTerms).join(' '),
		topics: topics.flatMap((texts) => joined(texts, indexTerms)).join(' '),
		places: places.join(' '),
		inner: parts.join(' ')
	};
}

/** One term of the index and how it may be looked for. */
function lookFor(term: string, weight: number, open: boolean): Query {
	return {
		queries: [term],
		prefix: open && term.length >= 2,
		fuzzy: open && term.length >= FUZZY_FROM && !/\d/.test(term) ? FUZZINESS : false,
		boostTerm: () => weight
	};
}

/** The number of letters to change, add, drop or swap, up to `limit`. */
function distance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
			next.push(cost);
		}
		before = row;
		row = next;
	}
	return row[b.length] ?? 0;
}

/** An index over one state of the directory. When the directory changes, build another. */
export class DirectorySearch {
	#index = new MiniSearch<Entry>({
		fields: Object.keys(FIELD_WEIGHTS),
		// Texts arrive as terms already.
		tokenize: (terms) => terms.split(' ').filter((term) => term !== ''),
		processTerm: (term) => term,
		searchOptions: {
			boost: FIELD_WEIGHTS,
			weights: { prefix: PREFIX_WEIGHT, fuzzy: FUZZY_WEIGHT },
			// An entry in thirteen languages is not a longer text than one in Finnish only.
			bm25: { k: 1.2, b: 0, d: 0.5 }
		}
	});
	#services = new Map<string, Service>();
	#vocabulary = new Set<string>();
	/** Words of names and topics as they are written, by their folded form, for "did you mean". */
	#written = new Map<string, string>();

	/**
	 * Indexes a directory.
	 *
	 * @param giveWay asked after each entry; may answer with a promise to wait for, so that the page gets its turn
	 */
	static async build(
		services: readonly Service[],
		giveWay: () => Promise<void> | undefined
	): Promise<DirectorySearch> {
		const search = new DirectorySearch();
		for (const service of services) {
			search.#add(service);
			await giveWay();
		}
		return search;
	}

	#add(service: Service): void {
		const entry = entryOf(service);
		this.#services.set(service.id, service);
		this.#index.add(entry);
		for (const field of ['name', 'summary', 'topics'] as const) {
			for (const term of entry[field].split(' ')) this.#vocabulary.add(term);
		}
		for (const texts of [service.name, ...topicTexts(service.topics)]) {
			for (const { text } of Object.values(texts)) {
				for (const { from, to, terms, whole } of words(text)) {
					if (!whole) this.#written.set(terms.join(''), text.slice(from, to));
				}
			}
		}
	}

	/** The terms to look for in place of one word of a query, each with its weight. */
	#readings({ term, whole, stems, synonyms }: QueryWord): Map<string, { weight: number; open: boolean }> {
		const known = (part: string) => this.#vocabulary.has(part);
		const readings = new Map([[term, { weight: 1, open: !whole }]]);
		const add = (found: string, weight: number, open: boolean) => {
			if (!readings.has(found)) readings.set(found, { weight, open });
		};
		for (const found of stems) add(found, STEM_WEIGHT, found.length >= OPEN_STEM);
		for (const found of synonyms) add(found, SYNONYM_WEIGHT, false);
		if (!whole && !known(term))
			for (const found of compoundParts(term, known)) add(found, PART_WEIGHT, false);
		return readings;
	}

	/** Entries that fit, best first. */
	find(query: string): Hit[] {
		const asked = queryWords(query).map((word) => this.#readings(word));
		if (asked.length === 0) return [];
		const queries = asked.flatMap((readings) =>
			[...readings].map(([term, { weight, open }]) => lookFor(term, weight, open))
		);
		const hits = this.#index.search({ queries }).flatMap(({ id, score, terms, queryTerms }) => {
			const service = this.#services.get(String(id));
			if (!service) return [];
			const covered = asked.filter((readings) => queryTerms.some((term) => readings.has(term))).length;
			const share = (covered / asked.length) ** COVERAGE_POWER;
			const kind = service.kind === 'advice-point' ? ADVICE_POINT_WEIGHT : 1;
			return [{ service, score: score * share * kind, terms: new Set(terms) }];
		});
		hits.sort((a, b) => b.score - a.score);
		const least = (hits[0]?.score ?? 0) * NOISE;
		return hits.filter((hit) => hit.score >= least);
	}

	/** The query with its unknown words replaced by the nearest words of names and topics; undefined if none is near. */
	didYouMean(query: string): string | undefined {
		const unknown = fold(query.trim());
		if (unknown.length > LONGEST_SUGGESTED) return undefined;
		let best: { word: string; share: number } | undefined;
		for (const [folded, word] of this.#written) {
			if (folded.length < SUGGEST_FROM) continue;
			const limit = Math.floor(Math.max(folded.length, unknown.length) * SUGGEST_DISTANCE);
			const share = distance(unknown, folded, limit) / Math.max(folded.length, unknown.length);
			if (share <= SUGGEST_DISTANCE && share < (best?.share ?? 1)) best = { word, share };
		}
		return best?.word;
	}
}
