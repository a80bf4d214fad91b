import { BLOCK, blockStarts, lettersOf, readNumbers, writeNumbers, type Sections } from './bytes.ts';

/** Longer terms are cut. */
export const LONGEST_TERM = 40;
/** How many letters a term has in common with the one before is said by one character that nobody types; more are said again. */
const MOST_SHARED = 31;
/** Longer words are not looked for with mistakes: their letters are bits of one number. */
const LONGEST_NEAR = 29;
/** Nor with more mistakes than these. */
const MOST_MISTAKES = 2;

/** Letters that two words have in common at their beginning. */
export function sharedLetters(a: string, b: string): number {
	let at = 0;
	while (at < MOST_SHARED && at < a.length && a[at] === b[at]) at += 1;
	// No half of a letter that has two.
	return /[\ud800-\udbff]/.test(a[at - 1] ?? '') ? at - 1 : at;
}

/** What a vocabulary of sorted terms is opened from; first how many they are. The first term of a block is written whole. */
export function writeTerms(sorted: readonly string[]): Record<'letters' | 'letterBlocks', Uint8Array> {
	const blocks: string[] = [];
	sorted.forEach((term, at) => {
		const shared = at % BLOCK === 0 ? 0 : sharedLetters(term, sorted[at - 1] ?? '');
		const block = Math.floor(at / BLOCK);
		blocks[block] = (blocks[block] ?? '') + String.fromCharCode(shared) + term.slice(shared);
	});
	return {
		letters: lettersOf(blocks.join('')),
		letterBlocks: writeNumbers([sorted.length, ...blocks.map((block) => lettersOf(block).length)])
	};
}

/** Reads terms one after the other where they lie. */
export class TermReader {
	/** The term that it stands at, its letters, how many they are, and how many of them are those of the term before. */
	term = -1;
	readonly letters = new Uint16Array(LONGEST_TERM);
	length = 0;
	shared = 0;
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** Goes to a term that is written whole, at this place. */
	goTo(term: number, at: number): void {
		[this.term, this.#at] = [term - 1, at];
		this.next();
	}

	/** Goes on to the next term; behind the last one there is an empty one. */
	next(): void {
		const bytes = this.#bytes;
		let at = this.#at;
		let length = bytes[at++] ?? 0;
		this.term += 1;
		this.shared = length;
		for (let code = bytes[at] ?? 0; code > MOST_SHARED; code = bytes[at] ?? 0) {
			at += 1;
			if (code > 127) {
				const more = code > 239 ? 3 : code > 223 ? 2 : 1;
				code &= 63 >> more;
				for (const end = at + more; at < end; at += 1) code = (code << 6) | ((bytes[at] ?? 0) & 63);
			}
			if (code > 0xffff) {
				this.letters[length++] = 0xd7c0 + (code >> 10);
				code = 0xdc00 | (code & 1023);
			}
			this.letters[length++] = code;
		}
		this.length = length;
		this.#at = at;
	}

	/** Goes on to the next term that has fewer letters in common with this one. */
	skip(shared: number): void {
		const bytes = this.#bytes;
		let at = this.#at;
		while ((bytes[at] ?? 0) >= shared) {
			do at += 1;
			while ((bytes[at] ?? 0) > MOST_SHARED);
			this.term += 1;
		}
		this.#at = at;
		this.next();
	}

	text(): string {
		let text = '';
		for (let at = 0; at < this.length; at += 1) text += String.fromCharCode(this.letters[at] ?? 0);
		return text;
	}

	/** Below 0 where its term is before a text in their order, 0 where it is that text. */
	compare(text: string): number {
		const most = Math.min(this.length, text.length);
		for (let at = 0; at < most; at += 1) {
			const more = (this.letters[at] ?? 0) - text.charCodeAt(at);
			if (more !== 0) return more;
		}
		return this.length - text.length;
	}

	startsWith(start: string): boolean {
		if (this.length < start.length) return false;
		for (let at = 0; at < start.length; at += 1) if (this.letters[at] !== start.charCodeAt(at)) return false;
		return true;
	}
}

/** The terms of an index in their order. A term is known by its place. */
export class Vocabulary {
	readonly size: number;
	readonly #bytes: Uint8Array;
	/** Where each block begins. */
	readonly #blocks: Uint32Array;
	/** For one term at a time. */
	readonly #reader: TermReader;
	/** By letter: its places in the word that is looked for as bits. All 0 between two words. */
	readonly #masks = new Uint32Array(0x10000);
	/** By letters read, for each number of mistakes. */
	readonly #states = new Uint32Array((LONGEST_TERM + 1) * (MOST_MISTAKES + 1));

