import { describe, expect, it } from 'vitest';
import { feedbackLanguages } from '#lib/domain/feedback.ts';
import { feedbackByMachine, feedbackWord, feedbackWords } from './feedback-words.ts';

describe('the words of the feedback', () => {
	it.each(feedbackWords)('%s stands in every content language', (_, texts) => {
		expect(texts).toHaveLength(feedbackLanguages.length);
		for (const text of texts) expect(text.trim(), texts.join('|')).toBe(text);
		expect(texts.every((text) => text.length > 0)).toBe(true);
	});

	it('keep the three answers to a question apart in every language', () => {
		for (const language of feedbackLanguages)
			for (const answers of [
				['good', 'so-so', 'bad'],
				['yes', 'partly', 'no']
			] as const)
				expect(new Set(answers.map((one) => feedbackWord(one, language).text)).size, language).toBe(3);
	});

	it('are English where there are none, and say whose they are', () => {
		expect(feedbackWord('yes', 'hu')).toEqual({ text: 'Yes', language: 'en', dir: 'ltr' });
		expect(feedbackWord('yes', 'ar')).toMatchObject({ language: 'ar', dir: 'rtl' });
		expect([feedbackByMachine('ar'), feedbackByMachine('fi'), feedbackByMachine('hu')]).toEqual([
			true,
			false,
			false
		]);
	});
});
