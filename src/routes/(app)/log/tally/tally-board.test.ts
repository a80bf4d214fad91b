import { describe, expect, it } from 'vitest';
import { chosenBoard, fieldOf, tallied, usualBoard } from './tally-board.ts';

const now = Date.parse('2026-03-06T09:32:00Z');
const DAY = 86_400_000;
const visit = (days: number, desk: string | null, language: string, ...topics: string[]) => ({
	at: now - days * DAY,
	glance: { desk, language, topics, referred: false }
});

describe('the tally board', () => {
	it('begins with what this desk has used most, its rows in the order of the tiles', () => {
		const visits = [
			visit(0, 'a', 'so', 'other'),
			visit(1, 'a', 'so', 'housing.rent', 'other'),
			visit(2, 'b', 'ar', 'family'),
			visit(61, 'a', 'th', 'health')
		];
		const { languages, topics } = usualBoard(visits, 'a', now, ['uk']);
		expect(languages).toEqual(['so', 'uk', 'fi']);
		expect(topics).toHaveLength(6);
		expect(topics).toContain('housing');
		expect(topics.at(-1)).toBe('other');
	});

	it('takes any choice that leaves something to tap, four languages at most', () => {
		expect(
			chosenBoard({ languages: ['ar', 'ar', 'so', 'uk', 'ru', 'en'], topics: ['other', 'permits'] })
		).toEqual({
			languages: ['ar', 'so', 'uk', 'ru'],
			topics: ['permits', 'other']
		});
		expect(chosenBoard({ languages: [], topics: ['other'] })).toBeUndefined();
		expect(chosenBoard({ languages: ['ar'], topics: ['xyzzy'] })).toBeUndefined();
	});

	it('counts a field by the visits that say the same and nothing more', () => {
		const counts = tallied(
			[
				visit(0, null, 'ar', 'housing'),
				visit(0, null, 'ar', 'housing'),
				visit(0, null, 'ar', 'housing', 'family'),
				visit(0, 'a', 'ar', 'housing')
			],
			null
		);
		expect([...counts]).toEqual([[fieldOf('ar', 'housing'), 2]]);
	});
});
