import { expect, it } from 'vitest';
import { namesIn, reportBasis } from './basis.ts';

const basis = reportBasis.parse({
	from: '2026-03-01',
	to: '2026-03-31',
	advisers: [{ id: 'm1', name: 'Aino' }],
	desks: [{ id: 'd1', name: 'Kirjasto', municipality: '263' }],
	topics: [
		{ id: 'housing.own-4k2m', fi: 'Mökki', en: 'Cottage' },
		{ id: 'work.own-9x3p', sv: 'Bärplockning' }
	],
	planned: []
});

it('people, places and own topics are called by name, in the reader’s language or the one that there is', () => {
	const people = [
		['m1', 'Aino'],
		['d1', 'Kirjasto']
	];
	expect([...namesIn(basis, 'en')]).toEqual([
		...people,
		['housing.own-4k2m', 'Cottage'],
		['work.own-9x3p', 'Bärplockning']
	]);
	expect(namesIn(basis, 'sv').get('housing.own-4k2m')).toBe('Mökki');
});
