import { primaryLanguage } from '#lib/directory/fallback.ts';
import { finnishStem } from '#lib/directory/finnish.ts';
import { words } from '#lib/directory/fold.ts';
import { stem } from '#lib/directory/stems.ts';
import { isStopWord } from '#lib/directory/stop-words.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Service } from '#lib/domain/service.ts';
import { joinSections } from './bytes.ts';
import type { Concept } from './concepts.ts';
import { facetsOf } from './facets.ts';
import { LEVELS, writePostings, type Lists } from './postings.ts';
import { FORMAT, SearchIndex } from './search-index.ts';
import { writeVocabulary } from './vocabulary.ts';

/** Languages that write compounds in one word. */
const compounding = new Set(['fi', 'sv', 'et']);
/** Languages whose concept terms are looked for in the texts of services. */
const matched = new Set(['fi', 'sv', 'en']);
/** Shortest compound, and shortest end of one. */
const COMPOUND = 7;
const END = 4;
const ENDS = 3;

/** The words of a text that say something, folded. */
const termsOf = (text: string): string[] =>
	words(text)
		.flatMap(({ terms }) => terms)
		.filter((term) => !isStopWord(term));

/** The entries of each term by level, while an index is built. */
class Terms {
	readonly lists = new Map<string, number[][]>();
	/** Terms of languages that build compounds: of services, and of concepts. */
	readonly compounding = new Set<string>();
	readonly ends = new Set<string>();

	add(entry: number, level: number, terms: readonly string[]): void {
		for (const term of terms) {
			let lists = this.lists.get(term);
			if (!lists) this.lists.set(term, (lists = Array.from({ length: LEVELS }, () => [])));
			if (lists[level]?.at(-1) !== entry) lists[level]?.push(entry);
		}
	}

	addTexts(entry: number, level: number, texts: Texts | undefined): void {
		for (const [language, { text }] of Object.entries(texts ?? {})) {
			const terms = termsOf(text);
			this.add(entry, level, terms);
			if (compounding.has(primaryLanguage(language))) for (const term of terms) this.compounding.add(term);
		}
	}
}

function addService(terms: Terms, entry: number, service: Service): void {
	terms.addTexts(entry, 0, service.name);
	terms.addTexts(entry, 1, service.provider);
	for (const code of service.municipalities)
		for (const locale of ['fi', 'sv'] as const) terms.add(entry, 1, termsOf(municipalityName(code, locale)));
	for (const place of service.places ?? []) terms.addTexts(entry, 1, place.name);
	const { summary, description, eligibility, apply, bring, fees } = service;
	for (const texts of [summary, description, eligibility, apply, bring, fees])
		terms.addTexts(entry, 2, texts);
}

/** By term: the compounds of services that end with it. The end is known as a word of its own, in any form. */
function compoundEnds(sorted: readonly string[], { compounding: compounds, ends: others }: Terms): Lists[] {
	const forms = new Map<string, number>();
	const stemsOf = (word: string) =>
		[finnishStem(word), `${stem(word, 'sv')}~`].filter(({ length }) => length > END);
	sorted.forEach((term, at) => {
		if (!compounds.has(term) && !others.has(term)) return;
		for (const form of [term, ...stemsOf(term)]) if (!forms.has(form)) forms.set(form, at);
	});
	const asked = new Map<string, number | undefined>();
	const known = (word: string) => {
		if (asked.has(word)) return asked.get(word);
		const form = forms.has(word) ? word : stemsOf(word).find((one) => forms.has(one));
		const found = form === undefined ? undefined : forms.get(form);
		asked.set(word, found);
		return found;
	};
	const ends = new Map<number, number[]>();
	sorted.forEach((term, at) => {
		if (term.length < COMPOUND || !compounds.has(term)) return;
		let left = ENDS;
		for (let from = 3; from <= term.length - END && left > 0; from += 1) {
			const end = known(term.slice(from));
			if (end === undefined) continue;
			const head = term.slice(0, from);
			const isShort = term.length - from === END;
			if (isShort && known(head) === undefined && known(head.replace(/[sn]$/, '')) === undefined) continue;
			const of = ends.get(end);
			if (of) of.push(at);
			else ends.set(end, [at]);
			left -= 1;
		}
	});
	return sorted.map((_, at) => [ends.get(at) ?? []]);
}

interface Phrase {
	concept: number;
	language: string;
	terms: string[];
}

function phrasesOf(concepts: readonly Concept[]): Phrase[] {
	const seen = new Set<string>();
	return concepts.flatMap(({ terms }, concept) =>
		Object.entries(terms).flatMap(([language, written]) =>
			written.flatMap((text) => {
				const found = [...new Set(termsOf(text))];
				const key = `${concept} ${found.join(' ')}`;
				if (found.length === 0 || seen.has(key)) return [];
				seen.add(key);
				return [{ concept, language, terms: found }];
			})
		)
	);
}

