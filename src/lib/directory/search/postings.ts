import { readNumbers, writeNumbers, type Sections } from './bytes.ts';

/** The rising numbers of one key by level. What each of the levels means is said where a kind of key is made. */
export type Lists = readonly (readonly number[])[];

const LEVELS = 4;

/**
 * Writes the lists of keys 0, 1, 2 …: their lengths, then what they hold in steps. The same lists stand there once: the words of a sentence that
 * many entries have stand in the same ones.
 */
export function writePostings(name: string, keys: readonly Lists[]): Record<string, Uint8Array> {
	const lengths: number[] = [];
	const steps: number[] = [];
	const known = new Map<string, number>();
	keys.forEach((lists, key) => {
		const text = JSON.stringify(lists);
		const same = known.get(text);
		known.set(text, key);
		if (lists.length > 0 && same !== undefined) return void lengths.push(LEVELS + key - same);
		lengths.push(lists.length);
		for (const list of Array.from(lists, (list) => list ?? [])) {
			lengths.push(list.length);
			list.forEach((value, at) => steps.push(at === 0 ? value : value - (list[at - 1] ?? 0) - 1));
		}
	});
	return { [`${name}Lengths`]: writeNumbers(lengths), [`${name}Steps`]: writeNumbers(steps) };
}

/** Reads the lists of one key at a time, where they lie. */
export class Postings {
	/** By key: where its lists are, and by level their lengths. */
	readonly #starts: Uint32Array;
	readonly #lengths: Uint32Array;
	readonly #steps: Uint8Array;

	constructor(section: Sections, name: string, keys: number) {
		const written = readNumbers(section(`${name}Lengths`));
		this.#starts = new Uint32Array(keys);
		this.#lengths = new Uint32Array(keys * LEVELS);
		this.#steps = section(`${name}Steps`);
		for (let key = 0, at = 0, step = 0; key < keys; key += 1) {
			const levels = written[at++] ?? 0;
			if (levels > LEVELS) {
				const same = key + LEVELS - levels;
				this.#starts[key] = this.#starts[same] ?? 0;
				this.#lengths.copyWithin(key * LEVELS, same * LEVELS, (same + 1) * LEVELS);
				continue;
			}
			this.#starts[key] = step;
			let left = 0;
			for (let level = 0; level < levels; level += 1)
				left += this.#lengths[key * LEVELS + level] = written[at++] ?? 0;
			for (; left > 0; step += 1) if ((this.#steps[step] ?? 0) < 128) left -= 1;
		}
	}

	/** Calls with what the lists of a key hold and the weight of its level; levels behind the last weight are not read. */
	each(
		key: number,
		weights: readonly number[],
		share: number,
		call: (value: number, weight: number) => void
	): void {
		let at = this.#starts[key] ?? 0;
		for (const [level, weight] of weights.entries()) {
			let next = 0;
			for (let left = this.#lengths[key * LEVELS + level] ?? 0; left > 0; left -= 1) {
				for (let shift = 0, byte = 128; byte > 127; shift += 7) {
					byte = this.#steps[at++] ?? 0;
					next += (byte & 127) << shift;
				}
				call(next++, share * weight);
			}
		}
	}
}
