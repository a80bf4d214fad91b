import { describe, expect, it } from 'vitest';
import { publishedFeedback } from './feedback-published.ts';
import { noAnswers, type FeedbackGroup } from './feedback.ts';

const group = (
	language: string | null,
	help: Partial<FeedbackGroup['help']>,
	more: Partial<FeedbackGroup> = {}
): FeedbackGroup => {
	const none = noAnswers();
	const people = Object.values(help).reduce((sum, count) => sum + count, 0);
	return {
		month: '2026-01',
		desk: 'a',
		language,
		source: 'handed',
		people,
		help: { ...none.help, ...help },
		next: { ...none.next, yes: people },
		own: { ...none.own, yes: people },
		...more
	};
};

const row = (published: ReturnType<typeof publishedFeedback>, language: string) => {
	const found = published.languages.find((one) => one.language === language);
	return [found?.people, ...(found?.figures ?? []).map(({ figure }) => figure)];
};

describe('what may be published of feedback', () => {
	it('hides small figures, and what would give them back', () => {
		const published = publishedFeedback([
			group('ar', { good: 20, bad: 3 }),
			group('ru', { good: 30, 'so-so': 12, bad: 9 })
		]);
		expect(published.people).toBe(74);
		const arabic = row(published, 'ar');
		// The three who said "bad" cannot be worked out from the row, nor from the columns.
		expect(arabic[3]).toBeNull();
		const known = arabic.slice(1).filter((figure) => figure !== null);
		expect(known.length).toBeLessThan(3);
		for (const figure of [arabic, row(published, 'ru')].flat())
			if (figure !== null) expect(figure).toBeGreaterThanOrEqual(5);
	});

	it('names every language, whether anybody answered in it or not', () => {
		const published = publishedFeedback([group('ar', { good: 20 })]);
		expect(published.languages).toHaveLength(23);
		expect(row(published, 'so')[0]).toBeNull();
	});

	it('is nothing of fewer than five people, and nothing of phones that were locked out', () => {
		expect(publishedFeedback([group('ar', { good: 4 })]).people).toBeNull();
		const revoked = group('ar', { good: 40 }, { source: 'revoked' });
		expect(publishedFeedback([revoked]).people).toBeNull();
		expect(publishedFeedback([]).people).toBeNull();
	});

	it('is made in no time of a year of many languages', () => {
		const languages = ['fi', 'sv', 'en', 'ru', 'et', 'fr', 'es', 'ar', 'so', 'fa', 'th', 'uk'];
		const groups = languages.map((language, at) =>
			group(language, { good: 10 + at, 'so-so': at % 5, bad: at % 3, skipped: at % 2 })
		);
		const started = performance.now();
		publishedFeedback(groups);
		expect(performance.now() - started).toBeLessThan(5000);
	});
});
