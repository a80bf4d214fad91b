import { describe, expect, it } from 'vitest';
import { learnedTemplates, offeredTemplates } from './templates.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-03-06T09:32:00Z');
const visit = (daysAgo: number, language: string | undefined, ...topics: string[]) => ({
	at: now - daysAgo * DAY,
	glance: { desk: null, language, topics, referred: false }
});
const newestFirst = (visits: ReturnType<typeof visit>[]) => visits.sort((a, b) => b.at - a.at);

describe('learned templates', () => {
	it('come from the same language and topics three times in thirty days, in whichever order the topics were chosen', () => {
		const visits = newestFirst([
			visit(1, 'ar', 'permits', 'work'),
			visit(5, 'ar', 'work', 'permits'),
			visit(29, 'ar', 'permits', 'work'),
			visit(1, 'ru', 'work'),
			visit(2, 'ru', 'work')
		]);
		expect(learnedTemplates(visits, now)).toMatchObject([{ language: 'ar', count: 3 }]);
	});

	it('forget what is older than thirty days', () => {
		const visits = newestFirst([visit(1, 'ar', 'work'), visit(2, 'ar', 'work'), visit(31, 'ar', 'work')]);
		expect(learnedTemplates(visits, now)).toEqual([]);
	});

	it('are at most five, the most frequent first', () => {
		const visits = newestFirst(
			['a', 'b', 'c', 'd', 'e', 'f'].flatMap((topic, index) =>
				Array.from({ length: 3 + index }, (_, day) => visit(day + 1, 'fi', topic))
			)
		);
		expect(learnedTemplates(visits, now).map(({ topics }) => topics[0])).toEqual(['f', 'e', 'd', 'c', 'b']);
	});

	it('leave out visits that lack their language or their topic', () => {
		const visits = newestFirst(
			[1, 2, 3].flatMap((day) => [
				visit(day, 'unknown', 'work'),
				visit(day, undefined, 'work'),
				visit(day, 'ar')
			])
		);
		expect(learnedTemplates(visits, now)).toEqual([]);
	});
});

describe('what is offered', () => {
	const learned = (language: string, ...topics: string[]) => ({ language, topics, count: 3 });

	it('is first what the adviser keeps, then what was learned beyond it, five in all', () => {
		const own = [
			{ language: 'ar', topics: ['work', 'permits'] },
			{ language: 'ru', topics: ['money'] }
		];
		const more = [
			learned('ar', 'permits', 'work'),
			...['a', 'b', 'c', 'd'].map((topic) => learned('fi', topic))
		];
		const offered = offeredTemplates(own, more);
		expect(offered.slice(0, 2)).toEqual(own);
		expect(offered.slice(2).map(({ topics }) => topics[0])).toEqual(['a', 'b', 'c']);
	});
});
