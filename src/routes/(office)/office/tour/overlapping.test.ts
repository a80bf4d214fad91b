import { expect, it } from 'vitest';
import type { Reception } from '#lib/domain/tour.ts';
import { overlapping } from './overlapping.ts';
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
		[...overlapping([reception(friday), reception(second, 'b', desk)], '2026-11-27')].sort();
	expect(all(later)).toEqual(['a', 'b']);
	expect(all(after)).toEqual([]);
	expect(all(later, '0190f000-0000-7000-8000-000000000002')).toEqual([]);
});
