import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { lacksConsent, readFields, readVisit, visitFault, visitFields } from './visit.ts';

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

describe('a client’s card', () => {
	const card = 'ACDEFHJKMPRT';
	const consent = { language: 'ar', text: 'fi-0123456789ab', on: '2026-11-28', how: 'interpreted' };

	it('is written with its client’s consent or not at all, whatever else the op says', () => {
		const cards = fc.option(fc.constantFrom<JsonValue>(card, null), { nil: undefined });
		const consents = fc.option(fc.constantFrom<JsonValue>(consent, null), { nil: undefined });
		const rest = fc.dictionary(
			fc.constantFrom('language', 'channel', 'mood'),
			fc.constantFrom('ar', 'phone')
		);
		fc.assert(
			fc.property(
				cards,
				consents,
				rest,
				fc.integer({ min: 1, max: 4 }),
				(clientCard, cardConsent, more, schema) => {
					const fields: Record<string, JsonValue> = {
						...more,
						...(clientCard === undefined ? {} : { clientCard }),
						...(cardConsent === undefined ? {} : { cardConsent })
					};
					const bare = clientCard === card && cardConsent !== consent;
					expect(lacksConsent(fields)).toBe(bare);
					// A phone of before the rule could not know it: what it wrote is taken as it is.
					expect(readFields(fields, schema).fault).toBe(bare && schema > 1 ? 'cardConsent' : undefined);
				}
			)
		);
	});

	it('has a consent that says language, words, day and way, and no hour', () => {
		expect(visitFault({ clientCard: card, cardConsent: consent })).toBeUndefined();
		for (const wrong of [
			{ ...consent, on: '2026-11-28T10:00:00Z' },
			{ ...consent, text: '' },
			{ ...consent, name: 'Amina' },
			{ language: 'ar', on: '2026-11-28', how: 'read' },
			'yes'
		])
			expect(visitFault({ clientCard: card, cardConsent: wrong })).toBe('cardConsent');
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
