import { describe, expect, it } from 'vitest';
import { readVisit, visitFault } from './visit.ts';

const id = '019a0000-0000-7000-8000-000000000001';

describe('visitFault', () => {
	it('names the first field of the wrong form', () => {
		expect(visitFault({ at: '2026-11-21T10:00:00Z', topics: 'work' })).toBe('topics');
		expect(visitFault({ at: '1.2.2026' })).toBe('at');
		expect(visitFault({ [`notes/${id}`]: { text: 'x'.repeat(501), at: '2026-11-21T10:00:00Z' } })).toBe(
			`notes/${id}`
		);
	});

	it('keeps codes and fields of a newer version', () => {
		expect(visitFault({ topics: ['space-travel.moon'], mood: { a: 1 } })).toBeUndefined();
		expect(readVisit(id, { topics: ['space-travel.moon'], mood: { a: 1 } })).toMatchObject({
			topics: ['space-travel.moon'],
			rest: { mood: { a: 1 } }
		});
	});
});

describe('readVisit', () => {
	it('tells "not asked" from "unknown"', () => {
		const visit = readVisit(id, { residenceLength: 'unknown' });
		expect(visit.residenceLength).toBe('unknown');
		expect(visit.ageBand).toBeUndefined();
	});

	it('puts notes in the order they were written', () => {
		const note = (text: string, at: string) => ({ text, at });
		const visit = readVisit(id, {
			'notes/019a0000-0000-7000-8000-000000000002': note('later', '2026-11-21T11:00:00Z'),
			'notes/019a0000-0000-7000-8000-000000000003': note('first', '2026-11-21T10:00:00Z')
		});
		expect(visit.notes.map((entry) => entry.text)).toEqual(['first', 'later']);
	});
});
