import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clock, clockTime, MAX_CLOCK_TIME, nextClock } from './clock.ts';

const replica = fc.stringMatching(/^[0-9a-f]{16}$/);
const time = fc.integer({ min: -1000, max: MAX_CLOCK_TIME - 1000 });

it('follows every clock it has seen, whatever the device’s own time says [fault 49]', () => {
	fc.assert(
		fc.property(time, replica, fc.array(fc.tuple(time, replica), { maxLength: 5 }), (now, own, others) => {
			const seen = others.map(([at, by]) => nextClock(at, by));
			const made = nextClock(now, own, seen);
			expect(clock.safeParse(made).success).toBe(true);
			for (const value of seen) expect(made > value).toBe(true);
		})
	);
});

it('sorts as text in the order of its times', () => {
	fc.assert(
		fc.property(time, time, replica, replica, (a, b, r, s) => {
			const [x, y] = [nextClock(a, r), nextClock(b, s)];
			if (clockTime(x) !== clockTime(y)) expect(x < y).toBe(clockTime(x) < clockTime(y));
			else expect(x < y).toBe(r < s);
		})
	);
});

it('says so when no later clock exists', () => {
	expect(() => nextClock(0, '0'.repeat(16), [nextClock(MAX_CLOCK_TIME, '0'.repeat(16))])).toThrow(RangeError);
});
