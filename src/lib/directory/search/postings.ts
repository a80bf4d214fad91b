import { ByteReader, ByteWriter } from './bytes.ts';

/**
 * Levels of an entry in the lists of a key. Of a word: it stands in the name; in what the service belongs to (place, provider); in any
 * other text. Of a concept: the name says it; it is the topic and a text says it; it is the topic only; a text says it only.
 */
export const LEVELS = 4;

/** Of so many entries and more, one bit each is shorter than steps. */
const DENSE = 8;
/** A list is written once more rather than named, if it has no more bytes. */
const SHORT = 6;
/** Lists that share one known place. */
const BLOCK = 16;

/** Stands in the place of the length of a list: the same list lies where the next number says. No list is so short. */
const SAME = 1;

/** The entries of one key by level. */
export type Lists = readonly (readonly number[])[];

/** Writes the lists of keys 0, 1, 2 … */
export function writePostings(
	keys: readonly Lists[],
	entries: number
): Record<'blocks' | 'lists', Uint8Array> {
	const blocks = new Uint32Array(Math.ceil(keys.length / BLOCK));
	const all = new ByteWriter();
	// Words of one sentence that many entries have stand in the same ones.
	const known = new Map<string, number>();
	const decoder = new TextDecoder('latin1');
	keys.forEach((lists, key) => {
		if (key % BLOCK === 0) blocks[key / BLOCK] = all.length;
		const one = lists.some(({ length }) => length > 0) ? writeLists(lists, entries) : new Uint8Array();
		const text = decoder.decode(one);
		const same = one.length > SHORT ? known.get(text) : undefined;
		if (same !== undefined) {
			all.number(SAME);
			all.number(same);
			return;
		}
		known.set(text, all.length);
		all.number(one.length);
		all.bytes(one);
	});
	return { blocks: new Uint8Array(blocks.buffer), lists: all.done() };
}

function writeLists(lists: Lists, entries: number): Uint8Array {
	const written = new ByteWriter();
	const dense = (list: readonly number[]) => list.length * DENSE > entries;
	let flags = 0;
	lists.forEach((list, level) => {
		if (list.length > 0) flags |= 1 << level;
		if (dense(list)) flags |= 1 << (level + LEVELS);
	});
	written.byte(flags);
	for (const list of lists) {
		if (list.length === 0) continue;
		if (!dense(list)) {
			written.rising(list);
			continue;
		}
		const bits = new Uint8Array(Math.ceil(entries / 8));
		for (const entry of list) bits[entry >> 3] = (bits[entry >> 3] ?? 0) | (1 << (entry & 7));
		written.bytes(bits);
	}
	return written.done();
}

/** How well each entry fits, and which ones do at all. */
export class Fit {
	readonly of: Float32Array;
	readonly touched: number[] = [];

	constructor(entries: number) {
		this.of = new Float32Array(entries);
	}

	/** An entry beyond the last one is none of those that are asked for. */
	raise(entry: number, weight: number): void {
		const before = this.of[entry];
		if (before === undefined || weight <= before) return;
		if (before === 0) this.touched.push(entry);
		this.of[entry] = weight;
	}
}

/** Reads the lists of one key at a time, where they lie. */
export class Postings {
	readonly #blocks: Uint32Array;
	readonly #lists: Uint8Array;
	readonly #entries: number;

	constructor(blocks: Uint8Array, lists: Uint8Array, entries: number) {
		this.#blocks = new Uint32Array(blocks.buffer, blocks.byteOffset, blocks.length / 4);
		this.#lists = lists;
		this.#entries = entries;
	}

	/** Raises each entry of a key to the weight of its level. A level without weight is not read. */
	raise(key: number, weights: readonly number[], fit: Fit): void {
		const reader = new ByteReader(this.#lists, this.#blocks[Math.floor(key / BLOCK)] ?? 0);
		for (let index = key % BLOCK; index > 0; index -= 1) {
			const length = reader.number();
			if (length === SAME) reader.number();
			else reader.at += length;
		}
		const length = reader.number();
		if (length === 0) return;
		if (length === SAME) {
			reader.at = reader.number();
			reader.number();
		}
		const flags = reader.byte();
		for (let level = 0; level < LEVELS; level += 1) {
			if ((flags & (1 << level)) === 0) continue;
			const weight = weights[level] ?? 0;
			// The levels stand in the order of their weight, so what follows is not wanted either.
			if (weight === 0) return;
			if (flags & (1 << (level + LEVELS))) this.#raiseBits(reader, weight, fit);
			else reader.rising((entry) => fit.raise(entry, weight));
		}
	}

	#raiseBits(reader: ByteReader, weight: number, fit: Fit): void {
		for (let first = 0; first < this.#entries; first += 8) {
			const byte = reader.byte();
			if (byte === 0) continue;
			for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) fit.raise(first + bit, weight);
		}
	}
}
