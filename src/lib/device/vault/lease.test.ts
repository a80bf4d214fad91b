import { describe, expect, it } from 'vitest';
import { leaseIsOver } from './lease.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-26T12:00:00Z');

describe('the lease of a vault', () => {
	it('ends two weeks after the server was heard of last, whichever way the clock is wrong [fault 52]', () => {
		expect(leaseIsOver({ heardAt: now - 13 * DAY }, now)).toBe(false);
		expect(leaseIsOver({ heardAt: now - 15 * DAY }, now)).toBe(true);
		expect(leaseIsOver({ heardAt: now + 15 * DAY }, now)).toBe(true);
	});

	it('does not hold for sample data, nor before the server was ever noted', () => {
		expect(leaseIsOver({ heardAt: now - 99 * DAY, demo: true }, now)).toBe(false);
		expect(leaseIsOver({}, now)).toBe(false);
		expect(leaseIsOver(undefined, now)).toBe(false);
	});
});
