import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextClock } from './clock.ts';
import type { JsonValue } from './json.ts';
import { baseOf, emptyRecord, join, opState, saidBy, type RecordState } from './record.ts';
import { readSaid, readState, writeState } from './record-text.ts';

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const field = fc.constantFrom('language', 'topics', 'removed', 'notes/1', 'constructor', 'valueOf');

/** What one author writes: some fields, having seen nothing, or everything that stands. */
const write = fc.record({
	fields: fc.dictionary(field, json, { minKeys: 1, noNullPrototype: true }),
	replica: fc.constantFrom('00000000000000aa', '00000000000000bb'),
	opId: fc.constantFrom('op-a', 'op-b', 'op-c', 'op-d'),
	now: fc.nat({ max: 3 }),
	saw: fc.boolean()
});

function joined(writes: Iterable<typeof write extends fc.Arbitrary<infer W> ? W : never>): RecordState {
	let state = emptyRecord;
	const made = new Set<string>();
	for (const { fields, replica, opId, now, saw } of writes) {
		const base = saw ? baseOf(state, Object.keys(fields)) : {};
		const clock = nextClock(now, replica, Object.values(base).flat());
		// An op is made once.
		if (made.has(`${clock} ${opId}`)) continue;
		made.add(`${clock} ${opId}`);
		const op = { opId, collection: 'visit', recordId: 'r', fields, clock, base, schema: 1 };
		state = join(state, opState(op, replica));
	}
	return state;
}

describe('the text of a record', () => {
	it('says all that the record says, also where ops share a clock or an id', () => {
		fc.assert(
			fc.property(fc.array(write, { maxLength: 8 }), (writes) => {
				const state = JSON.parse(JSON.stringify(joined(writes))) as RecordState;
				expect(readState(writeState(state))).toEqual(state);
			})
		);
	});

	it('says the same to whoever only reads, where no field has two values', () => {
		const names = ['language', 'topics', 'removed', 'notes/1', 'constructor', 'valueOf', 'toString'];
		let several = 0;
		fc.assert(
			fc.property(fc.array(write, { maxLength: 5 }), (writes) => {
				const state = JSON.parse(JSON.stringify(joined(writes))) as RecordState;
				if (Object.values(state.heads).some(({ length }) => length > 1)) return;
				if (new Set(Object.values(state.heads).map(([head]) => head?.opId)).size > 1) several += 1;
				const [one, other] = [readSaid(writeState(state)), saidBy(state)];
				for (const name of names) {
					expect(one.valueOf(name)).toEqual(other.valueOf(name));
					expect(one.clockOf(name)).toBe(other.clockOf(name));
				}
			}),
			{ numRuns: 500 }
		);
		expect(several).toBeGreaterThan(20);
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
