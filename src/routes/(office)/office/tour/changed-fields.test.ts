import { expect, it } from 'vitest';
import { changedFields } from './changed-fields.ts';
import { emptyReception, receptionFieldsOf } from './reception-values.ts';

it('says everything of a new one, also what it has not', () => {
	const fields = receptionFieldsOf(
		{ ...emptyReception('2026-11-27'), every: 'once' },
		'0190f000-0000-7000-8000-000000000001'
	);
	expect(changedFields(fields, undefined)).toEqual({ ...fields, rule: null, note: null });
});

it('writes only what differs', () => {
	const was = { name: 'Kirjasto', room: null, address: undefined };
	expect(changedFields({ name: 'Kirjasto', room: '2. krs', address: null }, was)).toEqual({
		room: '2. krs'
	});
});
