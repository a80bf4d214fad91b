import { primaryLanguage } from '#lib/directory/fallback.ts';
import { stems } from '#lib/directory/stems.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Service } from '#lib/domain/service.ts';
import { joinSections, writeNumbers } from './bytes.ts';
import type { Concept } from './concepts.ts';
import { facetsOf } from './facets.ts';
import { compounding, compoundLevel, Lookup, raise, type Readings } from './lookup.ts';
import { writePostings } from './postings.ts';
import { facetTerm, FORMAT, leadTerm, SearchIndex, termsOf } from './search-index.ts';
import { writeStems } from './stem-table.ts';
import { writeTerms } from './vocabulary.ts';

/** Languages whose concept terms are looked for in the names of services. */
const matched = new Set(['fi', 'sv', 'en']);
/** From here on a name says a word of a concept, and from here on it does so with a word of its own. */
const PART_OF_WORD = 0.5;
const WHOLE_WORD = 0.75;
/** An entry that a concept names. */
const CHOSEN = 2;

/** Adds a number to one of some lists of rising ones. */
function add(lists: number[][], level: number, value: number): void {
	const list = (lists[level] ??= []);
	if (list.at(-1) !== value) list.push(value);
}

/** By term, while an index is built: the entries that say it in the name, in what the service belongs to, in any other text; and in which languages. */
class Terms {
	readonly lists = new Map<string, number[][]>();
	readonly languages = new Map<string, Set<string>>();

	add(entry: number, level: number, terms: readonly string[], language: string): void {
		for (const term of terms) {
			if (!this.lists.has(term)) this.lists.set(term, []);
			add(this.lists.get(term) ?? [], level, entry);
			if (!this.languages.has(term)) this.languages.set(term, new Set());
			this.languages.get(term)?.add(language);
		}
	}

	addService(entry: number, service: Service): void {
		const { name, provider, municipalities, places = [], summary } = service;
		const { description, eligibility, apply, bring, fees } = service;
		const addTexts = (level: number, ...some: (Texts | undefined)[]) => {
			for (const [language, { text }] of some.flatMap((texts = {}) => Object.entries(texts)))
				this.add(entry, level, termsOf(text), primaryLanguage(language));
		};
		this.add(entry, 0, facetsOf(service).map(facetTerm), '');
		addTexts(0, name);
		addTexts(1, provider, ...places.map((place) => place.name));
		for (const code of municipalities)
			for (const locale of ['fi', 'sv'] as const)
				this.add(entry, 1, termsOf(municipalityName(code, locale)), locale);
		addTexts(2, summary);
		addTexts(3, description, eligibility, apply, bring, fees);
	}
}

/** By the first term that has a stem: the compounds among the sorted terms that begin with it, and those that end with it. */
function compoundsOf(sorted: readonly string[], terms: Terms, lookup: Lookup): number[][][] {
	const lists = sorted.map((): number[][] => []);
	const asked = new Map<string, string[]>();
	sorted.forEach((term, at) => {
		for (const language of compounding) {
			if (!terms.languages.get(term)?.has(language)) continue;
			const known = (part: string) => {
				const key = `${language} ${part}`;
				const stems = asked.get(key) ?? lookup.known(part, [language]);
				asked.set(key, stems);
				return stems;
			};
			lookup
				.parts(term, (part) => known(part).length > 0)
				.forEach((part, side) => {
					for (const stem of known(part))
						add(lists[lookup.stems.terms(stem)] ?? [], compoundLevel(stem) + side, at);
				});
		}
	});
	return lists;
}

interface Phrase {
	concept: number;
	language: string;
	terms: string[];
}

const phrasesOf = (concepts: readonly Concept[]): Phrase[] =>
	concepts.flatMap(({ terms }, concept) =>
		Object.entries(terms).flatMap(([language, written]) =>
			written
				.map((text) => ({ concept, language, terms: [...new Set(termsOf(text))] }))
				.filter(({ terms }) => terms.length > 0)
		)
	);

/** Like with like: neighbours in the order of an index share words, which makes its lists short. */
export function inIndexOrder(services: readonly Service[]): Service[] {
	const key = ({ topics, name, id }: Service) =>
		`${topicGroupOf(topics[0] ?? '')} ${topics.join()} ${name.fi?.text ?? Object.values(name)[0]?.text ?? ''} ${id}`;
	return services
		.map((service) => ({ service, key: key(service) }))
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
		.map(({ service }) => service);
}

const shortestName = ({ name }: Service) =>
	Math.min(255, ...Object.values(name).map(({ text }) => Math.max(1, termsOf(text).length)));

