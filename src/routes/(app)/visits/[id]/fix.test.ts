import { describe, expect, it } from 'vitest';
import { fixOf } from './fix.ts';

const at = 0;

describe('what mends a rejected visit', () => {
	it.each([
		[{ code: 'desk_closed', at }, 'when'],
		[{ code: 'desk_unknown', field: 'desk', at }, 'when'],
		[{ code: 'invalid_value', field: 'topics', at }, 'topics'],
		[{ code: 'invalid_value', field: 'ageBand', at }, 'background'],
		[{ code: 'invalid_value', field: 'notes/x', at }, 'note'],
		[{ code: 'too_many_fields', at }, 'note'],
		[{ code: 'op_reused', at }, 'resend'],
		[{ code: 'unavailable', at }, 'resend'],
		[{ code: 'not_yours', at }, undefined],
		[{ code: 'not_allowed', field: 'desk', at }, undefined]
	] as const)('%o', (reason, fix) => {
		expect(fixOf(reason)).toBe(fix);
	});
});
