import { lettersOf, readNumbers, textOf, writeNumbers, type Sections } from './bytes.ts';

/** Longer terms are cut. */
export const LONGEST_TERM = 40;
/** How many letters a term has in common with the one before is said by one character that nobody types; more are said again. */
const MOST_SHARED = 31;
/** Longer words are not looked for with mistakes: their letters are bits of one number. */
const LONGEST_NEAR = 29;

/** Letters that two words have in common at their beginning. */
export function sharedLetters(a: string, b: string): number {
	let at = 0;
	while (at < MOST_SHARED && at < a.length && a[at] === b[at]) at += 1;
	// No half of a letter that has two.
	return /[\ud800-\udbff]/.test(a[at - 1] ?? '') ? at - 1 : at;
}

/** What a vocabulary of sorted terms is opened from. */
export function writeTerms(sorted: readonly string[]): Record<'terms' | 'sizes', Uint8Array> {
	const tails = sorted.map((term, at) => {
		const shared = sharedLetters(term, sorted[at - 1] ?? '');
		return String.fromCharCode(shared) + term.slice(shared);
	});
	const letters = sorted.reduce((sum, { length }) => sum + length, 0);
	return { terms: lettersOf(tails.join('')), sizes: writeNumbers([sorted.length, letters]) };
}

/** The terms of an index in their order. A term is known by its place. */
export class Vocabulary {
	readonly size: number;
	/** The letters of all terms; where each begins, and where the last ends; how many each shares with the one before. */
	readonly letters: Uint16Array;
	readonly starts: Uint32Array;
	readonly #shared: Uint8Array;

	constructor(section: Sections) {
		const text = textOf(section('terms'));
		const [size = 0, length = 0] = readNumbers(section('sizes'));
		const letters = new Uint16Array(length);
		const starts = new Uint32Array(size + 1).fill(length);
		const shared = new Uint8Array(size);
		for (let at = 0, term = 0, to = 0; at < text.length; at += 1) {
			const code = text.charCodeAt(at);
			if (code > MOST_SHARED) {
				letters[to++] = code;
				continue;
			}
			const from = starts[term - 1] ?? 0;
			for (let next = from; next < from + code; next += 1) letters[to + next - from] = letters[next] ?? 0;
			starts[term] = to;
			shared[term++] = code;
			to += code;
		}
		[this.size, this.letters, this.starts, this.#shared] = [size, letters, starts, shared];
	}

	text(term: number): string {
		return String.fromCharCode(...this.letters.subarray(this.starts[term], this.starts[term + 1]));
	}

	/** The first term that is not before this text. */
	#from(text: string): number {
		let low = 0;
		for (let high = this.size; low < high;) {
			const middle = (low + high) >> 1;
			if (this.text(middle) < text) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** The place of a term, or -1. */
	find(text: string): number {
		const place = this.#from(text);
		return place < this.size && this.text(place) === text ? place : -1;
	}

	/** Calls with each term that begins so, and how many letters it has more, up to a number of terms. */
	beginning(start: string, most: number, call: (term: number, more: number) => void): void {
		const from = this.#from(start);
		for (let term = from; term < Math.min(this.size, from + most); term += 1) {
			const text = this.text(term);
			if (!text.startsWith(start)) return;
			call(term, text.length - start.length);
		}
	}

	/**
	 * Calls with each term whose beginning is at most so many mistakes away from a word, letters to change, add, drop or swap; with how many, and how
	 * many letters the term goes on for. A bit of a state says that so many letters of the word fit what was read of a term; what a term has in
	 * common with the one before is not read again.
	 */
	near(word: string, limit: number, call: (term: number, mistakes: number, rest: number) => void): void {
		if (word.length > LONGEST_NEAR) return;
		const { letters, starts } = this;
		const masks = new Uint32Array(0x10000);
		for (let at = 0; at < word.length; at += 1)
			masks[word.charCodeAt(at)] = (masks[word.charCodeAt(at)] ?? 0) | (2 << at);
		const whole = 1 << word.length;
		/** By letters read, for each number of mistakes. Before the first letter so many of the word may be left out. */
		const width = limit + 1;
		const states = new Uint32Array((LONGEST_TERM + 1) * width);
		for (let mistakes = 0; mistakes < width; mistakes += 1) states[mistakes] = (2 << mistakes) - 1;
		/** Letters of the last term that are read; it is not read further where nothing fits any more. */
		let read = 0;
		let fits = true;
		for (let term = 0; term < this.size; term += 1) {
			const from = starts[term] ?? 0;
			const length = (starts[term + 1] ?? 0) - from;
			const shared = this.#shared[term] ?? 0;
			if (shared < read) [read, fits] = [shared, true];
			for (; fits && read < length; read += 1) {
				const own = masks[letters[from + read] ?? 0] ?? 0;
				const swapped = read > 0 ? (own << 1) & (masks[letters[from + read - 1] ?? 0] ?? 0) : 0;
				const at = (read + 1) * width;
				fits = false;
				for (let mistakes = 0; mistakes < width; mistakes += 1) {
					let state = ((states[at - width + mistakes] ?? 0) << 1) & own;
					if (mistakes > 0) {
						const less = states[at - width + mistakes - 1] ?? 0;
						state |= less | ((less | (states[at + mistakes - 1] ?? 0)) << 1);
						if (swapped !== 0) state |= ((states[at - 2 * width + mistakes - 1] ?? 0) << 2) & swapped;
					}
					states[at + mistakes] = state & (2 * whole - 1);
					if (states[at + mistakes] !== 0) fits = true;
				}
			}
			let least = width;
			let end = 0;
			for (let at = Math.max(0, word.length - limit); at <= read; at += 1)
				for (let mistakes = 0; mistakes < least; mistakes += 1)
					if ((states[at * width + mistakes] ?? 0) & whole) [least, end] = [mistakes, at];
			if (least < width) call(term, least, length - end);
		}
	}
}
