import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { previousPeriod, unitOf } from './periods.ts';
import { publishedQuarter, publishedQuarters, publishedQuestion } from './published.ts';

const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2024-01-01', days));

it('the quarters that are offered are those that are answered, and the one after them is not', () => {
	fc.assert(
		fc.property(day, (today) => {
			const quarters = publishedQuarters(today, 5);
			expect(quarters.map((quarter) => publishedQuarter(publishedQuestion(quarter), today))).toEqual(
				quarters.map(({ from }) => unitOf(from, 'quarter'))
			);
			for (const [at, quarter] of quarters.slice(1).entries())
				expect(quarter).toEqual(previousPeriod(quarters[at]!));
			const [newest] = quarters;
			const from = addDays(newest!.to, 1);
			const after = { from, to: addDays(`${addDays(from, 93).slice(0, 7)}-01`, -1) };
			expect(previousPeriod(after)).toEqual(newest);
			expect(publishedQuarter(publishedQuestion(after), today)).toBeUndefined();
		})
	);
});

it('a quarter is offered two weeks after it is over', () => {
	expect(publishedQuarters('2026-10-14', 1)).toEqual([{ from: '2026-04-01', to: '2026-06-30' }]);
	expect(publishedQuarters('2026-10-15', 2)).toEqual([
		{ from: '2026-07-01', to: '2026-09-30' },
		{ from: '2026-04-01', to: '2026-06-30' }
	]);
});
