import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_OPS } from '#lib/protocol/limits.ts';
import { Pace, type Line } from './pace.ts';

const nothing: Line = { proved: undefined, downlink: undefined };
const MINUTE = 60_000;

describe('how many ops go in the first request', () => {
	it.each([
		['nobody knows', nothing, 100],
		['a fast line, says the browser', { ...nothing, downlink: 10 }, MAX_OPS],
		['a slow line, says the browser', { ...nothing, downlink: 0.05 }, 27],
		['nonsense, says the browser', { ...nothing, downlink: -1 }, 100],
		['proved a minute ago', { proved: { limit: 350, at: 9 * MINUTE }, downlink: 0.05 }, 350],
		['proved long ago', { proved: { limit: 350, at: 0 }, downlink: undefined }, 100],
		[
			'proved in a future that a wrong clock had',
			{ proved: { limit: 350, at: 1e15 }, downlink: undefined },
			100
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
		pace.answered(200, 40);
		sent.push(pace.limit);
		expect(sent).toEqual([100, 200, 400, MAX_OPS]);
	});

	it('on a slow line no more than a drop may cost: ten seconds', () => {
		// 500 visits of 290 bytes over 50 kbit/s with 600 ms there and back, as the network emulation of a browser has it.
		const ms = (ops: number) => 600 + (ops * 290 * 8) / 50;
		const pace = new Pace(nothing, 0);
		let [left, next] = [500, pace.limit];
		const times: number[] = [];
		while (left > 0) {
			const ops = Math.min(left, next);
			const behind = Math.min(left - ops, pace.ahead);
			times.push(ms(ops));
			pace.answered(ops, ms(ops));
			left -= ops;
			// The one behind it was made ready before its speed was known.
			next = times.length === 1 ? behind : pace.limit;
		}
		expect(Math.max(...times)).toBeLessThan(10_000);
		expect(times.reduce((all, time) => all + time)).toBeLessThan(30_000);
	});

	it('stays where it is after a single op that took a while', () => {
		const pace = new Pace(nothing, 0);
		pace.answered(1, 900);
		expect(pace.limit).toBe(100);
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
