import { expect, it } from 'vitest';
import type { Reception } from '#lib/domain/tour.ts';
import { doubledUp, overlapping } from './overlapping.ts';
import { emptyReception, receptionFieldsOf, type ReceptionValues } from './reception-values.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const friday = emptyReception('2026-11-27');
const reception = (values: ReceptionValues, id = 'a', desk = DESK): Reception => ({
	...receptionFieldsOf(values, desk),
	id
});

it('receptions of one desk that overlap are found, of two desks not', () => {
	const later = { ...friday, from: '14:00', to: '17:00' };
	const after = { ...friday, from: '15:00', to: '17:00' };
	const all = (second: ReceptionValues, desk = DESK) =>
		[...overlapping([reception(friday), reception(second, 'b', desk)], [], '2026-11-27')].sort();
	expect(all(later)).toEqual(['a', 'b']);
	expect(all(after)).toEqual([]);
	expect(all(later, '0190f000-0000-7000-8000-000000000002')).toEqual([]);
});

it('an adviser who is at two places at once is found, unless somebody takes one of them that day', () => {
	const ME = '0190f000-0000-7000-8000-0000000000ff';
	const other = '0190f000-0000-7000-8000-0000000000fe';
	const mine = (id: string, desk: string, more: object = {}) => ({
		...reception({ ...friday, every: 'once', advisers: [ME] }, id, desk),
		...more
	});
	const [a, b] = [mine('a', DESK), mine('b', '0190f000-0000-7000-8000-000000000002')];
	const found = (...all: Reception[]) => [...doubledUp(all, [], '2026-11-27')].sort();
	expect(found(a, b)).toEqual(['a', 'b']);
	expect(found(a, { ...b, 'held_2026-11-27': [other] })).toEqual([]);
	expect(found(a, { ...b, advisers: null })).toEqual([]);
	expect(found({ ...a, advisers: [other], 'held_2026-11-27': [ME] }, b)).toEqual(['a', 'b']);
	expect(found(a, { ...b, 'cancelled_2026-11-27': 'x' })).toEqual([]);
	const closed = { id: DESK, name: 'A', municipality: '925', placeType: 'library', closedFrom: '2026-11-27' };
	expect([...doubledUp([a, b], [closed], '2026-11-27')]).toEqual([]);
});
