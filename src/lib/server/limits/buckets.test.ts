import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressScope } from './address-scope.ts';
import { Buckets } from './buckets.ts';

const RULE = { burst: 10, perSecond: 2 };

describe('a bucket', () => {
	it('takes what fits at once, and then what has run out since', () => {
		const buckets = new Buckets(RULE);
		for (let times = 0; times < 10; times += 1) expect(buckets.take('a', 1, 0)).toBe(0);
		expect(buckets.take('a', 1, 0)).toBe(0.5);
		expect(buckets.take('a', 1, 499)).toBeGreaterThan(0);
		expect(buckets.take('a', 1, 500)).toBe(0);
		expect(buckets.take('b', 10, 0)).toBe(0);
	});

	it('never lets more through than the burst and what runs out, whatever comes, and a clock set back gives nothing', () => {
		const came = fc.array(fc.tuple(fc.integer({ min: -2000, max: 4000 }), fc.integer({ min: 1, max: 10 })), {
			maxLength: 60
		});
		fc.assert(
			fc.property(came, (list) => {
				const buckets = new Buckets(RULE);
				let [now, forward, through] = [0, 0, 0];
				for (const [step, units] of list) {
					now += step;
					forward += Math.max(0, step);
					if (buckets.take('a', units, now) === 0) through += units;
				}
				expect(through).toBeLessThanOrEqual(RULE.burst + (forward / 1000) * RULE.perSecond + 1e-6);
			})
		);
	});

	it('lets one that is larger than the burst through alone, so that nobody waits for ever', () => {
		const buckets = new Buckets(RULE);
		expect(buckets.take('a', 25, 0)).toBe(0);
		expect(buckets.take('a', 1, 0)).toBe(8);
	});

	it('holds a bounded number of scopes', () => {
		const buckets = new Buckets(RULE);
		for (let scope = 0; scope < 60_000; scope += 1) buckets.take(String(scope), 10, 0);
		expect(buckets.levelOf('0', 0)).toBe(0);
		expect(buckets.levelOf('59999', 0)).toBe(10);
	});
});

describe('an address', () => {
	it.each([
		['192.0.2.7', '192.0.2.7'],
		['::ffff:192.0.2.7', '192.0.2.7'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
		['2001:DB8:1:2::9', '2001:db8:1:2'],
		['2001:db8::1', '2001:db8:0:0'],
		['2001:0db8:0000:0000::1', '2001:db8:0:0'],
		['::1', '0:0:0:0'],
		['fe80::1%eth0', 'fe80:0:0:0'],
		['', 'unknown'],
		['10.0.0.1, 10.0.0.2', 'unknown'],
		["' or 1=1 --", 'unknown']
	])('%s is counted as %s', (address, scope) => {
		expect(addressScope(address)).toBe(scope);
	});
});
