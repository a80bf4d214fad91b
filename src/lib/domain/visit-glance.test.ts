import { describe, expect, it } from 'vitest';
import { glanceAt, isIncomplete } from './visit-glance.ts';

describe('a glance at a visit', () => {
	it('reads what lists show', () => {
		const values = { desk: 'a', language: 'ar', topics: ['work'], referrals: [{ to: 'kela' }] };
		expect(glanceAt(values)).toEqual({ desk: 'a', language: 'ar', topics: ['work'], referred: true });
	});

	it('takes values of another form for absent, and “not referred” for no referral', () => {
		expect(glanceAt({ desk: null, language: 5, topics: 'work', referrals: [{ to: 'none' }] })).toEqual({
			desk: null,
			language: undefined,
			topics: [],
			referred: false
		});
		expect(glanceAt({})).toEqual({ desk: null, language: undefined, topics: [], referred: false });
	});
});

it('a visit without topic or language is incomplete, not wrong', () => {
	expect(isIncomplete({ language: 'ar', topics: ['work'] })).toBe(false);
	expect(isIncomplete({ language: 'unknown', topics: ['work'] })).toBe(true);
	expect(isIncomplete({ language: undefined, topics: ['work'] })).toBe(true);
	expect(isIncomplete({ language: 'ar', topics: [] })).toBe(true);
});
