import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { codeVisits } from './columns.ts';
import { count } from './count.ts';
import { factsOfValues } from '#lib/domain/visit-facts.ts';
import { waitingOf, waitingTables } from './waiting.ts';

const DAY = '2026-03-02';
const facts = factsOfValues({ at: `${DAY}T10:00:00Z` })!;
const waiting = (followUps: readonly string[], today = '2026-03-20') => {
	const visits = codeVisits(followUps.map((followUp) => ({ ...facts, followUp, adviser: '' })));
	const asked = { from: DAY, to: DAY, where: {}, tables: waitingTables.map((by) => [...by]) };
	return waitingOf(count(visits, asked), today);
};

it('a follow-up is overdue from the day after its day on', () => {
	expect(waiting(['', '2026-03-19', '2026-03-20', '2026-03-21', 'P4D'])).toEqual({
		all: 4,
		open: 2,
		overdue: 1,
		looked: 1,
		median: 4
	});
});

it('where nobody has looked there is no median', () => {
	expect(waiting(['', '2026-03-19']).median).toBeUndefined();
});

it('the median is the number in the middle, whatever the order of the classes', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1 }), (days) => {
			const sorted = days.toSorted((a, b) => a - b);
			const half = sorted.length / 2;
			const middle = Number.isInteger(half)
				? (sorted[half - 1]! + sorted[half]!) / 2
				: sorted[Math.floor(half)];
			const due = days.map((more) => addDays(DAY, more));
			expect(waiting([...due, ...days.map((one) => `P${one}D`)]).median).toBe(middle);
		})
	);
});
