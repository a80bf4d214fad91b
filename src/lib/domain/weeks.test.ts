import { describe, expect, it } from 'vitest';
import { weekday, weekNumber } from './weeks.ts';

describe('weeks', () => {
	it('begin on Monday, and the first one has the first Thursday of the year', () => {
		expect(weekday('2026-11-21')).toBe(6);
		expect(weekNumber('2026-03-06')).toBe(10);
		expect(weekNumber('2027-01-01')).toBe(53);
	});
});
