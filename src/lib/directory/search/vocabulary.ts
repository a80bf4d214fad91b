import { ByteWriter } from './bytes.ts';

/** Terms a block holds; the first one is written in full, the others as what differs from the one before. */
const BLOCK = 16;
/** Longer terms are cut. */
const LONGEST_TERM = 40;
/** Announces a letter that has no byte of its own: two bytes follow. */
const ESCAPE = 255;

/** How a term is written in bytes: each frequent letter of the vocabulary has one, in the order of Unicode. */
class Alphabet {
	readonly letters: string;
	readonly #codes = new Map<number, number>();

	constructor(letters: string) {
		this.letters = letters;
		[...letters].forEach((letter, at) => this.#codes.set(letter.charCodeAt(0), at + 1));
	}

	static of(terms: Iterable<string>): Alphabet {
		const counts = new Map<string, number>();
		for (const term of terms)
			for (let at = 0; at < term.length; at += 1) {
				const unit = term.charAt(at);
				if (!/[\ud800-\udfff]/.test(unit)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
			}
		const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, ESCAPE - 1);
		return new Alphabet(
			frequent
				.map(([letter]) => letter)
				.sort()
				.join('')
		);
	}

	bytes(term: string): Uint8Array {
		const bytes: number[] = [];
		for (let at = 0; at < Math.min(term.length, LONGEST_TERM); at += 1) {
			const unit = term.charCodeAt(at);
			const code = this.#codes.get(unit);
			if (code === undefined) bytes.push(ESCAPE, unit >> 8, unit & 255);
			else bytes.push(code);
		}
		return Uint8Array.from(bytes);
	}

	text(bytes: Uint8Array, length: number): string {
		let text = '';
		for (let at = 0; at < length; at += 1) {
			const byte = bytes[at] ?? 0;
			if (byte === ESCAPE) {
				text += String.fromCharCode(((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0));
				at += 2;
			} else text += this.letters.charAt(byte - 1);
		}
		return text;
	}
}

function compare(a: Uint8Array, b: Uint8Array): number {
	const length = Math.min(a.length, b.length);
	for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0);
	return a.length - b.length;
}

function shared(a: Uint8Array, b: Uint8Array): number {
	let at = 0;
	while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
	return at;
}

/** The sorted terms and what a vocabulary of them is opened from. */
export function writeVocabulary(terms: Iterable<string>): {
	sorted: string[];
	letters: string;
	sections: Record<string, Uint8Array>;
} {
	const unique = new Set(terms);
	const alphabet = Alphabet.of(unique);
	const coded = [...unique].map((term) => ({ term, bytes: alphabet.bytes(term) }));
	coded.sort((a, b) => compare(a.bytes, b.bytes));
	const prefix = new Uint8Array(coded.length);
	const tail = new Uint8Array(coded.length);
	const blocks = new Uint32Array(Math.ceil(coded.length / BLOCK));
	const written = new ByteWriter();
	let before: Uint8Array = new Uint8Array();
	coded.forEach(({ bytes }, at) => {
		if (at % BLOCK === 0) blocks[at / BLOCK] = written.length;
		const same = at % BLOCK === 0 ? 0 : shared(before, bytes);
		prefix[at] = same;
		tail[at] = bytes.length - same;
		written.bytes(bytes.subarray(same));
		before = bytes;
	});
	return {
		sorted: coded.map(({ term }) => term),
		letters: alphabet.letters,
		sections: { prefix, tail, blocks: new Uint8Array(blocks.buffer), terms: written.done() }
	};
}

/** A term near another one, and how far: letters to change, add, drop or swap. */
export interface Near {
	term: number;
	distance: number;
	/** Letters of the term after the part that is near. */
	rest: number;
}

/** The terms of an index in their order, read where they lie. A term is known by its place. */
export class Vocabulary {
	readonly size: number;
	readonly #alphabet: Alphabet;
	readonly #prefix: Uint8Array;
	readonly #tail: Uint8Array;
	readonly #blocks: Uint32Array;
	readonly #terms: Uint8Array;
	/** The term that was read last. */
	readonly #word = new Uint8Array(3 * LONGEST_TERM);
	#length = 0;

	constructor(letters: string, section: (name: string) => Uint8Array) {
		this.#alphabet = new Alphabet(letters);
		this.#prefix = section('prefix');
		this.#tail = section('tail');
		const blocks = section('blocks');
		this.#blocks = new Uint32Array(blocks.buffer, blocks.byteOffset, blocks.length / 4);
		this.#terms = section('terms');
		this.size = this.#prefix.length;
	}

	/** Reads on from the term before, or from the start of a block; answers where the next one begins. */
	#step(term: number, at: number): number {
		const from = this.#prefix[term] ?? 0;
		const tail = this.#tail[term] ?? 0;
		for (let index = 0; index < tail; index += 1) this.#word[from + index] = this.#terms[at + index] ?? 0;
		this.#length = from + tail;
		return at + tail;
	}

	text(term: number): string {
		const first = term - (term % BLOCK);
		let at = this.#blocks[first / BLOCK] ?? 0;
		for (let index = first; index <= term; index += 1) at = this.#step(index, at);
		return this.#alphabet.text(this.#word, this.#length);
	}

	#compareHead(block: number, bytes: Uint8Array): number {
		const from = this.#blocks[block] ?? 0;
		return compare(this.#terms.subarray(from, from + (this.#tail[block * BLOCK] ?? 0)), bytes);
	}

