import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { readVisit, visitFault, visitFields } from './visit.ts';

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
	it('takes and leaves the same values as the schema by which an op is judged', () => {
		const value = fc.oneof(
			fc.constantFrom('work', 'unknown', '', '-a', 'ä', 'a'.repeat(64), 'a'.repeat(65), 'a\n'),
			fc.constantFrom('2026-11-21T10:00Z', '2026-11-21T10:00:00.123Z', '2026-13-01T10:00:00Z', '2026-02-03'),
			fc.array(fc.constantFrom<JsonValue>('work', 'housing.rent', '', 1, null, ['work']), { maxLength: 42 }),
			fc.constant(Array<JsonValue>(41).fill('work')),
			fc.jsonValue() as fc.Arbitrary<JsonValue>
		);
		const field = fc.constantFrom(...Object.keys(visitFields));
		const taken = { left: 0, kept: 0 };
		fc.assert(
			fc.property(field, value, (name, what) => {
				const left = Object.hasOwn(readVisit(id, { [name]: what }).rest, name);
				taken[left ? 'left' : 'kept'] += 1;
				expect(left).toBe(visitFault({ [name]: what }) === name);
			}),
			{ numRuns: 5000 }
		);
		expect(Math.min(taken.left, taken.kept)).toBeGreaterThan(300);
	});

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
