import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bases, byPopulation, shareCost, type CostRule, type Member, type Share } from './cost-share.ts';

const codes = ['140', '239', '263', '402', '595', '762', '925', '749'];
const amount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 700_000 }));
const members = fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 }).chain((chosen) =>
	fc.tuple(
		...chosen.map((municipality) =>
			fc.record<Member>({
				municipality: fc.constant(municipality),
				population: amount,
				desk: amount,
				residents: amount,
				hours: amount
			})
		)
	)
);
const cost = fc.integer({ min: 0, max: 10_000_000_000 });
const rule = fc
	.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
	.map((cuts): CostRule => {
		const [low = 0, middle = 0, high = 0] = cuts.sort((a, b) => a - b);
		return { population: low, desk: middle - low, residents: high - middle, hours: 100 - high };
	});
const shared = (cents: number, of: readonly Member[], by: CostRule): Share[] => {
	const shares = shareCost(cents, of, by);
	fc.pre(typeof shares !== 'string');
	return shares as Share[];
};
const sum = (shares: readonly Share[]) => shares.reduce((all, { cents }) => all + cents, 0);

describe('the cost of an adviser', () => {
	it('is divided to the last cent, whatever it is divided by', () => {
		fc.assert(
			fc.property(cost, members, rule, (cents, of, by) => {
				expect(sum(shared(cents, of, by))).toBe(cents);
			})
		);
	});

	it('is nobody’s to more or less than a cent beside their exact share', () => {
		fc.assert(
			fc.property(cost, members, rule, (cents, of, by) => {
				const shares = shared(cents, of, by);
				for (const share of shares) {
					const exact = bases.reduce((all, basis) => {
						if (by[basis] === 0) return all;
						const whole = of.reduce((total, member) => total + member[basis], 0);
						return all + (cents * by[basis] * share[basis]) / (100 * whole);
					}, 0);
					// The exact share is reckoned in floating point here, and only here.
					expect(Math.abs(share.cents - exact)).toBeLessThan(1 + 1e-5);
				}
			})
		);
	});

	it('does not hang on the order of the municipalities', () => {
		fc.assert(
			fc.property(cost, members, rule, (cents, of, by) => {
				expect(shareCost(cents, of.toReversed(), by)).toEqual(shareCost(cents, of, by));
			})
		);
	});

	it('is never less for a larger municipality, and nothing for one that has nothing', () => {
		fc.assert(
			fc.property(cost, members, (cents, of) => {
				const shares = shared(cents, of, byPopulation);
				for (const a of shares) {
					if (a.population === 0) expect(a.cents).toBe(0);
					for (const b of shares)
						if (a.population > b.population) expect(a.cents).toBeGreaterThanOrEqual(b.cents);
				}
			})
		);
	});

	it('is divided as one does it by hand', () => {
		const of = [
			{ municipality: '263', population: 2, desk: 1, residents: 0, hours: 0 },
			{ municipality: '140', population: 1, desk: 3, residents: 9, hours: 0 }
		];
		const cents = (by: CostRule) => (shareCost(100, of, by) as Share[]).map((share) => share.cents);
		expect(cents(byPopulation)).toEqual([33, 67]);
		expect(cents({ population: 0, desk: 100, residents: 0, hours: 0 })).toEqual([75, 25]);
		// Half of a third and half of three quarters: 54.17 cents.
		expect(cents({ population: 50, desk: 50, residents: 0, hours: 0 })).toEqual([54, 46]);
	});

	it('gives a cent that is left over to the lower code where both lost as much', () => {
		const of = codes
			.slice(0, 3)
			.map((municipality) => ({ municipality, population: 7, desk: 0, residents: 0, hours: 0 }));
		expect((shareCost(100, of, byPopulation) as Share[]).map(({ cents }) => cents)).toEqual([34, 33, 33]);
	});

	it('is not divided by nothing', () => {
		const of = [{ municipality: '140', population: 5, desk: 0, residents: 2, hours: 0 }];
		expect(shareCost(100, [], byPopulation)).toBe('no_members');
		expect(shareCost(100, of, { population: 50, desk: 50, residents: 0, hours: 0 })).toBe('desk');
		for (const population of [99, 101, 100.5, -1])
			expect(shareCost(100, of, { population, desk: 0, residents: 0, hours: 0 })).toBe('bad_rule');
	});
});
