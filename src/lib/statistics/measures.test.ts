import { expect, it } from 'vitest';
import { missingOf } from './measures.ts';
import type { Table } from './question.ts';

const table = (counts: Record<string, number>): Table => ({
	by: ['residenceLength'],
	cells: Object.entries(counts).map(([name, contacts]) => ({ classes: [name], contacts }))
});

it('not asked and not known are told apart, and are missing together', () => {
	const { notAsked, notKnown, share } = missingOf(
		table({ '': 20, unknown: 5, '1-3': 60, 'over-5': 15 }),
		100
	);
	expect([notAsked, notKnown, share]).toEqual([20, 5, 0.25]);
	expect(missingOf(table({ 'not-stated': 1, female: 3 }), 4).share).toBe(0.25);
});

it('without a contact there is no share', () => {
	expect(missingOf(table({}), 0)).toEqual({ notAsked: 0, notKnown: 0, share: undefined });
});
