import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stems } from '#lib/directory/stems.ts';
import { StemTable, writeStems } from './stem-table.ts';
import { Vocabulary, writeTerms } from './vocabulary.ts';

const word = fc.oneof(
	fc.constantFrom('a', 'lupa', 'luvan', 'luvat', 'tuki', 'tuen', 'kurssit', 'asukas', 'asukkaan', 'yo'),
	fc.string({ unit: fc.constantFrom('a', 'i', 'k', 's', 't', 'u'), minLength: 1, maxLength: 7 }),
	fc.constantFrom('المساعدة', 'مساعدة', 'ребенка', 'ребенок')
);
const languages = fc.uniqueArray(fc.constantFrom('fi', 'sv', 'en', 'et', 'ar'), { minLength: 1 });

it('the table of stems knows every term by its likeliest stems, in whatever order it is asked', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(word, languages), { minLength: 1, maxLength: 120, size: 'max' }),
			fc.array(word, { maxLength: 20 }),
			(read, asked) => {
				const languagesOf = new Map(read);
				const sorted = [...languagesOf.keys()].sort();
				const own = sorted.map((term) => {
					const all = languagesOf.get(term) ?? [];
					return new Set(all.flatMap((language) => stems(term, language, 1)));
				});
				const sections: Record<string, Uint8Array> = {
					...writeTerms(sorted),
					...writeStems(sorted, (term) => languagesOf.get(term) ?? [])
				};
				const section = (name: string) => sections[name] ?? new Uint8Array();
				const table = new StemTable(section, new Vocabulary(section));
				for (const stem of asked.flatMap((one) => stems(one))) {
					const found = new Set<number>();
					const first = table.terms(stem, (term) => found.add(term));
					const wanted = sorted.flatMap((_, term) => (own[term]?.has(stem) ? [term] : []));
					expect([...found].sort((a, b) => a - b)).toEqual(wanted);
					expect(first).toBe(wanted[0] ?? -1);
				}
			}
		)
	);
});
