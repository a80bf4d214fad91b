import { describe, expect, it } from 'vitest';
import { isOddTime, timeFault } from './visit-time.ts';

const now = Date.parse('2026-03-06T09:32:00Z');
const at = (time: string) => Date.parse(time);

describe('the time of a contact', () => {
	it.each([
		['1900-01-01T10:00:00Z', 'long-ago', true],
		['1970-01-01T00:00:00Z', 'long-ago', true],
		['2025-03-05T09:31:00Z', 'long-ago', false],
		['2025-03-06T09:32:00Z', undefined, false],
		['2026-03-05T09:32:00Z', undefined, false],
		['2026-03-06T09:40:00Z', undefined, false],
		['2026-03-06T12:00:00Z', 'future', true],
		['2027-03-06T09:32:00Z', 'future', true]
	])('%s: %s', (time, fault, odd) => {
		expect(timeFault(at(time), now)).toBe(fault);
		expect(isOddTime(at(time), now)).toBe(odd);
	});

	it('that is none is told, too', () => {
		expect(timeFault(Number.NaN, now)).toBe('future');
	});
});
