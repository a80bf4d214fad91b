import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, jsonFault, type JsonValue } from './json.ts';

const limits = { depth: 20, keys: 100 };

describe('jsonFault', () => {
	it.each([
		['lone_surrogate', { a: '\ud800x' }],
		['lone_surrogate', { '\udc00': 1 }],
		['nul', ['a\0b']],
		['forbidden_key', JSON.parse('{"__proto__": {"x": 1}}')],
		['forbidden_key', { a: { constructor: 1 } }],
		['not_finite', { a: Number.POSITIVE_INFINITY }],
		['too_many_keys', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i]))]
	])('finds %s', (fault, value) => {
		expect(jsonFault(value, limits)).toBe(fault);
	});

	it('finds depth without recursion of its own', () => {
		let deep: unknown = 0;
		for (let level = 0; level < 100_000; level += 1) deep = [deep];
		expect(jsonFault(deep, limits)).toBe('too_deep');
	});

	it('lets every well-formed text through unchanged', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				fc.pre(!text.includes('\0'));
				expect(jsonFault({ text }, limits)).toBeUndefined();
				expect(JSON.parse(JSON.stringify({ text }))).toEqual({ text });
			})
		);
	});
});

describe('canonicalJson', () => {
	it('does not depend on the order of keys', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const shuffled = JSON.parse(
					JSON.stringify(value, (_key, inner: unknown) =>
						typeof inner === 'object' && inner !== null && !Array.isArray(inner)
							? Object.fromEntries(Object.entries(inner).reverse())
							: inner
					)
				) as JsonValue;
				expect(canonicalJson(shuffled)).toBe(canonicalJson(JSON.parse(JSON.stringify(value)) as JsonValue));
			})
		);
	});
});
