import { describe, expect, it } from 'vitest';
import { mendingOf, phonesToDecide, type Rejected } from './mending.ts';

describe('what a coordinator can do about a rejected visit', () => {
	it.each([
		[{ code: 'desk_closed', field: 'desk' }, { kind: 'desk' }],
		[{ code: 'desk_unknown', field: 'desk' }, { kind: 'desk' }],
		[
			{ code: 'invalid_value', field: 'channel' },
			{ kind: 'without', field: 'channel' }
		],
		[{ code: 'invalid_value', field: 'at' }, undefined],
		[{ code: 'not_allowed', field: null }, { kind: 'as-it-is' }],
		[{ code: 'too_many_fields', field: null }, undefined]
	] as const)('%o', (rejected, way) => {
		expect(mendingOf(rejected)).toEqual(way);
	});
});

it('what a phone brought after it was taken out of use is one decision, where it is more than one change', () => {
	const from = (opId: string, id?: string) =>
		({ opId, ...(id ? { revokedDevice: { id, name: 'the same name' } } : {}) }) as Rejected;
	const rejected = [from('1', 'a'), from('2', 'b'), from('3'), from('4', 'a'), from('5')];
	expect(phonesToDecide(rejected).map((phone) => phone.map(({ opId }) => opId))).toEqual([['1', '4']]);
});
