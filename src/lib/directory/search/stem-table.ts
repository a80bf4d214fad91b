import { stems } from '#lib/directory/stems.ts';
import { lettersOf, readNumbers, textOf, writeNumbers, type Sections } from './bytes.ts';
import { sharedLetters, type Vocabulary } from './vocabulary.ts';

/** Stems begin in one of so many places. */
const PLACES = 2 ** 17;

const BASIS = 0x811c9dc5;
const hashOn = (hash: number, code: number) => Math.imul(hash ^ code, 0x01000193);

function hashOf(text: string, hash = BASIS): number {
	let on = hash;
	for (let at = 0; at < text.length; at += 1) on = hashOn(on, text.charCodeAt(at));
	return on;
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
	/** By number: the stem's hash, its term, and the number before in the same place. */
	readonly #hashes: number[] = [];
	readonly #terms: number[] = [];
	readonly #before: number[] = [];
	/** By place: the last number there, or -1. */
	readonly #last = new Int32Array(PLACES).fill(-1);

	constructor(section: Sections, vocabulary: Vocabulary) {
		const forms = textOf(section('forms'))
			.split('\n')
			.map((form) =>
				[...form.matchAll(/(\S+~)(\d+)(\S*)/g)].map(([, mark = '', left, end = '']) => ({
					mark: hashOf(mark),
					left: Number(left),
					end
				}))
			);
		readNumbers(section('formOf')).forEach((form, term) => {
			for (const { mark, left, end } of forms[form] ?? []) {
				let hash = mark;
				const kept = vocabulary.length(term) - left;
				for (let at = 0; at < kept; at += 1) hash = hashOn(hash, vocabulary.letter(term, at));
				hash = hashOf(end, hash);
				const place = hash & (PLACES - 1);
				this.#before.push(this.#last[place] ?? -1);
				this.#last[place] = this.#terms.push(term) - 1;
				this.#hashes.push(hash);
			}
		});
	}

	get size(): number {
		return this.#terms.length;
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
