import { describe, expect, it } from 'vitest';
import { shareCost } from '#lib/statistics/cost-share.ts';
import type { Figures } from '#lib/statistics/question.ts';
import { centsOf, costQuery, membersOf, outside, readCostChoice, ruleOf } from './cost-choice.ts';

const read = (text: string) => readCostChoice(new URLSearchParams(text), '2026-11-26');
const cells = (counts: Record<string, number>) =>
	Object.entries(counts).map(([name, contacts]) => ({ classes: [name], contacts }));
const figures: Figures = {
	from: '2025-01-01',
	to: '2025-12-31',
	contacts: 100,
	tables: [
		{ by: ['municipality'], cells: cells({ '': 4, '140': 66, '263': 30 }) },
		{ by: ['clientMunicipality'], cells: cells({ '': 40, '140': 30, '263': 10, elsewhere: 15, unknown: 5 }) }
	]
};

const held = [{ municipality: '263', receptions: 1, told: 1, minutes: 90, languages: [] }];

describe('what is typed for the cost share', () => {
	it('is last year’s, by population, where nothing is chosen', () => {
		const choice = read('');
		expect(choice).toMatchObject({ year: '2025', by: 'population', cost: '' });
		expect([centsOf(choice), ruleOf(choice)]).toEqual([
			undefined,
			{ population: 100, desk: 0, residents: 0, hours: 0 }
		]);
	});

	it('comes back from the address as it was typed, right or wrong', () => {
		for (const text of [
			'year=2024&cost=52 340,50&by=desk',
			'cost=x&by=mixed&population=60&desk=y&residents=40&pop=140:20 500&pop=263:'
		])
			expect(read(costQuery(read(text)))).toEqual(read(text));
		expect(read('cost=52 340,50').cost).toBe('52 340,50');
	});

	it('is no rule with per cents that are none', () => {
		expect(ruleOf(read('by=mixed&population=60&desk=40&residents=0'))).toEqual({
			population: 60,
			desk: 40,
			residents: 0,
			hours: 0
		});
		expect(ruleOf(read('by=mixed&population=6o&desk=40&residents=0'))).toBeUndefined();
		expect(ruleOf(read('by=mixed&population=-60&desk=160'))).toBeUndefined();
	});

	it('makes the members, with the population that was typed or that is known', () => {
		const members = membersOf(read('pop=263:7 700'), ['140', '263'], figures, held);
		expect(members).toEqual([
			{ municipality: '140', population: 20_801, desk: 66, residents: 30, hours: 0 },
			{ municipality: '263', population: 7700, desk: 30, residents: 10, hours: 90 }
		]);
		expect(shareCost(5_000_000, members!, ruleOf(read('by=desk'))!)).toMatchObject([
			{ cents: 3_437_500 },
			{ cents: 1_562_500 }
		]);
		expect(membersOf(read('pop=263:noin 7000'), ['140', '263'], figures, held)).toBeUndefined();
	});

	it('says which contacts are in nobody’s share', () => {
		expect(outside(['140', '263'], figures)).toEqual({ noPlace: 4, others: 60 });
	});
});
