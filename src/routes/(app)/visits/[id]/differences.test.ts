import { describe, expect, it } from 'vitest';
import { baseOf, emptyRecord, join, opState, type Op, type RecordState } from '#lib/domain/record.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { differencesOf } from './differences.ts';

let made = 0;
function op(fields: Record<string, JsonValue>, base: Record<string, string[]> = {}): Op {
	made += 1;
	const clock = `${made.toString(16).padStart(12, '0')}-00000000000000aa`;
	return { opId: `op-${made}`, collection: 'visit', recordId: 'v', fields, clock, base, schema: 1 };
}
const first = () =>
	opState(op({ at: '2026-03-06T09:32:00Z', desk: null, language: 'ar', topics: ['work'] }), 'me');
const edit = (seen: RecordState, fields: Record<string, JsonValue>, author: string) =>
	opState(op(fields, baseOf(seen, Object.keys(fields))), author);

describe('what differs', () => {
	it('is shown side by side in words, once for all that two changes have in common', () => {
		const start = first();
		const mine = edit(start, { language: 'ru', topics: ['housing'], channel: 'phone' }, 'me');
		const theirs = edit(start, { language: 'uk', topics: ['housing'], channel: 'roaming' }, 'other');
		const [group, ...more] = differencesOf('v', [start, mine, theirs].reduce(join, emptyRecord), [], 'en');
		expect(more).toEqual([]);
		expect(group?.sides.map(({ author }) => author)).toEqual(['me', 'other']);
		expect(group?.sides.map(({ rows }) => rows.map(({ text }) => text))).toEqual([
			['Phone', 'Russian'],
			['Roaming reception', 'Ukrainian']
		]);
		// The same topics were written twice: there is nothing to choose.
		expect(group?.sides[0]?.values).toEqual({ language: 'ru', channel: 'phone' });
	});

	it('is nothing where one side had seen the other', () => {
		const start = first();
		const seen = join(start, edit(start, { language: 'ru' }, 'me'));
		const state = join(seen, edit(seen, { language: 'uk' }, 'other'));
		expect(differencesOf('v', state, [], 'en')).toEqual([]);
	});

	it('keeps three sides where three have changed one field', () => {
		const start = first();
		const sides = ['ru', 'uk', 'fi'].map((language) => edit(start, { language }, language));
		const [group] = differencesOf('v', [start, ...sides].reduce(join, emptyRecord), [], 'en');
		expect(group?.sides.map(({ values }) => values.language)).toEqual(['ru', 'uk', 'fi']);
	});

	it('writes no card without its consent, even where both sides say the same of that', () => {
		const start = first();
		const cardConsent = { language: 'ar', text: 'fi-0123456789ab', on: '2026-03-06', how: 'read' };
		const sides = ['ACDEFHJKMPRT', '222222222222'].map((clientCard) =>
			edit(start, { clientCard, cardConsent }, clientCard)
		);
		const [group] = differencesOf('v', [start, ...sides].reduce(join, emptyRecord), [], 'en');
		expect(group?.sides.map(({ values }) => values)).toEqual([
			{ clientCard: 'ACDEFHJKMPRT', cardConsent },
			{ clientCard: '222222222222', cardConsent }
		]);
	});
});
