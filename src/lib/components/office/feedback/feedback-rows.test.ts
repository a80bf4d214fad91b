import { describe, expect, it } from 'vitest';
import { publishedFeedback } from '#lib/statistics/feedback-published.ts';
import { noAnswers, type FeedbackGroup } from '#lib/statistics/feedback.ts';
import {
	answerBars,
	feedbackTable,
	groupsIn,
	internalLines,
	NO_DESK,
	publicLines,
	sumOf
} from './feedback-rows.ts';

const group = (people: number, more: Partial<FeedbackGroup> = {}): FeedbackGroup => ({
	...noAnswers(),
	month: '2026-02',
	desk: 'a',
	language: 'ar',
	source: 'handed',
	people,
	help: { good: people - 1, 'so-so': 0, bad: 1, skipped: 0 },
	next: { yes: people, partly: 0, no: 0, skipped: 0 },
	own: { yes: people, partly: 0, no: 0, skipped: 0 },
	...more
});

const quarter = { from: '2026-01-01', to: '2026-03-31' };
const all = { source: '', desk: '' };
const names = new Map([['a', 'Vieremä, kirjasto']]);

describe('the figures of the feedback page', () => {
	const groups = [
		group(10),
		group(6, { month: '2026-03', language: null }),
		group(7, { source: 'code', desk: '' }),
		group(8, { source: 'revoked' }),
		group(9, { month: '2026-04' })
	];
	const people = (filter: typeof all) => groupsIn(groups, quarter, filter).map((one) => one.people);

	it('are of the months of the period, and of locked phones only where they are asked for', () => {
		expect(people(all)).toEqual([10, 6, 7]);
		expect(people({ ...all, source: 'code' })).toEqual([7]);
		expect(people({ ...all, source: 'revoked' })).toEqual([8]);
		expect(people({ ...all, desk: 'a' })).toEqual([10, 6]);
		expect(people({ ...all, desk: NO_DESK })).toEqual([7]);
	});

	it('are added up by class, the largest first, in words', () => {
		const shown = groupsIn(groups, quarter, all);
		const rows = (way: 'desk' | 'language' | 'both') =>
			feedbackTable(shown, way, names, 'fi').rows.map(({ label, cells }) => [label, cells[0]]);
		expect(rows('desk')).toEqual([
			['Vieremä, kirjasto', 16],
			['Ei pistettä', 7]
		]);
		expect(rows('language')).toEqual([
			['arabia', 17],
			['Useita kieliä yhdessä', 6]
		]);
		expect(rows('both')).toHaveLength(3);
		expect(answerBars(sumOf(shown), 'help').map(({ count }) => count)).toEqual([20, 0, 3, 0]);
	});

	it('say in the first line of a file what it is', () => {
		const [first, head, ...rest] = internalLines(groupsIn(groups, quarter, all), names, quarter, 'fi');
		expect(first).toEqual(['Sisäinen – ei julkaistavaksi', '2026-01-01', '2026-03-31']);
		expect(rest.every((line) => line.length === head!.length)).toBe(true);
	});

	it('that are published have no desk, and say which are hidden', () => {
		const lines = publicLines(publishedFeedback(groupsIn(groups, quarter, all)), quarter, 'fi');
		expect(lines[1]).toEqual(['Vastaajia', 23]);
		expect(JSON.stringify(lines)).not.toContain('Vieremä');
		expect(lines.find(([name]) => name === 'somali')?.[1]).toBe('..');
	});
});
