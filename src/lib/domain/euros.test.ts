import fc from 'fast-check';
import { expect, it } from 'vitest';
import { euros, readEuros } from './euros.ts';

it.each([
	['52340,50', 5_234_050],
	['52 340,5', 5_234_050],
	['52\u00a0340 €', 5_234_000],
	['0.07', 7],
	['0', 0],
	['-1', undefined],
	['1,234', undefined],
	['1.2.3', undefined],
	['tuhat', undefined],
	['', undefined],
	['1e5', undefined],
	['999999999999', undefined]
])('%j', (text, cents) => {
	expect(readEuros(text)).toBe(cents);
});

it('reads what it writes', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (cents) => {
			expect(readEuros(euros(cents, 'fi'))).toBe(cents);
		})
	);
});
