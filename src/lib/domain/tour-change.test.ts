import { describe, expect, it } from 'vitest';
import { nextClock } from './clock.ts';
import { emptyRecord, join, opState, type Op, type RecordState } from './record.ts';
import {
	isUndecided,
	readTourChange,
	TOUR_CHANGE,
	tourChangeFault,
	type ReportedChange
} from './tour-change.ts';

const ID = '0190f000-0000-7000-8000-000000000001';
const change = {
	reception: ID,
	desk: ID,
	date: '2026-03-06',
	at: '2026-03-06T06:10:00Z',
	what: 'hours',
	from: '10:00',
	to: '14:00'
} satisfies ReportedChange;

let made = 0;
function op(fields: Op['fields'], base: Op['base'] = {}): Op {
	made += 1;
	const opId = `0190f000-0000-7000-8000-${String(made).padStart(12, '0')}`;
	const clock = nextClock(1_772_000_000_000 + made, 'replica', []);
	return { opId, collection: TOUR_CHANGE, recordId: ID, schema: 1, fields, clock, base };
}
const state = (...ops: Op[]): RecordState =>
	ops.reduce((record, one) => join(record, opState(one, ID)), emptyRecord);
const read = (...ops: Op[]) => readTourChange(ID, state(...ops), undefined);

describe('a reported change', () => {
	it('waits until it is answered, and says what was answered', () => {
		const made = op({ ...change });
		expect(read(made)).toMatchObject({ ...change, decisions: [] });
		const answered = read(made, op({ decision: { state: 'declined', words: 'Sijainen tulee' } }));
		expect(answered?.decisions).toEqual([{ state: 'declined', words: 'Sijainen tulee' }]);
		expect(answered && isUndecided(answered)).toBe(false);
	});

	it('that two have answered differently waits for one who has seen both; twice the same is one answer', () => {
		const accepted = { state: 'accepted', words: null };
		const both = [
			op({ ...change }),
			op({ decision: accepted }),
			op({ decision: { state: 'declined', words: null } })
		];
		const disputed = read(...both);
		expect(disputed?.decisions.map((one) => one.state)).toEqual(['declined', 'accepted']);
		expect(disputed && isUndecided(disputed)).toBe(true);
		const seen = both.slice(1).map(({ clock }) => clock);
		const settled = read(...both, op({ decision: accepted }, { decision: seen }));
		expect(settled && isUndecided(settled)).toBe(false);
		const same = read(op({ ...change }), op({ decision: accepted }), op({ decision: { ...accepted } }));
		expect(same && isUndecided(same)).toBe(false);
	});

	it('is gone where it was taken back, and stands where it was answered without knowing of that', () => {
		const made = op({ ...change });
		const base = Object.fromEntries(Object.keys(change).map((name) => [name, [made.clock]]));
		const back = op({ removed: true }, base);
		expect(read(made, back)).toBeUndefined();
		expect(read(made, back, op({ decision: { state: 'accepted', words: null } }))).toMatchObject(change);
	});

	it('is held to its form, and keeps what a newer version says', () => {
		const bad: [Record<string, never> | object, string][] = [
			[{ date: '2026-02-30' }, 'date'],
			[{ from: '24:00' }, 'from'],
			[{ what: 'x'.repeat(65) }, 'what'],
			[{ text: 'x'.repeat(201) }, 'text'],
			[{ place: '  ' }, 'place'],
			[{ decision: { state: 'perhaps', words: null } }, 'decision'],
			[{ decision: 'accepted' }, 'decision'],
			[{ reception: 'Kiuruvesi' }, 'reception'],
			[{ removed: 'yes' }, 'removed']
		];
		for (const [fields, field] of bad) expect(tourChangeFault(fields as Op['fields'])).toBe(field);
		expect(tourChangeFault({ ...change, weather: { snow: true } })).toBeUndefined();
		expect(read(op({ ...change, what: 'roof-open' }))?.what).toBe('roof-open');
	});
});
