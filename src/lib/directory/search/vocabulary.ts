import { lettersOf, textOf } from './bytes.ts';

/** Longer terms are cut. */
export const LONGEST_TERM = 40;

/** The sorted terms and what a vocabulary of them is opened from. */
export function writeVocabulary(terms: Iterable<string>): {
	sorted: string[];
	sections: Record<'tails' | 'lengths' | 'shared', Uint8Array>;
} {
	const sorted = [...new Set(terms)].sort();
	const common = Uint8Array.from(sorted, (term, at) => shared(term, sorted[at - 1] ?? ''));
	const tails = sorted.map((term, at) => term.slice(common[at]));
	return {
		sorted,
		sections: {
			tails: lettersOf(tails.join('')),
			lengths: Uint8Array.from(sorted, ({ length }) => length),
			shared: common
		}
	};
}

function shared(a: string, b: string): number {
	let at = 0;
	while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
	// No half of a letter that has two.
	return at > 0 && /[\ud800-\udbff]/.test(a[at - 1] ?? '') ? at - 1 : at;
}

/** A term near another one, and how far: letters to change, add, drop or swap. */
export interface Near {
	term: number;
	distance: number;
	/** Letters of the term after the part that is near. */
	rest: number;
}

/** The terms of an index in their order. A term is known by its place. */
export class Vocabulary {
	readonly size: number;
	/** The letters of all terms; where each begins; how many it shares with the one before. */
	readonly #letters: Uint16Array;
	readonly #starts: Uint32Array;
	readonly #shared: Uint8Array;

	constructor(section: (name: string) => Uint8Array) {
		const lengths = section('lengths');
		this.size = lengths.length;
		this.#shared = section('shared');
		this.#starts = new Uint32Array(this.size + 1);
		for (let term = 0, at = 0; term < this.size; term += 1) this.#starts[term + 1] = at += lengths[term] ?? 0;
		this.#letters = new Uint16Array(this.#starts[this.size] ?? 0);
		const tails = textOf(section('tails'));
		for (let term = 0, tail = 0; term < this.size; term += 1) {
			const from = this.#starts[term] ?? 0;
			const to = from + (this.#shared[term] ?? 0);
			this.#letters.copyWithin(from, this.#starts[term - 1] ?? 0, (this.#starts[term - 1] ?? 0) + to - from);
			for (let at = to; at < (this.#starts[term + 1] ?? 0); at += 1)
				this.#letters[at] = tails.charCodeAt(tail++);
		}
	}

	text(term: number): string {
		return String.fromCharCode(...this.#letters.subarray(this.#starts[term], this.#starts[term + 1]));
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
		if (from === this.size || !this.text(from).startsWith(start)) return;
		for (let term = from; term < Math.min(this.size, from + most); term += 1) {
			if (term > from && (this.#shared[term] ?? 0) < start.length) return;
			call(term, this.#length(term) - start.length);
		}
	}

	#length(term: number): number {
		return (this.#starts[term + 1] ?? 0) - (this.#starts[term] ?? 0);
	}

	/**
	 * Terms whose beginning is at most `limit` mistakes away from a word and goes on for at most `rest` letters. What the terms
	 * before have reckoned for a common beginning is used again; where that is too far already, a term is passed over.
	 */
	near(word: string, limit: number, rest: number): Near[] {
		const width = word.length + 1;
		const rows = new Uint8Array((LONGEST_TERM + 1) * width).fill(99);
		for (let column = 0; column < width; column += 1) rows[column] = column;
		/** By depth: the least mistakes of the whole word up to here, and after how many letters. */
		const best = new Uint8Array(LONGEST_TERM + 1).fill(word.length);
		const bestAt = new Uint8Array(LONGEST_TERM + 1);
		const found: Near[] = [];
		/** Rows that hold; after the last one a longer beginning is too far, unless it is Infinity. */
		let known = 0;
		let dead = Infinity;
		for (let term = 0; term < this.size; term += 1) {
			const common = this.#shared[term] ?? 0;
			if (common < dead) {
				dead = Infinity;
				known = Math.min(known, common);
				const from = this.#starts[term] ?? 0;
				for (const length = this.#length(term); known < length && dead === Infinity;) {
					known += 1;
					if (this.#row(word, rows, from, known, limit) > limit) dead = known;
					const whole = rows[known * width + width - 1] ?? 99;
					const isBetter = whole < (best[known - 1] ?? 99);
					best[known] = isBetter ? whole : (best[known - 1] ?? 99);
					bestAt[known] = isBetter ? known : (bestAt[known - 1] ?? 0);
				}
			}
			const distance = best[known] ?? 99;
			const after = this.#length(term) - (bestAt[known] ?? 0);
			if (distance <= limit && after <= rest) found.push({ term, distance, rest: after });
		}
		return found;
	}

	/** One more row of the distances between the beginnings of a word and of a term; answers the least of it. */
	#row(word: string, rows: Uint8Array, from: number, depth: number, limit: number): number {
		const row = depth * (word.length + 1);
		const before = row - word.length - 1;
		const letter = this.#letters[from + depth - 1];
		const letterBefore = depth > 1 ? this.#letters[from + depth - 2] : -1;
		rows[row] = depth;
		let least = depth;
		// Further from the diagonal everything is too far.
		const first = Math.max(1, depth - limit);
		if (first > 1) rows[row + first - 1] = 99;
		const last = Math.min(word.length, depth + limit);
		for (let column = first; column <= last; column += 1) {
			const own = word.charCodeAt(column - 1);
			let cost = (rows[before + column - 1] ?? 99) + (own === letter ? 0 : 1);
			if (column < depth + limit) cost = Math.min(cost, (rows[before + column] ?? 99) + 1);
			cost = Math.min(cost, (rows[row + column - 1] ?? 99) + 1);
			if (column > 1 && own === letterBefore && word.charCodeAt(column - 2) === letter)
				cost = Math.min(cost, (rows[before - word.length + column - 3] ?? 99) + 1);
			rows[row + column] = cost;
			if (cost < least) least = cost;
		}
		if (last < word.length) rows[row + last + 1] = 99;
		return least;
	}
}