/** By entry: a number for its name without the place and the provider, the same for one service in many municipalities. */
function familiesOf(entries: readonly Service[]): number[] {
	const families = new Map<string, number>();
	return entries.map(({ name, provider, municipalities, topics }) => {
		const texts = (of: Texts = {}) => (of.fi ?? Object.values(of)[0])?.text ?? '';
		const places = municipalities.map((code) => municipalityName(code, 'fi'));
		const left = new Set(
			termsOf([texts(provider), ...places].join(' ')).flatMap((term) => stems(term, 'fi'))
		);
		const rest = termsOf(texts(name)).filter((term) => !stems(term, 'fi').some((stem) => left.has(stem)));
		const family = [...topics, ...rest].join(' ');
		if (!families.has(family)) families.set(family, families.size);
		return families.get(family) ?? 0;
	});
}

/**
 * Builds the search index of a directory: on the server when a pack is published, on the phone over what changed since.
 *
 * @param entries in the order of `inIndexOrder`; whoever opens the index says their ids
 * @param concepts what `concepts/` holds
 */
export function buildIndex(entries: readonly Service[], concepts: readonly Concept[]): Uint8Array {
	const phrases = phrasesOf(concepts);
	const terms = new Terms();
	entries.forEach((service, entry) => terms.addService(entry, service));
	phrases.forEach((phrase, at) => terms.add(entries.length + at, 0, phrase.terms, phrase.language));
	concepts.forEach((_, concept) => terms.lists.set(leadTerm(concept), []));
	const sorted = [...terms.lists.keys()].sort();
	const words: Record<string, Uint8Array> = {
		...writeTerms(sorted),
		...writeStems(sorted, (term) => terms.languages.get(term) ?? [])
	};
	const open = () => new Lookup((name) => words[name] ?? new Uint8Array());
	Object.assign(words, writePostings('compound', compoundsOf(sorted, terms, open())));
	const lookup = open();
	const naming = (term: string) => {
		const found: Readings = new Map();
		for (const [form, weight] of lookup.forms(term))
			for (const entry of terms.lists.get(sorted[form] ?? '')?.[0] ?? []) raise(found, entry, weight);
		return found;
	};
	leadsOf(entries, concepts, phrases, naming).forEach((levels, concept) =>
		terms.lists.set(leadTerm(concept), levels)
	);
	return joinSections(FORMAT, {
		...words,
		...writePostings(
			'term',
			sorted.map((term) => terms.lists.get(term) ?? [])
		),
		kinds: Uint8Array.from(entries, ({ kind }) => ['nationwide', 'local', 'advice-point'].indexOf(kind)),
		families: writeNumbers(familiesOf(entries)),
		nameLengths: Uint8Array.from([...entries.map(shortestName), ...phrases.map((one) => one.terms.length)]),
		phraseConcepts: writeNumbers(phrases.map(({ concept }) => concept))
	});
}

/** The search over some services. */
export function searchIndexOf(services: readonly Service[], concepts: readonly Concept[]): SearchIndex {
	const entries = inIndexOrder(services);
	return new SearchIndex(
		buildIndex(entries, concepts),
		entries.map(({ id }) => id)
	);
}

/** By concept: the entries that it leads to, by level. */
function leadsOf(
	entries: readonly Service[],
	concepts: readonly Concept[],
	phrases: readonly Phrase[],
	naming: (term: string) => Readings
): number[][][] {
	const entryOf = new Map(entries.map(({ id }, entry) => [id, entry]));
	/** By concept: how well one of its phrases stands in the name of an entry. */
	const said = concepts.map(
		({ names = [] }): Readings => new Map(names.map((id) => [entryOf.get(id) ?? -1, CHOSEN]))
	);
	for (const { concept, language, terms } of phrases) {
		if (!matched.has(language)) continue;
		const [first = new Map<number, number>(), ...others] = terms.map(naming);
		for (const [entry, weight] of first) {
			const least = Math.min(weight, ...others.map((found) => found.get(entry) ?? 0));
			if (least >= PART_OF_WORD) raise(said[concept] ?? new Map<number, number>(), entry, least);
		}
	}
	return concepts.map(({ topics }, concept) => {
		const levels: number[][] = [[], [], []];
		entries.forEach((service, entry) => {
			const weight = said[concept]?.get(entry) ?? 0;
			const how = [PART_OF_WORD, WHOLE_WORD, CHOSEN].filter((from) => weight >= from).length;
			const isOfTopic = topics.some((topic) => service.topics.includes(topic));
			// A whole word of the name, then the part of one, then the topic; a whole word also without the topic.
			levels[(isOfTopic ? [2, 1, 0, 0] : [-1, -1, 1, 0])[how] ?? -1]?.push(entry);
		});
		return levels;
	});
}
