import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextClock } from './clock.ts';
import {
	baseOf,
	conflicts,
	emptyRecord,
	join,
	opState,
	removal,
	REMOVED,
	shownValues,
	type Op,
	type RecordState
} from './record.ts';

/** What a few devices do with one record: each writes on what it has seen, and now and then takes in another's state. */
const step = fc.record({
	device: fc.nat({ max: 3 }),
	from: fc.nat({ max: 3 }),
	kind: fc.constantFrom('write', 'write', 'write', 'merge', 'remove', 'restore'),
	field: fc.constantFrom('language', 'topics', 'desk'),
	value: fc.constantFrom('a', 'b', 'c'),
	// Clocks stand years apart and go backwards.
	now: fc.integer({ min: 0, max: 4_000_000_000_000 })
});

interface Run {
	states: RecordState[];
	ops: { op: Op; author: string }[];
}

function run(
	steps: readonly { device: number; from: number; kind: string; field: string; value: string; now: number }[]
): Run {
	const states: RecordState[] = [emptyRecord, emptyRecord, emptyRecord, emptyRecord];
	const ops: Run['ops'] = [];
	steps.forEach(({ device, from, kind, field, value, now }, index) => {
		const state = states[device]!;
		if (kind === 'merge') {
			states[device] = join(state, states[from]!);
			return;
		}
		const fields = kind === 'write' ? { [field]: value } : { [REMOVED]: kind === 'remove' };
		const base = baseOf(state, kind === 'remove' ? Object.keys(state.heads) : Object.keys(fields));
		const replica = `${device}`.repeat(16);
		const op: Op = {
			opId: `op-${String(index).padStart(4, '0')}`,
			collection: 'visit',
			recordId: 'r',
			fields,
			clock: nextClock(now, replica, Object.values(base).flat()),
			base,
			schema: 1
		};
		ops.push({ op, author: `member-${device}` });
		states[device] = join(state, opState(op, `member-${device}`));
	});
	return { states, ops };
}

const steps = fc.array(step, { maxLength: 30 });

describe('join', () => {
	it('is commutative, associative and idempotent', () => {
		fc.assert(
			fc.property(steps, (history) => {
				const [a, b, c] = run(history).states as [RecordState, RecordState, RecordState];
				expect(join(a, b)).toEqual(join(b, a));
				expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
				expect(join(a, a)).toEqual(a);
				expect(join(a, emptyRecord)).toEqual(a);
			}),
			{ numRuns: 500 }
		);
	});

	it('gives the same record whatever the order and number of deliveries', () => {
		fc.assert(
			fc.property(steps, fc.array(fc.nat(), { maxLength: 60 }), (history, order) => {
				const { ops } = run(history);
				const all = ops.map(({ op, author }) => opState(op, author));
				const inOrder = all.reduce(join, emptyRecord);
				const shuffled = [
					...all,
					...order.flatMap((pick) => (all.length ? [all[pick % all.length]!] : []))
				].reverse();
				expect(shuffled.reduce(join, emptyRecord)).toEqual(inOrder);
			}),
			{ numRuns: 500 }
		);
	});

	it('keeps every value that nobody has seen being replaced', () => {
		fc.assert(
			fc.property(steps, (history) => {
				const { ops, states } = run(history);
				const merged = states.reduce(join, emptyRecord);
				for (const { op } of ops) {
					for (const field of Object.keys(op.fields)) {
						const replaced = ops.some(
							(other) => other.op.fields[field] !== undefined && other.op.base[field]?.includes(op.clock)
						);
						const stands = merged.heads[field]?.some((head) => head.opId === op.opId) ?? false;
						expect(stands).toBe(!replaced);
					}
				}
			}),
			{ numRuns: 500 }
		);
	});

	it('shows what was written last by whoever knew of the others, however wrong the clocks', () => {
		fc.assert(
			fc.property(steps, fc.integer({ min: 0, max: 4_000_000_000_000 }), (history, now) => {
				const merged = run(history).states.reduce(join, emptyRecord);
				const base = baseOf(merged, ['language']);
				const op: Op = {
					opId: 'zz',
					collection: 'visit',
					recordId: 'r',
					fields: { language: 'chosen' },
					clock: nextClock(now, 'f'.repeat(16), Object.values(base).flat()),
					base,
					schema: 1
				};
				const chosen = join(merged, opState(op, 'm'));
				expect(shownValues(chosen).language).toBe('chosen');
				expect(conflicts(chosen)).not.toContain('language');
			}),
			{ numRuns: 300 }
		);
	});
});

describe('a removal', () => {
	const write = (state: RecordState, fields: Op['fields'], device: string, all = false): RecordState => {
		const base = baseOf(state, all ? Object.keys(state.heads) : Object.keys(fields));
		const clock = nextClock(1000, device.repeat(16), Object.values(base).flat());
		return join(
			state,
			opState(
				{ opId: `${device}-${clock}`, collection: 'visit', recordId: 'r', fields, clock, base, schema: 1 },
				'm'
			)
		);
	};

	it('takes the record away and can be undone with every value there', () => {
		const made = write(emptyRecord, { language: 'ar', topics: ['work'] }, 'a');
		const removed = write(made, { removed: true }, 'a', true);
		expect(removal(removed)).toBe('yes');
		const back = write(removed, { removed: false }, 'a');
		expect(removal(back)).toBe('no');
		expect(shownValues(back)).toMatchObject({ language: 'ar', topics: ['work'] });
	});

	it('never hides an edit that the remover had not seen', () => {
		const made = write(emptyRecord, { language: 'ar' }, 'a');
		const removed = write(made, { removed: true }, 'a', true);
		const edited = write(made, { language: 'ru' }, 'b');
		expect(removal(join(removed, edited))).toBe('but-changed');
		expect(shownValues(join(edited, removed)).language).toBe('ru');
	});
});
