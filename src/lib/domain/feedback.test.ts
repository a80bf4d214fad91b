import { describe, expect, it } from 'vitest';
import { feedbackFault, saysSomething } from './feedback.ts';

const answer = {
	desk: '01980000-0000-7000-8000-000000000925',
	language: 'ar',
	help: 'good',
	next: 'partly',
	own: null
};

describe('an answer of a client', () => {
	it('is the desk, the language and three answers, each of which may be left out', () => {
		expect(feedbackFault(answer)).toBeUndefined();
		expect(feedbackFault({ ...answer, desk: null, help: null, next: null })).toBeUndefined();
	});

	it('is nothing else: no other answer, no language without questions, no desk that is no id', () => {
		expect(feedbackFault({ ...answer, help: 'yes' })).toBe('help');
		expect(feedbackFault({ ...answer, language: 'xx' })).toBe('language');
		expect(feedbackFault({ ...answer, desk: 'Vieremä' })).toBe('desk');
		const { own: _, ...short } = answer;
		expect(feedbackFault(short)).toBe('own');
	});

	it('says something as soon as one question was answered', () => {
		expect(saysSomething({ help: null, next: 'no', own: null })).toBe(true);
		expect(saysSomething({ help: null, next: null, own: null })).toBe(false);
	});
});
