import { describe, expect, it } from 'vitest';
import { stopsBetween } from '#lib/domain/stops.ts';
import { minutesHeld, namesIn, reportBasis } from './basis.ts';

const basis = reportBasis.parse({
	from: '2026-03-01',
	to: '2026-03-31',
	advisers: [{ id: 'm1', name: 'Aino' }],
	desks: [{ id: 'd1', name: 'Kirjasto', municipality: '263' }],
	topics: [
		{ id: 'housing.own-4k2m', fi: 'Mökki', en: 'Cottage' },
		{ id: 'work.own-9x3p', sv: 'Bärplockning' }
	],
	held: []
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

describe('hours of receptions', () => {
	const reception = (start: string, end: string) => {
		const desk = '019a0000-0000-7000-8000-000000000001';
		return { id: start, desk, start, end, rule: null, except: [], languages: [] };
	};
	const minutes = (...receptions: ReturnType<typeof reception>[]) =>
		minutesHeld(stopsBetween(receptions, '2026-03-01', '2026-03-31'));

	it('are summed, over midnight and over the change of the clock', () => {
		expect(minutes(reception('2026-03-06T10:00', '2026-03-06T12:30'))).toBe(150);
		expect(minutes(reception('2026-03-06T22:00', '2026-03-07T01:00'))).toBe(180);
		expect(minutes(reception('2026-03-28T22:00', '2026-03-29T05:00'))).toBe(360);
	});

	it('are not taken away by one that ends before it begins', () => {
		const wrong = reception('2026-03-06T12:00', '2026-03-06T09:00');
		expect(minutes(wrong)).toBe(0);
		expect(minutes(wrong, reception('2026-03-07T12:00', '2026-03-07T13:00'))).toBe(60);
	});
});
