import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Postings, writePostings } from './postings.ts';

const list = fc.uniqueArray(fc.nat(40_000), { maxLength: 5 }).map((values) => values.sort((a, b) => a - b));
/** Few kinds of lists for many keys, so that the same ones come again. */
const keys = fc
	.array(fc.array(list, { maxLength: 6 }), { minLength: 1, maxLength: 8 })
	.chain((kinds) => fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 150, size: 'max' }));

function open(lists: readonly number[][][]): (key: number, weights: readonly number[]) => [number, number][] {
	const sections = writePostings('some', lists);
	const postings = new Postings((name) => sections[name] ?? new Uint8Array(), 'some');
	return (key, weights) => {
		const read: [number, number][] = [];
		postings.each(key, weights, (values, count, weight) =>
			read.push(...Array.from(values.subarray(0, count), (value) => [value, weight] as [number, number]))
		);
		return read;
	};
}

describe('postings', () => {
	it('answer with the lists of a key by level, in whatever order keys are asked', () => {
		fc.assert(
			fc.property(keys, fc.array(fc.nat(200), { maxLength: 30 }), (lists, asked) => {
				const read = open(lists);
				for (const key of asked.map((number) => number % lists.length)) {
					const wanted = (weights: number[]) =>
						weights.flatMap((weight, level) =>
							weight > 0 ? (lists[key]?.[level] ?? []).map((value) => [value, weight]) : []
						);
					for (const weights of [[6, 5, 4, 3, 2, 1], [0, 2], [1]])
						expect(read(key, weights)).toEqual(wanted(weights));
				}
			})
		);
	});

	it('have nothing of a key that is not there', () => {
		const read = open([[[1, 2]], [[3]]]);
		expect(read(0, [1])).toHaveLength(2);
		for (const key of [-1, 2, 99]) expect(read(key, [1])).toEqual([]);
	});

	it('read a list that is longer than any before', () => {
		const long = Array.from({ length: 5000 }, (_, at) => at * 2);
		expect(open([[long]])(0, [1]).map(([value]) => value)).toEqual(long);
	});
});
