import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vocabulary, writeTerms } from './vocabulary.ts';

const words = fc.array(
	fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ب', '语', '𐒖', '𐒗'), minLength: 1, maxLength: 9 }),
	{
		minLength: 1,
		maxLength: 300,
		size: 'max'
	}
);
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'z'), minLength: 1, maxLength: 8 });

function open(terms: readonly string[]) {
	const sorted = [...new Set(terms)].sort();
	const sections: Record<string, Uint8Array> = writeTerms(sorted);
	return { sorted, vocabulary: new Vocabulary((name) => sections[name] ?? new Uint8Array()) };
}

/** The same by the book: mistakes between a word and the beginning of a term that is nearest to it. */
function nearest(word: string, term: string): { distance: number; rest: number } {
	const rows = [...word, ''].map((_, i) => [...term, ''].map((__, j) => (i === 0 ? j : j === 0 ? i : 0)));
	const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
	for (let i = 1; i <= word.length; i += 1)
		for (let j = 1; j <= term.length; j += 1) {
			const same = word[i - 1] === term[j - 1] ? 0 : 1;
			const swapped = i > 1 && j > 1 && word[i - 1] === term[j - 2] && word[i - 2] === term[j - 1];
			const cost = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same];
			rows[i]![j] = Math.min(...cost, swapped ? at(i - 2, j - 2) + 1 : Infinity);
		}
	const whole = rows[word.length] ?? [];
	const distance = Math.min(...whole);
	return { distance, rest: term.length - whole.indexOf(distance) };
}

describe('a vocabulary', () => {
	it('keeps every term', () => {
		fc.assert(
			fc.property(words, (terms) => {
				const { sorted, vocabulary } = open(terms);
				expect(new Set(sorted)).toEqual(new Set(terms));
				expect(sorted.map((_, at) => vocabulary.text(at))).toEqual(sorted);
			})
		);
	});

	it('finds all that begin alike', () => {
		fc.assert(
			fc.property(words, word, (terms, start) => {
				const { sorted, vocabulary } = open(terms);
				const found: string[] = [];
				vocabulary.beginning(start, 1000, (reader) => {
					expect(vocabulary.text(reader.term)).toHaveLength(reader.length);
					found.push(reader.text());
				});
				expect(found).toEqual(sorted.filter((term) => term.startsWith(start)));
			})
		);
	});

	it('finds all that are near, and how near', () => {
		fc.assert(
			fc.property(words, word, fc.constantFrom(1 as const, 2 as const), (terms, typed, limit) => {
				const latin = terms.filter((term) => /^[abc]+$/.test(term));
				const { sorted, vocabulary } = open(latin);
				const near: { term: string | undefined; distance: number; rest: number }[] = [];
				vocabulary.near(typed, limit, (term, distance, more) =>
					near.push({ term: sorted[term], distance, rest: more })
				);
				const wanted = sorted
					.map((term) => ({ term, ...nearest(typed, term) }))
					.filter((one) => one.distance <= limit);
				expect(near).toEqual(wanted);
			}),
			{ numRuns: 300 }
		);
	});
});
