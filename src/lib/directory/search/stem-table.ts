import { stems } from '#lib/directory/stems.ts';
import { lettersOf, readNumbers, textOf, writeNumbers, type Sections } from './bytes.ts';
import { LONGEST_TERM, sharedLetters, type TermReader, type Vocabulary } from './vocabulary.ts';

/** Stems begin in one of so many places. */
const PLACES = 2 ** 17;
/** Stems are looked up among the terms that have so many first letters in common with them. */
const COMMON = 3;

const hashOn = (hash: number, letter: number) => Math.imul(hash ^ letter, 0x01000193);
const NOTHING = 0x811c9dc5;

/** A number for a text, or for one that goes on so behind another. */
function hashOf(text: string, before = NOTHING): number {
	let hash = before;
	for (let at = 0; at < text.length; at += 1) hash = hashOn(hash, text.charCodeAt(at));
	return hash;
}

/** How a stem is made of a term: whose it is, how many letters fall away, what comes in their place: `fi~2t`. */
function formOf(term: string, stem: string): string {
	const bare = stem.indexOf('~') + 1;
	const shared = sharedLetters(term, stem.slice(bare));
	return `${stem.slice(0, bare)}${term.length - shared}${stem.slice(bare + shared)}`;
}

interface Form {
	/** Whose the stem is, as a number. */
	mark: number;
	left: number;
	end: string;
}

function readForm(text: string): Form {
	const bare = text.indexOf('~') + 1;
	const left = Number.parseInt(text.slice(bare), 10);
	return { mark: hashOf(text.slice(0, bare)), left, end: text.slice(bare + String(left).length) };
}

const readForms = (text: string): Form[] => (text === '' ? [] : text.split(' ').map(readForm));

/**
 * Says of each of the sorted terms how its likeliest stems are made, one for each language that it was read in: the forms, the most frequent first;
 * by term the low and then the high bytes of the number of its form; how many stems there are, and in steps the terms of which one has not the
 * letters in common that stems are looked up by.
 */
export function writeStems(
	sorted: readonly string[],
	languagesOf: (term: string) => Iterable<string>
): Record<'forms' | 'formOf' | 'stems', Uint8Array> {
	const made = sorted.map((term) => {
		const own = [...languagesOf(term)].flatMap((language) => stems(term, language, 1));
		const form = own
			.map((stem) => formOf(term, stem))
			.sort()
			.join(' ');
		return { form, count: own.length };
	});
	const frequency = new Map<string, number>();
	for (const { form } of made) frequency.set(form, (frequency.get(form) ?? 0) + 1);
	const forms = [...frequency.keys()].sort((a, b) => (frequency.get(b) ?? 0) - (frequency.get(a) ?? 0));
	const numberOf = new Map(forms.map((form, number) => [form, number]));
	const numbers = made.map(({ form }) => numberOf.get(form) ?? 0);
	const strange = sorted.flatMap((term, at) =>
		readForms(made[at]?.form ?? '').some(({ left }) => term.length - left < COMMON) ? [at] : []
	);
	return {
		forms: lettersOf(forms.join('\n')),
		formOf: Uint8Array.from([
			...numbers.map((number) => number & 255),
			...numbers.map((number) => number >> 8)
		]),
		stems: writeNumbers([
			made.reduce((sum, { count }) => sum + count, 0),
			...strange.map((term, at) => term - (strange[at - 1] ?? 0))
		])
	};
}

/** Which terms have a stem. It is filled in as it is asked: with the terms that begin as the stem does. */
export class StemTable {
	readonly #vocabulary: Vocabulary;
	/** As they are written, and those that were read. */
	readonly #written: readonly string[];
	readonly #forms: Form[][] = [];
	readonly #formOf: Uint8Array;
	/** Terms of which a stem does not begin as they do. */
	readonly #strange: Uint32Array;
	/** Beginnings whose terms are in. */
	readonly #filled = new Set<string>();
	/** How many stems are in, numbered from 1 on. */
	#size = 0;
	/** By number: the stem's hash, its term, and the number before in the same place; by place the last number there. */
	readonly #hashes: Int32Array;
	readonly #terms: Int32Array;
	readonly #before: Int32Array;
	readonly #last = new Int32Array(PLACES);
	/** The hash of so many letters of the term that is read. */
	readonly #read = new Int32Array(LONGEST_TERM + 1).fill(NOTHING);

	constructor(section: Sections, vocabulary: Vocabulary) {
		const [size = 0, ...strange] = readNumbers(section('stems'));
		this.#vocabulary = vocabulary;
		this.#written = textOf(section('forms')).split('\n');
		this.#formOf = section('formOf');
		this.#strange = Uint32Array.from(strange);
		this.#hashes = new Int32Array(size + 1);
		this.#terms = new Int32Array(size + 1);
		this.#before = new Int32Array(size + 1);
	}

	/** Calls with the terms that have a stem; answers the first of them, or -1. */
	terms(stem: string, call?: (term: number) => void): number {
		const bare = stem.indexOf('~') + 1;
		this.#fill(stem.slice(bare, bare + COMMON));
		const hash = hashOn(hashOf(stem.slice(bare)), hashOf(stem.slice(0, bare)));
		let first = -1;
		for (let at = this.#last[hash & (PLACES - 1)] ?? 0; at > 0; at = this.#before[at] ?? 0) {
			if (this.#hashes[at] !== hash) continue;
			const term = this.#terms[at] ?? 0;
			first = first < 0 ? term : Math.min(first, term);
			call?.(term);
		}
		return first;
	}

	#fill(beginning: string): void {
		if (this.#filled.size === 0) {
			let term = 0;
			for (const step of this.#strange) this.#add(this.#vocabulary.at((term += step)), 0, true);
			this.#filled.add('');
		}
		if (this.#filled.has(beginning) || beginning.length < COMMON) return;
		this.#filled.add(beginning);
		let isFirst = true;
		this.#vocabulary.beginning(beginning, Infinity, (reader) => {
			this.#add(reader, isFirst ? 0 : reader.shared, false);
			isFirst = false;
		});
	}

	/** Puts in the stems of a term, those that begin as it does or those that do not; so many of its letters are those of the term before. */
	#add({ term, letters, length }: TermReader, shared: number, isStrange: boolean): void {
		for (let at = shared; at < length; at += 1)
			this.#read[at + 1] = hashOn(this.#read[at] ?? 0, letters[at] ?? 0);
		const form = (this.#formOf[term] ?? 0) | ((this.#formOf[this.#vocabulary.size + term] ?? 0) << 8);
		for (const { mark, left, end } of (this.#forms[form] ??= readForms(this.#written[form] ?? ''))) {
			if (length - left < COMMON !== isStrange) continue;
			const hash = hashOn(hashOf(end, this.#read[length - left]), mark);
			const place = hash & (PLACES - 1);
			this.#size += 1;
			this.#hashes[this.#size] = hash;
			this.#terms[this.#size] = term;
			this.#before[this.#size] = this.#last[place] ?? 0;
			this.#last[place] = this.#size;
		}
	}
}
