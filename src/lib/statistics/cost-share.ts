/**
 * By what the adviser's cost is divided: residents on 31 December, contacts at the desks of a municipality, contacts of its residents, advisers' time at
 * receptions there (minutes, `held.ts`).
 */
export const bases = ['population', 'desk', 'residents', 'hours'] as const;
export type Basis = (typeof bases)[number];

/** A municipality that buys the service, with everything that its share may hang on. */
export interface Member extends Record<Basis, number> {
	/** Official code. */
	municipality: string;
}

/** How much of the cost each basis divides, in per cent; together 100. */
export type CostRule = Readonly<Record<Basis, number>>;

/** The Ylä-Savo model (docs/register.md): by population. */
export const byPopulation: CostRule = { population: 100, desk: 0, residents: 0, hours: 0 };

export interface Share extends Member {
	cents: number;
}

/**
 * `no_members`: nobody to divide among. `bad_rule`: the per cents do not make 100. A basis: it divides a part of the cost, and nobody has any of it.
 */
export type NoShare = 'no_members' | 'bad_rule' | Basis;

/**
 * Divides a cost to the cent. Everybody pays their exact share rounded down, and the cents that are left over go one each to those who lost most by
 * that (largest remainder); where two lost as much, to the one whose code is lower. So the sum is the cost, nobody is a cent off, and the order of the
 * municipalities changes nothing. It is reckoned in whole numbers.
 */
export function shareCost(cents: number, members: readonly Member[], rule: CostRule): Share[] | NoShare {
	if (members.length === 0) return 'no_members';
	const percents = bases.map((basis) => rule[basis]);
	if (percents.some((one) => !Number.isInteger(one) || one < 0) || percents.reduce((a, b) => a + b) !== 100)
		return 'bad_rule';
	const sums = new Map(bases.map((basis) => [basis, sumOf(members.map((member) => member[basis]))]));
	const used = bases.filter((basis) => rule[basis] > 0);
	const empty = used.find((basis) => sums.get(basis) === 0n);
	if (empty) return empty;
	// Each basis is brought to the same denominator, so that nothing is rounded before the end.
	const weightOf = (member: Member) =>
		sumOf(
			used.map((basis) => {
				const others = used.filter((other) => other !== basis).map((other) => sums.get(other) ?? 1n);
				return others.reduce((all, one) => all * one, BigInt(rule[basis]) * BigInt(member[basis]));
			})
		);
	const sorted = members.toSorted((a, b) => (a.municipality < b.municipality ? -1 : 1));
	const parts = divide(BigInt(cents), sorted.map(weightOf));
	return sorted.map((member, at) => ({ ...member, cents: Number(parts[at]) }));
}

function sumOf(numbers: readonly (number | bigint)[]): bigint {
	return numbers.reduce<bigint>((all, one) => all + BigInt(one), 0n);
}

/** Largest remainder; of equal ones the first. */
function divide(whole: bigint, weights: readonly bigint[]): bigint[] {
	const sum = sumOf(weights);
	const parts = weights.map((weight) => (whole * weight) / sum);
	const left = Number(whole - sumOf(parts));
	const byRemainder = weights
		.map((weight, at) => ({ at, remainder: (whole * weight) % sum }))
		.sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1));
	for (const { at } of byRemainder.slice(0, left)) parts[at]! += 1n;
	return parts;
}
