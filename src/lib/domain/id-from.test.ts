import { describe, expect, it } from 'vitest';
import { idFrom } from './id-from.ts';

describe('the id of a record that several devices make', () => {
	it('is the same for the same parts, another for others, and a UUID that schemas take', async () => {
		const id = await idFrom('a', 'b');
		expect(await idFrom('a', 'b')).toBe(id);
		expect(id).toBe('0473ef2d-c0d3-84ab-a59d-3580c1134e9d');
		const others = await Promise.all([idFrom('ab'), idFrom('a', 'b', ''), idFrom('b', 'a'), idFrom('a","b')]);
		expect(new Set([id, ...others]).size).toBe(5);
		for (const one of others)
			expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});
});
