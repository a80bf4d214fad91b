import { BLOCK, blockStarts, readNumbers, writeNumbers, type Sections } from './bytes.ts';

/** The rising numbers of one key by level. What each of the levels means is said where a kind of key is made. */
export type Lists = readonly (readonly number[])[];

const LEVELS = 6;

/**
 * Writes the lists of keys 0, 1, 2 … in steps, how many bytes each takes, and by block how many bytes both take. The same lists stand there once, with
 * the first key that has them: the words of a sentence that many entries have stand in the same ones.
 */
export function writePostings(name: string, keys: readonly Lists[]): Record<string, Uint8Array> {
	const lengths: number[] = [];
	const steps: number[] = [];
	const blocks: number[] = [];
	const known = new Map<string, number>();
	keys.forEach((lists, key) => {
		const block = Math.floor(key / BLOCK) * 2;
		const text = JSON.stringify(lists);
		const same = lists.length > 0 ? (known.get(text) ?? key) : key;
		known.set(text, same);
		const written = same < key ? [] : Array.from(lists, (list) => writeSteps(list ?? []));
		const own = writeNumbers([
			same < key ? LEVELS + key - same : lists.length,
			...written.map(({ length }) => length)
		]);
		for (const byte of own) lengths.push(byte);
		for (const list of written) for (const byte of list) steps.push(byte);
		blocks[block] = (blocks[block] ?? 0) + own.length;
		blocks[block + 1] = written.reduce((sum, { length }) => sum + length, blocks[block + 1] ?? 0);
	});
	return {
		[`${name}Lengths`]: Uint8Array.from(lengths),
		[`${name}Steps`]: Uint8Array.from(steps),
		[`${name}Blocks`]: writeNumbers(blocks)
	};
}

const writeSteps = (list: readonly number[]) =>
	writeNumbers(list.map((value, at) => (at === 0 ? value : value - (list[at - 1] ?? 0) - 1)));

/** Reads the lists of one key at a time, where they lie. */
export class Postings {
	readonly #lengths: Uint8Array;
	readonly #steps: Uint8Array;
	/** Where each block begins in both. */
	readonly #lengthBlocks: Uint32Array;
	readonly #stepBlocks: Uint32Array;
	/** The key whose lengths are read next, where they are, and where its lists are. */
	#next = Infinity;
	#at = 0;
	#start = 0;
	/** By level: how many bytes the lists take of the key that was read last. */
	readonly #sizes = new Uint32Array(LEVELS);
	/** The list that was read last. */
	#list = new Uint32Array(1024);

	constructor(section: Sections, name: string) {
		const blocks = readNumbers(section(`${name}Blocks`));
		this.#lengths = section(`${name}Lengths`);
		this.#steps = section(`${name}Steps`);
		this.#lengthBlocks = blockStarts(blocks, 2, 0);
		this.#stepBlocks = blockStarts(blocks, 2, 1);
	}

	/**
	 * Calls with each list of a key, -1 has none, that has a weight by its level, with how many values it holds, and its weight. The values are to be read at once:
	 * the next list takes their place.
	 */
	each(
		key: number,
		weights: readonly number[],
		call: (values: Uint32Array, count: number, weight: number) => void
	): void {
		let start = this.#seek(key);
		for (let level = 0; level < weights.length; level += 1) {
			const size = this.#sizes[level] ?? 0;
			const weight = weights[level] ?? 0;
			if (size > 0 && weight > 0) {
				const count = this.#read(start, start + size);
				call(this.#list, count, weight);
			}
			start += size;
		}
	}

	/** Reads the lengths of a key's lists; answers where the lists begin. */
	#seek(key: number): number {
		const block = Math.floor(key / BLOCK);
		if (key < this.#next || block !== Math.floor(this.#next / BLOCK)) {
			this.#next = block * BLOCK;
			this.#at = this.#lengthBlocks[block] ?? this.#lengths.length;
			this.#start = this.#stepBlocks[block] ?? this.#steps.length;
		}
		for (;;) {
			const start = this.#start;
			const levels = this.#length();
			const isWanted = this.#next === key;
			this.#next += 1;
			if (levels > LEVELS) {
				if (isWanted) return this.#seek(key + LEVELS - levels);
				continue;
			}
			for (let level = 0; level < LEVELS; level += 1) {
				const size = level < levels ? this.#length() : 0;
				this.#sizes[level] = size;
				this.#start += size;
			}
			if (isWanted) return start;
		}
	}

	#length(): number {
		let byte = this.#lengths[this.#at++] ?? 0;
		let value = byte & 127;
		for (let shift = 7; byte > 127; shift += 7) {
			byte = this.#lengths[this.#at++] ?? 0;
			value |= (byte & 127) << shift;
		}
		return value;
	}

	/** Reads a list, answers how many values it holds. */
	#read(from: number, to: number): number {
		if (this.#list.length < to - from) this.#list = new Uint32Array(to - from);
		const [steps, list] = [this.#steps, this.#list];
		let count = 0;
		for (let at = from, value = 0; at < to; value += 1) {
			let byte = steps[at++] ?? 0;
			value += byte & 127;
			for (let shift = 7; byte > 127; shift += 7) {
				byte = steps[at++] ?? 0;
				value += (byte & 127) << shift;
			}
			list[count++] = value;
		}
		return count;
	}
}
