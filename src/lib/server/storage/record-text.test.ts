import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordState } from '#lib/domain/record.ts';
import { readState, writeState } from './record-text.ts';

const short = fc.constantFrom('a', 'b', 'c');
const field = fc.constantFrom('language', 'topics', 'removed', 'notes/1', 'constructor');
const head = fc.record(
	{ clock: short, opId: short, author: short, value: fc.jsonValue(), covers: fc.array(short) },
	{ requiredKeys: ['clock', 'opId', 'author', 'value'] }
);

describe('the text of a record', () => {
	it('says all that the record says, also where ops share a clock or an id', () => {
		fc.assert(
			fc.property(
				fc.dictionary(field, fc.array(head, { minLength: 1, maxLength: 4 }), { noNullPrototype: true }),
				fc.dictionary(field, fc.array(short), { noNullPrototype: true }),
				(heads, seen) => {
					const state = JSON.parse(JSON.stringify({ heads, seen })) as RecordState;
					expect(readState(writeState(state))).toEqual(state);
				}
			)
		);
	});

	it('names the op of a new visit once', () => {
		const heads = Object.fromEntries(
			Array.from({ length: 20 }, (_, index) => [
				`field${index}`,
				[{ clock: 'the-clock', opId: 'the-op', author: 'the-author', value: index }]
			])
		);
		expect(writeState({ heads, seen: {} }).split('the-op')).toHaveLength(2);
	});
});
