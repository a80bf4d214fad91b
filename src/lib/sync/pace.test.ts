import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_OPS } from '#lib/protocol/limits.ts';
import { Pace, stretched, type Line } from './pace.ts';

const nothing: Line = { proved: undefined, downlink: undefined };
const MINUTE = 60_000;

describe('how many ops go in the first request', () => {
	it.each([
		['nobody knows', nothing, 130],
		['a fast line, says the browser', { ...nothing, downlink: 10 }, MAX_OPS],
		['a slow line, says the browser', { ...nothing, downlink: 0.05 }, 50],
		['nonsense, says the browser', { ...nothing, downlink: -1 }, 130],
		['proved a minute ago', { proved: { limit: 350, at: 9 * MINUTE }, downlink: 0.05 }, 350],
		['proved long ago', { proved: { limit: 350, at: 0 }, downlink: undefined }, 130],
		[
			'proved in a future that a wrong clock had',
			{ proved: { limit: 350, at: 1e15 }, downlink: undefined },
			130
		]
	])('%s', (_, line, limit) => {
		expect(new Pace(line, 10 * MINUTE).limit).toBe(limit);
	});
});

describe('how many ops go in one request', () => {
	it('on a fast line as many as may from the third on', () => {
		const pace = new Pace(nothing, 0);
		const sent = [pace.limit, pace.ahead];
		pace.answered(pace.limit, 30);
		sent.push(pace.limit);
		pace.answered(169, 40);
		sent.push(pace.limit);
		expect(sent).toEqual([130, 169, MAX_OPS, MAX_OPS]);
	});

	it.each([
		// The last ones are so slow that even the first request, for which nobody knew, takes longer.
		['50 kbit/s', 50, 500, 30_000, 10_000],
		['100 kbit/s', 100, 500, 16_000, 10_000],
		['20 kbit/s', 20, 200, 30_000, 16_000],
		['10 kbit/s', 10, 200, 60_000, 30_000]
	])('on a slow line no more than a drop may cost: %s', (_, rate, count, together, longest) => {
		// Visits of 270 bytes with 600 ms there and back, and another 600 for the first connection.
		const ms = (ops: number) => 600 + (ops * 270 * 8) / rate;
		const pace = new Pace(nothing, 0);
		let [left, next] = [count, stretched(pace.limit, count)];
		const times: number[] = [];
		while (left > 0) {
			const ops = Math.min(left, next);
			left -= ops;
			const ready = stretched(pace.ahead, left);
			times.push(ms(ops) + (times.length === 0 ? 600 : 0));
			pace.answered(ops, times.at(-1)!);
			next = pace.fits(ready) ? ready : stretched(pace.limit, left);
		}
		expect(Math.max(...times)).toBeLessThan(longest);
		expect(Math.max(...times.slice(1))).toBeLessThan(10_500);
		expect(times.reduce((all, time) => all + time)).toBeLessThan(together);
	});

	it('stays where it is after a single op that took a while', () => {
		const pace = new Pace(nothing, 0);
		pace.answered(1, 900);
		expect(pace.limit).toBe(130);
	});

	it('finds its way to one op where all others are refused, and always asks for at least one and at most all', () => {
		const line = fc.record({
			proved: fc.option(fc.record({ limit: fc.integer({ min: -5, max: 2000 }), at: fc.nat() }), {
				nil: undefined
			}),
			downlink: fc.option(fc.double(), { nil: undefined })
		});
		fc.assert(
			fc.property(
				line,
				fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -1000, max: 100_000 }))),
				(known, steps) => {
					const pace = new Pace(known, MINUTE);
					for (const [fine, ms] of steps) {
						if (fine) pace.answered(pace.limit, ms);
						else pace.halve(pace.limit);
						for (const asked of [pace.limit, pace.ahead]) {
							expect(asked).toBeGreaterThanOrEqual(1);
							expect(asked).toBeLessThanOrEqual(MAX_OPS);
						}
					}
					for (let step = 0; step < 10; step += 1) pace.halve(pace.limit);
					expect(pace.limit).toBe(1);
				}
			)
		);
	});
});