	/** The first term that is not before these bytes. */
	#from(bytes: Uint8Array): number {
		let low = 0;
		let high = this.#blocks.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#compareHead(middle, bytes) < 0) low = middle + 1;
			else high = middle;
		}
		const first = Math.max(0, low - 1) * BLOCK;
		let at = this.#blocks[first / BLOCK] ?? 0;
		for (let term = first; term < Math.min(first + BLOCK, this.size); term += 1) {
			at = this.#step(term, at);
			if (compare(this.#word.subarray(0, this.#length), bytes) >= 0) return term;
		}
		return Math.min(first + BLOCK, this.size);
	}

	/** The place of a term, or -1. */
	find(text: string): number {
		const bytes = this.#alphabet.bytes(text);
		const term = this.#from(bytes);
		return term < this.size && this.text(term) === text.slice(0, LONGEST_TERM) ? term : -1;
	}

	/** Calls with each term that begins so, and its text, up to a number of terms. */
	beginning(start: string, most: number, each: (term: number, text: string) => void): void {
		const bytes = this.#alphabet.bytes(start);
		const from = this.#from(bytes);
		if (from >= this.size) return;
		const first = from - (from % BLOCK);
		let at = this.#blocks[first / BLOCK] ?? 0;
		for (let term = first; term < Math.min(this.size, from + most); term += 1) {
			at = this.#step(term, at);
			if (term < from) continue;
			if (this.#length < bytes.length || shared(this.#word, bytes) < bytes.length) return;
			each(term, this.#alphabet.text(this.#word, this.#length));
		}
	}

	/**
	 * Terms whose beginning is at most `limit` mistakes away from a word and goes on for at most `rest` letters. Terms that share
	 * a beginning which is too far already are passed over together.
	 */
	near(text: string, limit: number, rest: number): Near[] {
		// A letter that no term has is like none.
		const word = this.#alphabet
			.bytes(text)
			.filter((byte, at, all) => all[at - 1] !== ESCAPE && all[at - 2] !== ESCAPE);
		const width = word.length + 1;
		const rows = new Uint8Array((3 * LONGEST_TERM + 1) * width).map((_, at) => (at < width ? at : 0));
		const least = new Uint8Array(3 * LONGEST_TERM + 1);
		const best = new Uint8Array(3 * LONGEST_TERM + 1).fill(255);
		const bestAt = new Uint8Array(3 * LONGEST_TERM + 1);
		best[0] = word.length;
		const found: Near[] = [];
		const last = new Uint8Array(3 * LONGEST_TERM);
		let known = 0;
		for (let block = 0; block < this.#blocks.length; block += 1) {
			let at = this.#blocks[block] ?? 0;
			const end = Math.min((block + 1) * BLOCK, this.size);
			let dead = 255;
			for (let term = block * BLOCK; term < end; term += 1) {
				at = this.#step(term, at);
				const begin = this.#prefix[term] ?? 0;
				if (begin < dead) dead = 255;
				// Rows up to here were reckoned for a term that begins alike.
				let depth = dead === 255 ? 0 : dead;
				while (depth < known && depth < this.#length && last[depth] === this.#word[depth]) depth += 1;
				for (; dead === 255 && depth < this.#length; depth += 1) {
					if ((least[depth] ?? 0) > limit) {
						dead = depth;
						break;
					}
					last[depth] = this.#word[depth] ?? 0;
					this.#row(word, rows, depth + 1, width, least, best, bestAt);
				}
				known = Math.min(depth, this.#length);
				// What was near before it went too far still is.
				const distance = best[known] ?? 255;
				const after = this.#length - (bestAt[known] ?? 0);
				if (distance <= limit && after <= rest) found.push({ term, distance, rest: after });
			}
			// A block whose terms all begin with what is too far is not read at all.
			if (dead < 255 && (best[dead] ?? 255) > limit)
				while (block + 1 < this.#blocks.length && this.#headBegins(block + 1, last, dead)) block += 1;
		}
		return found;
	}

	/** Whether the block after this one begins with the same letters too, so that every term of this one does. */
	#headBegins(block: number, letters: Uint8Array, length: number): boolean {
		if (block + 1 >= this.#blocks.length) return false;
		for (const head of [block, block + 1]) {
			const from = this.#blocks[head] ?? 0;
			if ((this.#tail[head * BLOCK] ?? 0) < length) return false;
			for (let at = 0; at < length; at += 1) if (this.#terms[from + at] !== letters[at]) return false;
		}
		return true;
	}

	/** One more row of the distances between the beginnings of a word and of a term. */
	#row(
		word: Uint8Array,
		rows: Uint8Array,
		depth: number,
		width: number,
		least: Uint8Array,
		best: Uint8Array,
		bestAt: Uint8Array
	): void {
		const row = depth * width;
		const before = row - width;
		const letter = this.#word[depth - 1] ?? 0;
		rows[row] = depth;
		let smallest = depth;
		for (let column = 1; column < width; column += 1) {
			const same = word[column - 1] === letter ? 0 : 1;
			let cost = Math.min(
				(rows[before + column] ?? 0) + 1,
				(rows[row + column - 1] ?? 0) + 1,
				(rows[before + column - 1] ?? 0) + same
			);
			if (
				depth > 1 &&
				column > 1 &&
				word[column - 2] === letter &&
				word[column - 1] === this.#word[depth - 2]
			)
				cost = Math.min(cost, (rows[before - width + column - 2] ?? 0) + 1);
			rows[row + column] = cost;
			if (cost < smallest) smallest = cost;
		}
		least[depth] = smallest;
		const whole = rows[row + width - 1] ?? 255;
		const better = whole < (best[depth - 1] ?? 255);
		best[depth] = better ? whole : (best[depth - 1] ?? 255);
		bestAt[depth] = better ? depth : (bestAt[depth - 1] ?? 0);
	}
}
