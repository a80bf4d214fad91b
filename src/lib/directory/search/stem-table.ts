import { stems } from '#lib/directory/stems.ts';
import { lettersOf, readNumbers, textOf, writeNumbers, type Sections } from './bytes.ts';
import { sharedLetters, type Vocabulary } from './vocabulary.ts';

/** Stems begin in one of so many places. */
const PLACES = 2 ** 17;

const hashOn = (hash: number, letter: number) => Math.imul(hash ^ letter, 0x01000193);

/** A number for a text, or for one that goes on so behind another. */
function hashOf(text: string, before = 0x811c9dc5): number {
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

/** Says of each of the sorted terms how its likeliest stems are made, one for each language that it was read in. */
export function writeStems(
	sorted: readonly string[],
	languagesOf: (term: string) => Iterable<string>
): Record<'forms' | 'formOf', Uint8Array> {
	const forms = new Map<string, number>();
	const formOfTerm = sorted.map((term) => {
		const own = [...languagesOf(term)].flatMap((language) => stems(term, language)[0] ?? []);
		const form = own
			.map((stem) => formOf(term, stem))
			.sort()
			.join(' ');
		if (!forms.has(form)) forms.set(form, forms.size);
		return forms.get(form) ?? 0;
	});
	return { forms: lettersOf([...forms.keys()].join('\n')), formOf: writeNumbers(formOfTerm) };
}

/** Which terms have a stem. Each stem of each term has a number. */
export class StemTable {
	/** How many there are. */
	readonly size: number;
	/** By number: the stem's hash, its term, and the number before in the same place. */
	readonly #hashes: Int32Array;
	readonly #terms: Int32Array;
	readonly #before: Int32Array;
	/** By place: the last number there, or -1. */
	readonly #last = new Int32Array(PLACES).fill(-1);

	constructor(section: Sections, vocabulary: Vocabulary) {
		const forms = textOf(section('forms'))
			.split('\n')
			.map((form) =>
				[...form.matchAll(/(?<!\S)(\S+~)(\d+)(\S*)/g)].map(([, mark = '', left, end = '']) => ({
					mark: hashOf(mark),
					left: Number(left),
					end
				}))
			);
		const formOf = readNumbers(section('formOf'));
		this.size = formOf.reduce((count, form) => count + (forms[form]?.length ?? 0), 0);
		this.#hashes = new Int32Array(this.size);
		this.#terms = new Int32Array(this.size);
		this.#before = new Int32Array(this.size);
		const { letters, starts } = vocabulary;
		let number = 0;
		formOf.forEach((form, term) => {
			for (const { mark, left, end } of forms[form] ?? []) {
				let hash = mark;
				const to = (starts[term + 1] ?? 0) - left;
				for (let at = starts[term] ?? 0; at < to; at += 1) hash = hashOn(hash, letters[at] ?? 0);
				hash = hashOf(end, hash);
				const place = hash & (PLACES - 1);
				this.#hashes[number] = hash;
				this.#terms[number] = term;
				this.#before[number] = this.#last[place] ?? -1;
				this.#last[place] = number;
				number += 1;
			}
		});
	}

	/** Calls with the terms that have a stem; answers the number that the stem is known by, or -1. */
	terms(stem: string, call?: (term: number) => void): number {
		const hash = hashOf(stem);
		let found = -1;
		for (let at = this.#last[hash & (PLACES - 1)] ?? -1; at >= 0; at = this.#before[at] ?? -1) {
			if (this.#hashes[at] !== hash) continue;
			found = at;
			call?.(this.#terms[at] ?? -1);
		}
		return found;
	}
}
