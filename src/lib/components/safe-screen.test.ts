import { describe, expect, it } from 'vitest';
import { liesOnItsFace } from './safe-screen.ts';

describe('a phone', () => {
	it.each([
		[180, 0, true],
		[-172, 8, true],
		[151, -40, true],
		// On its back, in the hand, on an edge, upside down in the hand, without a sensor.
		[0, 0, false],
		[60, 5, false],
		[175, 80, false],
		[-95, 0, false],
		[null, null, false]
	])('at %s and %s degrees lies on its face: %s', (beta, gamma, expected) => {
		expect(liesOnItsFace({ beta, gamma })).toBe(expected);
	});
});
