import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { newId } from '#lib/domain/ids.ts';
import { nextClock } from '#lib/domain/clock.ts';
import { opState, saidBy } from '#lib/domain/record.ts';
import { notYetThere, ownFigures, readAhead } from './own-figures.ts';

const ME = newId();

function visit(at: string, fields: Record<string, JsonValue> = {}) {
	const op = { fields: { at, topics: ['work'], ...fields }, clock: nextClock(Date.now(), ME, []), base: {} };
	const id = newId();
	const state = opState({ ...op, opId: newId(), recordId: id } as never, ME);
	return { id, at: Date.parse(at), facts: undefined, said: saidBy(state) };
}

/** Half past eleven in the evening of the last of February in Helsinki, and half past midnight. */
const visits = [
	visit('2026-02-28T21:30:00Z'),
	visit('2026-02-28T22:30:00Z'),
	visit('2026-03-31T20:30:00Z', { topics: ['housing', 'work'] }),
	visit('2026-03-31T21:30:00Z')
];
const march = { from: '2026-03-01', to: '2026-03-31' };

describe('own figures', () => {
	it('are those of the days in Helsinki, to the minute', () => {
		const { contacts, tables } = ownFigures(visits, ME, {
			...march,
			where: {},
			tables: [['topicGroup'], ['adviser']]
		});
		expect(contacts).toBe(2);
		expect(tables[0]?.cells.reduce((sum, cell) => sum + cell.contacts, 0)).toBe(3);
		expect(tables[1]?.cells).toEqual([{ classes: [ME], contacts: 2 }]);
	});

	it('are ready where somebody has read ahead, and stop being read where the page is left', async () => {
		let reads = 0;
		const many = Array.from({ length: 50 }, (_, day) => {
			const one = visit(new Date(Date.UTC(2026, 1, 1 + day, 10)).toISOString());
			const valueOf = (field: string) => {
				reads += 1;
				return one.said.valueOf(field);
			};
			return { ...one, said: { ...one.said, valueOf } };
		});
		readAhead(many)();
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(reads).toBe(0);
		readAhead(many);
		const asked = { from: '2026-02-01', to: '2026-03-31', where: {}, tables: [] };
		let before = 0;
		await expect
			.poll(() => before === (before = reads) && reads > 0, { timeout: 5000, interval: 100 })
			.toBe(true);
		expect(ownFigures(many, ME, asked).contacts).toBe(50);
		expect(reads).toBe(before);
	});

	it('say how many of them the organisation does not have yet', () => {
		const [before, first, last] = visits;
		const pending = new Map([
			[before!.id, { state: 'saved' }],
			[first!.id, { state: 'saved' }],
			[last!.id, { state: 'attention' }]
		]);
		expect(notYetThere(visits, march, pending)).toEqual({ waiting: 1, attention: 1 });
		expect(notYetThere(visits, march, new Map())).toEqual({ waiting: 0, attention: 0 });
	});
});
