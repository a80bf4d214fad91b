import { describe, expect, it } from 'vitest';
import { languagesAt, offeredLanguages } from './language-order.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-03-06T09:32:00Z');
const visit = (daysAgo: number, desk: string | null, language: string) => ({
	at: now - daysAgo * DAY,
	glance: { desk, language, topics: [], referred: false }
});

describe('the languages offered', () => {
	it('are those of this desk in sixty days, most used first', () => {
		const visits = [
			visit(1, 'a', 'so'),
			visit(2, 'b', 'th'),
			visit(3, 'a', 'ar'),
			visit(4, 'a', 'ar'),
			visit(5, 'a', 'unknown'),
			visit(61, 'a', 'zh')
		];
		expect(languagesAt(visits, 'a', now)).toEqual(['ar', 'so']);
		expect(languagesAt(visits, null, now)).toEqual([]);
	});

	it('are filled up with the reception’s and then the usual ones, five in all', () => {
		expect(offeredLanguages(['ar', 'so'], ['fi', 'et'])).toEqual(['ar', 'so', 'fi', 'et', 'en']);
		expect(offeredLanguages([], [])).toEqual(['fi', 'en', 'ru', 'ar', 'uk']);
		expect(offeredLanguages(['a', 'b', 'c', 'd', 'e', 'f'], [])).toHaveLength(5);
	});
});
