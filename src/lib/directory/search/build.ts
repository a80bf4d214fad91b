import { primaryLanguage } from '#lib/directory/fallback.ts';
import { stems } from '#lib/directory/stems.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Service } from '#lib/domain/service.ts';
import { bytesOf, joinSections, lettersOf, writeRising } from './bytes.ts';
import type { Concept } from './concepts.ts';
import { facetsOf } from './facets.ts';
import { compounding, partings, stemKey } from './lookup.ts';
import { writePostings, type Lists } from './postings.ts';
import { facetTerm, FORMAT, leadTerm, SearchIndex, termsOf } from './search-index.ts';
import { writeVocabulary } from './vocabulary.ts';

/** Languages whose concept terms are looked for in the texts of services. */
const matched = new Set(['fi', 'sv', 'en']);
/**
 * Stems of a part by which a compound is found, and places where it may be parted. More of them, and more than one stem of a whole term, found no
 * more of the query sets and cost a fifth of what travels: a query word has all its stems.
 */
const PART_STEMS = 2;
const PLACES = 2;
/** From here on a name says a concept with a word of its own. */
const WHOLE_WORD = 0.75;
/** An entry that a concept names. */
const CHOSEN = 2;

/** Lists of rising numbers by key and level. */
class Collected<Key> {
	readonly lists = new Map<Key, number[][]>();

	add(key: Key, level: number, value: number): void {
		let lists = this.lists.get(key);
		if (!lists) this.lists.set(key, (lists = []));
		const list = (lists[level] ??= []);
		if (list.at(-1) !== value) list.push(value);
	}
}

/** The entries of each term, while an index is built: it stands in the name, in what the service belongs to, in any other text. */
class Terms extends Collected<string> {
	/** In which languages a term was read. */
	readonly languages = new Map<string, Set<string>>();

	addTerms(entry: number, level: number, terms: readonly string[], language: string): void {
		for (const term of terms) {
			this.add(term, level, entry);
			const languages = this.languages.get(term);
			if (languages) languages.add(language);
			else this.languages.set(term, new Set([language]));
		}
	}

	addTexts(entry: number, level: number, texts: Texts | undefined): void {
		for (const [language, { text }] of Object.entries(texts ?? {}))
			this.addTerms(entry, level, termsOf(text), primaryLanguage(language));
	}

	addService(entry: number, service: Service): void {
		this.addTexts(entry, 0, service.name);
		this.addTexts(entry, 1, service.provider);
		for (const code of service.municipalities)
			for (const locale of ['fi', 'sv'] as const)
				this.addTerms(entry, 1, termsOf(municipalityName(code, locale)), locale);
		for (const place of service.places ?? []) this.addTexts(entry, 1, place.name);
		const { summary, description, eligibility, apply, bring, fees } = service;
		for (const facet of facetsOf(service)) this.add(facetTerm(facet), 0, entry);
		this.addTexts(entry, 2, summary);
		for (const texts of [description, eligibility, apply, bring, fees]) this.addTexts(entry, 3, texts);
	}
}

