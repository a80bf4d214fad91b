import { readNumbers, writeNumbers, type Sections } from './bytes.ts';

/** The rising numbers of one key by level. What each of the levels means is said where a kind of key is made. */
export type Lists = readonly (readonly number[])[];

const LEVELS = 4;

/**
 * Writes the lists of keys 0, 1, 2 … in steps, and how many bytes each takes. The same lists stand there once: the words of a sentence that many
 * entries have stand in the same ones.
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
			const bytes = writeNumbers(
				list.map((value, at) => (at === 0 ? value : value - (list[at - 1] ?? 0) - 1))
			);
			lengths.push(bytes.length);
			for (const byte of bytes) steps.push(byte);
		}
	});
	return { [`${name}Lengths`]: writeNumbers(lengths), [`${name}Steps`]: Uint8Array.from(steps) };
}

/** Reads the lists of one key at a time, where they lie. */
export class Postings {
	/** By key: where its lists are, and by level how many bytes they take. */
	readonly #starts: Uint32Array;
	readonly #lengths: Uint32Array;
	readonly #steps: Uint8Array;

	constructor(section: Sections, name: string, keys: number) {
		const written = readNumbers(section(`${name}Lengths`));
		const starts = new Uint32Array(keys);
		const lengths = new Uint32Array(keys * LEVELS);
		for (let key = 0, at = 0, start = 0; key < keys; key += 1) {
			const levels = written[at++] ?? 0;
			if (levels > LEVELS) {
				const same = key + LEVELS - levels;
				starts[key] = starts[same] ?? 0;
				lengths.copyWithin(key * LEVELS, same * LEVELS, (same + 1) * LEVELS);
				continue;
			}
			starts[key] = start;
			for (let level = 0; level < levels; level += 1)
				start += lengths[key * LEVELS + level] = written[at++] ?? 0;
		}
		[this.#starts, this.#lengths, this.#steps] = [starts, lengths, section(`${name}Steps`)];
	}

	/** Calls with what the lists of a key hold and the weight of its level; levels behind the last weight are not read. */
	each(
		key: number,
		weights: readonly number[],
		share: number,
		call: (value: number, weight: number) => void
	): void {
		const steps = this.#steps;
		let at = this.#starts[key] ?? 0;
		for (const [level, weight] of weights.entries()) {
			const end = at + (this.#lengths[key * LEVELS + level] ?? 0);
			for (let next = 0; at < end; next += 1) {
				for (let shift = 0, byte = 128; byte > 127; shift += 7) {
					byte = steps[at++] ?? 0;
					next += (byte & 127) << shift;
				}
				call(next, share * weight);
			}
		}
	}
}