/** Like with like: neighbours in the order of an index share words, which makes its lists short. */
export function inIndexOrder(services: readonly Service[]): Service[] {
	const key = ({ topics, name, id }: Service) =>
		`${topicGroupOf(topics[0] ?? '')} ${topics.join()} ${name.fi?.text ?? Object.values(name)[0]?.text ?? ''} ${id}`;
	return services
		.map((service) => ({ service, key: key(service) }))
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
		.map(({ service }) => service);
}

function idBytes(services: readonly Service[]): Uint8Array {
	const bytes = new Uint8Array(services.length * 16);
	services.forEach(({ id }, at) => {
		const hex = id.replaceAll('-', '');
		for (let index = 0; index < 16; index += 1)
			bytes[at * 16 + index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
	});
	return bytes;
}

const shortestName = ({ name }: Service) =>
	Math.min(255, ...Object.values(name).map(({ text }) => Math.max(1, termsOf(text).length)));

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
	const phrases = phrasesOf(concepts);
	const terms = new Terms();
	entries.forEach((service, entry) => addService(terms, entry, service));
	phrases.forEach((phrase, at) => {
		terms.add(entries.length + at, 0, phrase.terms);
		if (compounding.has(phrase.language)) for (const term of phrase.terms) terms.ends.add(term);
	});
	const { sorted, letters, sections } = writeVocabulary(terms.lists.keys());
	const total = entries.length + phrases.length;
	const postings = writePostings(
		sorted.map((term) => terms.lists.get(term) ?? []),
		total
	);
	const compounds = writePostings(compoundEnds(sorted, terms), sorted.length);
	const byFacet = new Map<string, number[]>();
	entries.forEach((service, entry) => {
		for (const facet of facetsOf(service)) {
			const list = byFacet.get(facet);
			if (list) list.push(entry);
			else byFacet.set(facet, [entry]);
		}
	});
	const facets = writePostings(
		[...byFacet.values()].map((list) => [list]),
		entries.length
	);
	const join = (leads: Lists[]) => {
		const led = writePostings(leads, entries.length);
		return joinSections(
			{
				format: FORMAT,
				letters,
				entries: entries.length,
				phrases: phrases.length,
				facets: [...byFacet.keys()]
			},
			{
				...sections,
				postingBlocks: postings.blocks,
				postingLists: postings.lists,
				compoundBlocks: compounds.blocks,
				compoundLists: compounds.lists,
				leadBlocks: led.blocks,
				leadLists: led.lists,
				facetBlocks: facets.blocks,
				facetLists: facets.lists,
				ids: withIds ? idBytes(entries) : new Uint8Array(),
				kinds: Uint8Array.from(entries, ({ kind }) => ['nationwide', 'local', 'advice-point'].indexOf(kind)),
				nameLengths: Uint8Array.from([
					...entries.map(shortestName),
					...phrases.map((phrase) => phrase.terms.length)
				]),
				phraseConcepts: new Uint8Array(Uint16Array.from(phrases, ({ concept }) => concept).buffer)
			}
		);
	};
	// What concepts lead to is found by asking the index itself.
	const ids = entries.map(({ id }) => id);
	const without = SearchIndex.open(join([]), ids);
	return join(leadsOf(without, entries, concepts, phrases));
}

/** By concept: the entries that it leads to, by level. */
function leadsOf(
	index: SearchIndex,
	entries: readonly Service[],
	concepts: readonly Concept[],
	phrases: readonly Phrase[]
): Lists[] {
	const named = concepts.map(() => new Set<number>());
	const said = concepts.map(() => new Set<number>());
	for (const { concept, language, terms } of phrases) {
		if (!matched.has(language)) continue;
		index.saying(terms, (entry, inName) => (inName ? named : said)[concept]?.add(entry));
	}
	const byTopic = new Map<string, number[]>();
	entries.forEach(({ topics }, entry) => {
		for (const topic of new Set(topics)) byTopic.set(topic, [...(byTopic.get(topic) ?? []), entry]);
	});
	const entryOf = new Map(entries.map(({ id }, entry) => [id, entry]));
	return concepts.map(({ topics, names = [] }, at) => {
		const first = named[at] ?? new Set();
		const texts = said[at] ?? new Set();
		for (const id of names) {
			const entry = entryOf.get(id);
			if (entry !== undefined) first.add(entry);
		}
		const ofTopic = new Set(topics.flatMap((topic) => byTopic.get(topic) ?? []));
		const levels = [
			[...first],
			[...ofTopic].filter((entry) => !first.has(entry) && texts.has(entry)),
			[...ofTopic].filter((entry) => !first.has(entry) && !texts.has(entry)),
			[...texts].filter((entry) => !first.has(entry) && !ofTopic.has(entry))
		];
		return levels.map((level) => level.sort((a, b) => a - b));
	});
}