	constructor(section: Sections) {
		const blocks = readNumbers(section('letterBlocks'));
		this.size = blocks[0] ?? 0;
		this.#bytes = section('letters');
		this.#blocks = blockStarts(blocks.subarray(1));
		this.#reader = new TermReader(this.#bytes);
	}

	/** A reader that stands at a term. */
	at(term: number, reader = new TermReader(this.#bytes)): TermReader {
		this.#goTo(reader, Math.floor(term / BLOCK));
		while (reader.term < term) reader.next();
		return reader;
	}

	text(term: number): string {
		return this.at(term, this.#reader).text();
	}

	#goTo(reader: TermReader, block: number): void {
		reader.goTo(block * BLOCK, this.#blocks[block] ?? this.#bytes.length);
	}

	/** A reader that stands at the first term that is not before this text, or behind the last. */
	from(text: string): TermReader {
		const reader = new TermReader(this.#bytes);
		let low = 0;
		for (let high = this.#blocks.length - 1; low < high;) {
			const middle = (low + high + 1) >> 1;
			this.#goTo(reader, middle);
			if (reader.compare(text) < 0) low = middle;
			else high = middle - 1;
		}
		this.#goTo(reader, low);
		while (reader.term < this.size && reader.compare(text) < 0) reader.next();
		return reader;
	}

	/** The place of a term, or -1. */
	find(text: string): number {
		const reader = this.from(text);
		return reader.term < this.size && reader.compare(text) === 0 ? reader.term : -1;
	}

	/** Calls with a reader at each term that begins so, up to a number of terms. */
	beginning(start: string, most: number, call: (reader: TermReader) => void): void {
		const reader = this.from(start);
		for (const end = Math.min(this.size, reader.term + most); reader.term < end; reader.next()) {
			if (reader.shared < start.length && !reader.startsWith(start)) return;
			call(reader);
		}
	}

	/**
	 * Calls with each term whose beginning is at most so many mistakes away from a word, letters to change, add, drop or swap; with how many, and how
	 * many letters the term goes on for. A bit of a state says that so many letters of the word fit what was read of a term; what a term has in
	 * common with the one before is not read again.
	 */
	near(word: string, limit: 1 | 2, call: (term: number, mistakes: number, rest: number) => void): void {
		if (word.length > LONGEST_NEAR) return;
		const [masks, states] = [this.#masks, this.#states];
		for (let at = 0; at < word.length; at += 1)
			masks[word.charCodeAt(at)] = (masks[word.charCodeAt(at)] ?? 0) | (2 << at);
		const whole = 1 << word.length;
		const width = limit + 1;
		// Before the first letter so many of the word may be left out.
		for (let mistakes = 0; mistakes < width; mistakes += 1) states[mistakes] = (2 << mistakes) - 1;
		/** Letters of the last term that are read; it is not read further where nothing fits any more. */
		let read = 0;
		let fits = true;
		const reader = this.at(0);
		const { letters } = reader;
		while (reader.term < this.size) {
			const { length, shared } = reader;
			if (shared < read) [read, fits] = [shared, true];
			for (; fits && read < length; read += 1) {
				const own = masks[letters[read] ?? 0] ?? 0;
				const swapped = read > 0 ? (own << 1) & (masks[letters[read - 1] ?? 0] ?? 0) : 0;
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
			if (least < width) call(reader.term, least, length - end);
			if (fits || least < width) reader.next();
			else reader.skip(read);
		}
		for (let at = 0; at < word.length; at += 1) masks[word.charCodeAt(at)] = 0;
	}
}
