import { describe, expect, it } from 'vitest';
import { mendingOf } from './mending.ts';

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
