import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackQuestionIds, feedbackQuestions, SKIPPED } from '#lib/domain/feedback.ts';
import { addAnswers, feedbackOf, feedbackReport, noAnswers, type FeedbackSum } from './feedback.ts';

/** Sums of people of one kind, all of whom answered alike. */
const people = (count: number, kind: Partial<FeedbackSum> = {}, answer = 'good'): FeedbackSum[] =>
	feedbackQuestionIds.map((question) => ({
		month: '2026-01',
		desk: 'a',
		language: 'ar',
		source: 'handed' as const,
		...kind,
		question,
		answer: question === 'help' ? answer : SKIPPED,
		count
	}));

const shown = (sums: FeedbackSum[], running = '2026-07') => {
	const { groups, waiting, arrived } = feedbackOf(sums, running);
	return {
		groups: groups.map((group) => [group.month, group.desk, group.language, group.source, group.people]),
		waiting,
		arrived
	};
};

describe('what the office sees of feedback', () => {
	it('is nothing of the month that is under way but how many people answered', () => {
		expect(shown(people(12, { month: '2026-07' }))).toEqual({ groups: [], waiting: 0, arrived: 12 });
	});

	it('comes out in groups of five: fewer wait for those of the next months', () => {
		expect(shown([...people(3), ...people(2, { month: '2026-02' })])).toEqual({
			groups: [['2026-02', 'a', 'ar', 'handed', 5]],
			waiting: 0,
			arrived: 0
		});
	});

	it('comes together by desk at the end of a quarter, then from all desks, and never out of two ways of answering', () => {
		expect(shown([...people(3), ...people(2, { language: 'so' })]).groups).toEqual([
			['2026-03', 'a', null, 'handed', 5]
		]);
		expect(shown([...people(3), ...people(2, { desk: 'b' })]).groups).toEqual([
			['2026-03', null, null, 'handed', 5]
		]);
		expect(shown([...people(3), ...people(2, { source: 'code' })])).toMatchObject({ groups: [], waiting: 5 });
	});

	it('adds up to what was answered, in groups of five at least, and stays as it was when months are added', () => {
		const kind = fc.record({
			month: fc.constantFrom('2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-05'),
			desk: fc.constantFrom('', 'a', 'b'),
			language: fc.constantFrom('fi', 'ar', 'so'),
			source: fc.constantFrom('handed' as const, 'code' as const, 'revoked' as const)
		});
		const given = fc.array(fc.tuple(kind, fc.integer({ min: 1, max: 7 }), fc.constantFrom('good', 'bad')), {
			maxLength: 40
		});
		fc.assert(
			fc.property(given, (list) => {
				const sums = list.flatMap(([of, count, answer]) => people(count, of, answer));
				const report = feedbackOf(sums, '2026-05');
				expect(feedbackReport.safeParse({ ...report, desks: [] }).success).toBe(true);
				const all = noAnswers();
				for (const group of report.groups) {
					expect(group.people).toBeGreaterThanOrEqual(5);
					for (const question of feedbackQuestionIds)
						expect(
							[...feedbackQuestions[question], SKIPPED].reduce(
								(sum, answer) => sum + ((group[question] as Record<string, number>)[answer] ?? 0),
								0
							)
						).toBe(group.people);
					addAnswers(all, group);
				}
				const total = list.reduce((sum, [, count]) => sum + count, 0);
				expect(all.people + report.waiting + report.arrived).toBe(total);
				// A month that is over says the same for ever: whoever looks again learns nothing of those who came since.
				const earlier = feedbackOf(sums, '2026-02').groups;
				expect(report.groups.filter(({ month }) => month < '2026-02')).toEqual(earlier);
			})
		);
	});
});
