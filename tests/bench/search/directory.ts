import { municipalities, type Municipality } from '../../../src/lib/domain/municipalities.ts';
import type { Texts } from '../../../src/lib/domain/language-texts.ts';
import type { Service } from '../../../src/lib/domain/service.ts';
import { seeded } from '../../../src/lib/server/demo/random.ts';
import kindList from './kinds.json' with { type: 'json' };
import sentences from './sentences.json' with { type: 'json' };
import { drawSlots, drawSurname, genitive, pick, type Slots } from './vocabulary.ts';

/** A made-up directory of any size: every kind once for the whole country, and then its local variants. */

type Language = keyof typeof sentences;
type KindText = { name: string; summary: string; text: string };
type Kind = { key: string; topics: string[] } & Partial<Record<Language, KindText>>;

const kinds: readonly Kind[] = kindList;
const languages: readonly Language[] = ['fi', 'sv', 'en', 'ru'];
/** Words of one text, about. */
const TEXT_WORDS = 60;
/** How often a sentence that names a place, a house, a person or a group is drawn. */
const NAMING = 0.5;

/** The kind is in the first part of the id, the running number in the last; 0 is the nationwide entry. */
const idOf = (kind: number, number: number) =>
	`${kind.toString(16).padStart(8, '0')}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** Key of a kind → id of its nationwide entry. */
export const targets: ReadonlyMap<string, string> = new Map(kinds.map(({ key }, at) => [key, idOf(at, 0)]));

/** The kind of an entry, nationwide or local: a local variant of a wanted kind is a hit too. */
export function kindOf(id: string): string | undefined {
	return kinds[Number.parseInt(id.slice(0, 8), 16)]?.key;
}

const fill = (sentence: string, slots: Slots) => {
	const filled = sentence.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '');
	return filled.charAt(0).toUpperCase() + filled.slice(1);
};

const wordCount = (text: string) => text.split(/\s+/).length;

/** A name's first letter small inside a sentence, unless the word is a proper name or an abbreviation. */
const inside = (name: string) =>
	/^(?:Suomen (?:kansal|passi)|Kela|Seri|.[^\p{Ll}])/u.test(name)
		? name
		: name.charAt(0).toLowerCase() + name.slice(1);

function localName(language: Language, name: string, place: Municipality, by: string | undefined): string {
	if (by) return `${name}, ${by}`;
	if (language === 'fi') return `${genitive(place.fi)} ${inside(name)}`;
	if (language === 'sv') return `${name} i ${place.sv}`;
	return language === 'en' ? `${name} in ${place.fi}` : `${name}, ${place.fi}`;
}

const withNames = (language: Language) => sentences[language].filter((sentence) => sentence.includes('{'));
const naming: Readonly<Record<Language, string[]>> = {
	fi: withNames('fi'),
	sv: withNames('sv'),
	en: withNames('en'),
	ru: withNames('ru')
};

/** The kind's own sentences among others, in a drawn order, until the text is long enough. */
function localText(random: () => number, own: string, language: Language, place: Municipality, who: string) {
	const drawn = own.split(/(?<=\.)\s+/);
	let words = wordCount(own);
	while (words < TEXT_WORDS) {
		const sentence = fill(
			pick(random, random() < NAMING ? naming[language] : sentences[language]),
			drawSlots(random, language, place, random() < 0.5 ? who : drawSurname(random))
		);
		drawn.splice(Math.floor(random() * (drawn.length + 1)), 0, sentence);
		words += wordCount(sentence);
	}
	return drawn.join(' ');
}

type Part = Pick<Service, 'kind' | 'name' | 'summary' | 'description' | 'municipalities'> & Partial<Service>;

const service = (id: string, kind: Kind, part: Part): Service => ({
	id,
	links: [],
	phones: [],
	topics: kind.topics,
	serviceLanguages: [],
	critical: [],
	source: { title: 'Made up for measuring', date: '2026-11-26' },
	verified: null,
	mayHandOver: true,
	...part
});

const put = (texts: Texts, language: Language, text: string) => {
	texts[language] = { text, origin: 'written' };
};

function nationwide(kind: Kind, at: number): Service {
	const name: Texts = {};
	const summary: Texts = {};
	const description: Texts = {};
	for (const language of languages) {
		const own = kind[language];
		if (!own) continue;
		put(name, language, own.name);
		put(summary, language, own.summary);
		put(description, language, own.text);
	}
	return service(idOf(at, 0), kind, { kind: 'nationwide', name, summary, description, municipalities: [] });
}

function local(random: () => number, at: number, number: number): Service {
	const kind = kinds[at]!;
	const place = pick(random, municipalities());
	const who = drawSurname(random);
	const privately = random() < 0.2;
	const name: Texts = {};
	const summary: Texts = {};
	const description: Texts = {};
	const provider: Texts = {};
	const address: Texts = {};
	for (const language of languages) {
		const own = kind[language];
		if (!own) continue;
		put(name, language, localName(language, own.name, place, privately ? who : undefined));
		put(summary, language, own.summary);
		put(description, language, localText(random, own.text, language, place, who));
		put(provider, language, privately ? who : language === 'sv' ? place.sv : place.fi);
		const { street = '', no = '' } = drawSlots(random, language, place, who);
		put(address, language, `${street} ${no}`);
	}
	return service(idOf(at, number), kind, {
		kind: 'local',
		name,
		summary,
		description,
		provider,
		address,
		links: [{ url: `https://example.com/${number}`, language: 'fi' }],
		municipalities: [place.code]
	});
}

/** `count` entries, the same for the same seed; at least one of every kind, so never fewer than there are kinds. */
export function benchDirectory(count: number, seed: number): Service[] {
	const random = seeded(seed);
	const services = kinds.map(nationwide);
	for (let number = services.length; number < count; number += 1)
		services.push(local(random, number % kinds.length, number));
	return services;
}

/** Words to search for: of the names and summaries of one kind in one language, Finnish every second time. */
function drawWords(random: () => number): string[] {
	const kind = pick(random, kinds);
	const own = (random() < 0.5 ? undefined : kind[pick(random, languages)]) ?? kind.fi!;
	return `${own.name} ${own.summary}`.split(/[^\p{L}-]+/u).filter((word) => word.length > 3);
}

const QUERIES = 300;

function draw(seed: number, query: (random: () => number) => string): string[] {
	const random = seeded(seed);
	return Array.from({ length: QUERIES }, () => query(random));
}

/** The first two to six letters of a word, as they stand in the field while one types. */
export function prefixQueries(seed = 1): string[] {
	return draw(seed, (random) => pick(random, drawWords(random)).slice(0, 2 + Math.floor(random() * 5)));
}

/** A word with a letter left out, doubled or swapped with the next. */
export function typoQueries(seed = 2): string[] {
	return draw(seed, (random) => {
		const word = pick(random, drawWords(random));
		const at = 1 + Math.floor(random() * (word.length - 2));
		const letter = word.charAt(at);
		const next = word.charAt(at + 1);
		const slip = pick(random, [next, letter + letter + next, next + letter]);
		return word.slice(0, at) + slip + word.slice(at + 2);
	});
}

/** Two words of the same kind. */
export function twoWordQueries(seed = 3): string[] {
	return draw(seed, (random) => {
		const words = drawWords(random);
		return `${pick(random, words)} ${pick(random, words)}`;
	});
}