/** The terms of each stem: their likeliest, that of their end, that of their beginning. */
function stemsOf(sorted: readonly string[], languagesOf: ReadonlyMap<string, ReadonlySet<string>>) {
	const found = new Collected<number>();
	const keysOf = (term: string, language: string) => stems(term, language).map(stemKey);
	sorted.forEach((term, at) => {
		for (const language of languagesOf.get(term) ?? []) {
			const [key] = keysOf(term, language);
			if (key !== undefined) found.add(key, 0, at);
		}
	});
	const words = new Set(found.lists.keys());
	for (const language of compounding) {
		const asked = new Map<string, number[]>();
		const known = (part: string) => {
			let keys = asked.get(part);
			if (!keys)
				asked.set(
					part,
					(keys = keysOf(part, language)
						.slice(0, PART_STEMS)
						.filter((key) => words.has(key)))
				);
			return keys;
		};
		sorted.forEach((term, at) => {
			if (!languagesOf.get(term)?.has(language)) return;
			for (const { head, end } of partings(term, (part) => known(part).length > 0).slice(0, PLACES)) {
				for (const key of known(end)) found.add(key, 2, at);
				for (const key of known(head)) found.add(key, 3, at);
			}
		});
	}
	const keys = Uint32Array.from(found.lists.keys()).sort();
	return { keys, lists: [...keys].map((key) => found.lists.get(key) ?? []) };
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
function familiesOf(entries: readonly Service[]): Uint32Array {
	const families = new Map<string, number>();
	return Uint32Array.from(entries, ({ name, provider, municipalities, topics }) => {
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
 * @param services ids are UUIDs
 * @param concepts what `concepts/` holds
 * @param withIds false: whoever opens it says which ids its entries have, in the order of `inIndexOrder`
 */
export function buildIndex(
	services: readonly Service[],
	concepts: readonly Concept[],
	withIds = true
): Uint8Array {
	const entries = inIndexOrder(services);
	const ids = entries.map(({ id }) => id);
	const phrases = phrasesOf(concepts);
	const terms = new Terms();
	entries.forEach((service, entry) => terms.addService(entry, service));
	phrases.forEach((phrase, at) => terms.addTerms(entries.length + at, 0, phrase.terms, phrase.language));
	concepts.forEach((_, concept) => terms.lists.set(leadTerm(concept), []));
	const { sorted, sections } = writeVocabulary(terms.lists.keys());
	const { keys, lists } = stemsOf(sorted, terms.languages);
	const ofStems = writePostings(lists);
	const joined = () => {
		const ofTerms = writePostings(sorted.map((term) => terms.lists.get(term) ?? []));
		return joinSections(
			{ format: FORMAT },
			{
				...sections,
				termLengths: ofTerms.lengths,
				termLists: ofTerms.lists,
				stemKeys: writeRising(keys),
				stemLengths: ofStems.lengths,
				stemLists: ofStems.lists,
				ids: lettersOf(withIds ? ids.join('') : ''),
				kinds: Uint8Array.from(entries, ({ kind }) => ['nationwide', 'local', 'advice-point'].indexOf(kind)),
				families: bytesOf(familiesOf(entries)),
				nameLengths: Uint8Array.from([
					...entries.map(shortestName),
					...phrases.map((one) => one.terms.length)
				]),
				phraseConcepts: bytesOf(Uint32Array.from(phrases, ({ concept }) => concept))
			}
		);
	};
	// What concepts lead to is found by asking the index itself.
	leadsOf(SearchIndex.open(joined(), ids), entries, concepts, phrases).forEach((levels, concept) =>
		levels.forEach((led, level) => led.forEach((entry) => terms.add(leadTerm(concept), level, entry)))
	);
	return joined();
}

/** By concept: the entries that it leads to, by level. */
function leadsOf(
	index: SearchIndex,
	entries: readonly Service[],
	concepts: readonly Concept[],
	phrases: readonly Phrase[]
): Lists[] {
	const entryOf = new Map(entries.map(({ id }, entry) => [id, entry]));
	/** By concept: how well one of its phrases stands in the name of an entry; a little where only a text says it. */
	const said = concepts.map(({ names = [] }) => new Map(names.map((id) => [entryOf.get(id) ?? -1, CHOSEN])));
	for (const { concept, language, terms } of phrases)
		if (matched.has(language))
			index.saying(terms, (entry, weight) => {
				if (weight > (said[concept]?.get(entry) ?? 0)) said[concept]?.set(entry, weight);
			});
	return concepts.map(({ topics }, concept) => {
		const levels: number[][] = [[], [], [], []];
		entries.forEach((service, entry) => {
			const weight = said[concept]?.get(entry) ?? 0;
			const isOfTopic = topics.some((topic) => service.topics.includes(topic));
			// A whole word of the name, then the part of one; with the topic sooner than without.
			const level =
				weight >= WHOLE_WORD
					? isOfTopic || weight === CHOSEN
						? 0
						: 1
					: weight > 0
						? isOfTopic
							? 1
							: 3
						: 2;
			if (weight > 0 || isOfTopic) levels[level]?.push(entry);
		});
		return levels;
	});
}
