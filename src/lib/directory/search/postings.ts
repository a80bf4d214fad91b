import { NumberReader, NumberWriter } from './bytes.ts';

/** The rising numbers of one key by level. What each of the four levels means is said where a kind of key is made. */
export type Lists = readonly (readonly number[])[];

/** A list begins with its length and its level. */
const LEVELS = 4;

/** Writes the lists of keys 0, 1, 2 … in steps; the same lists once: the words of a sentence that many entries have stand in the same ones. */
export function writePostings(keys: readonly Lists[]): Record<'lengths' | 'lists', Uint8Array> {
	const lengths = new NumberWriter();
	const all = new NumberWriter();
	const known = new Map<string, number>();
	keys.forEach((lists, key) => {
		const text = lists.map((list, level) => `${level}:${list.join()}`).join(' ');
		const same = known.get(text) ?? key;
		known.set(text, same);
		const from = all.length;
		if (same === key)
			lists.forEach((list, level) => {
				all.write(list.length * LEVELS + level);
				list.forEach((value, at) => all.write(at === 0 ? value : value - (list[at - 1] ?? 0) - 1));
			});
		lengths.write(same === key ? (all.length - from) * 2 : (key - same) * 2 + 1);
	});
	return { lengths: lengths.done(), lists: all.done() };
}

/** Reads the lists of one key at a time, where they lie. */
export class Postings {
	/** Where the lists of each key begin and end. */
	readonly #starts: Uint32Array;
	readonly #ends: Uint32Array;
	readonly #reader: NumberReader;

	constructor(keys: number, lengths: Uint8Array, lists: Uint8Array) {
		this.#starts = new Uint32Array(keys);
		this.#ends = new Uint32Array(keys);
		const reader = new NumberReader(lengths);
		for (let key = 0, at = 0; key < keys; key += 1) {
			const length = reader.read();
			const same = length & 1 ? key - (length >>> 1) : key;
			this.#starts[key] = same === key ? at : (this.#starts[same] ?? 0);
			this.#ends[key] = same === key ? (at += length >>> 1) : (this.#ends[same] ?? 0);
		}
		this.#reader = new NumberReader(lists);
	}

	/** Calls with what the lists of a key hold and the weight of its level. What follows a level without weight is not read. */
	each(
		key: number,
		weights: readonly number[],
		share: number,
		call: (value: number, weight: number) => void
	): void {
		const reader = this.#reader;
		reader.at = this.#starts[key] ?? 0;
		const end = this.#ends[key] ?? 0;
		while (reader.at < end) {
			const head = reader.read();
			const weight = share * (weights[head % LEVELS] ?? 0);
			if (weight === 0) return;
			for (let left = Math.floor(head / LEVELS), next = 0; left > 0; left -= 1) {
				const value = next + reader.read();
				call(value, weight);
				next = value + 1;
			}
		}
	}
}
