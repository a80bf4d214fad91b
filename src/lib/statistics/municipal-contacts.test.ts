import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { toldContacts, type Told } from './municipal-contacts.ts';

/** Months by their number from 0: of 30 days each, as nobody looks at what they are called. */
const time = (first: number, last: number) => ({
	from: addDays('2026-01-01', first * 30),
	to: addDays('2026-01-01', (last + 1) * 30 - 1)
});
const said = (first: number, last: number, contacts: number | null): Told => ({
	...time(first, last),
	contacts
});

describe('contacts that are told of a time', () => {
	it('are said as they are, or that they are few, where nothing else was told', () => {
		expect([100, 5, 4, 0].map((contacts) => toldContacts([], time(0, 2), contacts))).toEqual([
			100,
			5,
			null,
			null
		]);
	});

	it('are not told where a small number could be reckoned out: of what is left, of what is between, of zero', () => {
		const months = [said(0, 0, 10), said(1, 1, null), said(2, 2, 12)];
		expect(toldContacts(months, time(0, 2), 25)).toBeUndefined();
		const two = [said(0, 0, 10), said(1, 1, 12)];
		expect([22, 23, 26, 27].map((all) => toldContacts(two, time(0, 2), all))).toEqual([
			undefined,
			undefined,
			undefined,
			27
		]);
		// A year less eleven months.
		const year = said(0, 11, 120);
		expect([8, 116].map((eleven) => toldContacts([year], time(0, 10), eleven))).toEqual([8, undefined]);
	});

	it('follow from what was told, whatever came late', () => {
		const months = [said(0, 0, 10), said(1, 1, 11), said(2, 2, 12)];
		expect(toldContacts(months, time(0, 2), 35)).toBe(33);
		expect(toldContacts([...months, said(0, 2, 33)], time(0, 0), 40)).toBe(10);
	});

	it('are told of twelve months after twelve months', () => {
		let told: Told[] = [];
		for (let month = 0; month < 24; month += 1) {
			const contacts = toldContacts(told, time(month, month + 11), 120 + month);
			expect(contacts).toBe(120 + month);
			told = [...told, said(month, month + 11, contacts!)];
		}
	});

	it('are few without saying so, where a larger number would not be told either', () => {
		// Of the last month the rest would be small.
		const told = [said(0, 2, 25), said(0, 0, 10)];
		expect([2, 12, 9].map((contacts) => toldContacts(told, time(1, 1), contacts))).toEqual([
			undefined,
			undefined,
			9
		]);
	});

	/** Every number of contacts by month that is in keeping with what was said; the reader, who tries them all. */
	function registers(
		months: number,
		told: readonly { first: number; last: number; contacts: number | null }[],
		most: number
	) {
		const found: number[][] = [];
		const next = (sofar: number[]) => {
			const fits = told.every(({ first, last, contacts }) => {
				if (first >= sofar.length) return true;
				const sum = sofar.slice(first, last + 1).reduce((all, one) => all + one, 0);
				const whole = last < sofar.length;
				if (contacts === null) return sum < 5;
				return whole ? sum === contacts : sum <= contacts;
			});
			if (!fits) return;
			if (sofar.length === months) found.push(sofar);
			else for (let here = 0; here <= most; here += 1) next([...sofar, here]);
		};
		next([]);
		return found;
	}

	const MONTHS = 4;
	const asked = fc
		.tuple(fc.nat({ max: MONTHS - 1 }), fc.nat({ max: MONTHS - 1 }))
		.map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));

	it('leave five numbers possible wherever one could be small: of every stretch of time that sheets mark off, however many are printed in whatever order', () => {
		let small = 0;
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 6 }), { minLength: MONTHS, maxLength: MONTHS }),
				fc.array(asked, { minLength: 2, maxLength: 6 }),
				(contacts, times) => {
					const sum = ({ first, last }: { first: number; last: number }) =>
						contacts.slice(first, last + 1).reduce((all, one) => all + one, 0);
					const told: { first: number; last: number; contacts: number | null }[] = [];
					for (const one of times) {
						const before = told.map(({ first, last, contacts }) => said(first, last, contacts));
						const number = toldContacts(before, time(one.first, one.last), sum(one));
						if (
							number === undefined ||
							told.some(({ first, last }) => first === one.first && last === one.last)
						)
							continue;
						told.push({ ...one, contacts: number });
					}
					const possible = registers(MONTHS, told, 20);
					const ends = [...new Set(told.flatMap(({ first, last }) => [first, last + 1]))].sort(
						(a, b) => a - b
					);
					for (const [at, from] of ends.entries())
						for (const to of ends.slice(at + 1)) {
							const numbers = new Set(
								possible.map((one) => one.slice(from, to).reduce((all, each) => all + each, 0))
							);
							const least = Math.min(...numbers);
							if (least >= 5) continue;
							small += 1;
							expect(numbers.size).toBeGreaterThanOrEqual(5);
						}
				}
			),
			{ numRuns: 60 }
		);
		expect(small).toBeGreaterThan(30);
	});
});
