import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PublishedFigures } from '#lib/statistics/published.ts';
import { publishedMissing, publishedRows, sumOfShown, type Shown } from './network-rows.ts';

const cells = (counts: Record<string, number | null>) =>
	Object.entries(counts).map(([name, contacts]) => ({ classes: [name], contacts }));

const answer: PublishedFigures = {
	published: true,
	from: '2026-07-01',
	to: '2026-09-30',
	contacts: 80,
	tables: [
		{ by: ['municipality'], cells: cells({ '140': 55, other: 20, '263': null }) },
		{ by: ['topicGroup'], cells: cells({ work: 55, housing: 35, health: null, '': 10 }) },
		{ by: ['language'], cells: cells({ ru: 25, ar: 40, fa: null, '': null }) },
		{
			by: ['residenceLength'],
			cells: cells({ '1-3': 40, 'under-1': 20, unknown: 10, other: null, '': null })
		}
	]
};
const withContacts = (contacts: number | null): PublishedFigures => ({ ...answer, contacts });

it('a hidden class has a name and no figure, the others stand the largest first', () => {
	const { shown, hidden } = publishedRows(answer, 'language', 'fi');
	expect(shown).toEqual([
		{ id: 'ar', label: 'arabia', count: 40 },
		{ id: 'ru', label: 'venäjä', count: 25 }
	]);
	expect(hidden).toEqual([
		{ id: 'fa', label: 'persia' },
		{ id: '', label: 'Muu kieli tai ei kysytty' }
	]);
	expect(publishedRows(answer, 'municipality', 'fi')).toEqual({
		shown: [
			{ id: '140', label: 'Iisalmi', count: 55 },
			{ id: 'other', label: 'Muu kunta tai ei paikkaa', count: 20 }
		],
		hidden: [{ id: '263', label: 'Kiuruvesi' }]
	});
	expect(publishedRows({ ...answer, tables: [] }, 'language', 'fi')).toEqual({ shown: [], hidden: [] });
});

it('what is missing is told only where all of it is shown, and of contacts enough', () => {
	expect(publishedMissing(answer, 'topicGroup')).toBe(10 / 80);
	expect(publishedMissing(withContacts(15), 'topicGroup')).toBe('hidden');
	expect(publishedMissing(withContacts(null), 'topicGroup')).toBe('hidden');
	// How many were not asked is hidden: those that are not known alone would look like all of it.
	expect(publishedMissing(answer, 'residenceLength')).toBe('hidden');
	expect(publishedMissing(answer, 'language')).toBeUndefined();
	expect(publishedMissing(answer, 'municipality')).toBeUndefined();
	expect(publishedMissing({ ...answer, tables: [] }, 'topicGroup')).toBe('hidden');
});

it('a sum over organisations is one of shown figures, and there is none where one is hidden or was not fetched', () => {
	const figure = fc.constantFrom<Shown>(0, 5, 40, null, undefined);
	fc.assert(
		fc.property(fc.array(figure), (figures) => {
			const numbers = figures.filter((one) => typeof one === 'number');
			expect(sumOfShown(figures)).toBe(
				numbers.length === figures.length && figures.length > 1
					? numbers.reduce((sum, one) => sum + one, 0)
					: undefined
			);
		})
	);
	expect(sumOfShown([40, null])).toBeUndefined();
	expect(sumOfShown([40, undefined])).toBeUndefined();
	expect(sumOfShown([40])).toBeUndefined();
	expect(sumOfShown([40, 0])).toBe(40);
});
