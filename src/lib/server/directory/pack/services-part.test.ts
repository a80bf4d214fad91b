import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { endsPart } from './services-part.ts';

const ids = Array.from({ length: 20_000 }, (_, index) =>
	createHash('sha256').update(`${index}`).digest('hex')
);

/** Each part as the ids in it. */
function cut(list: readonly string[]): string[] {
	const parts: string[] = [];
	let part: string[] = [];
	for (const id of list) {
		part.push(id);
		if (!endsPart(id, part.length)) continue;
		parts.push(part.join());
		part = [];
	}
	return part.length > 0 ? [...parts, part.join()] : parts;
}

it('parts hold 384 to 768 services', () => {
	const parts = cut(ids.sort());
	const sizes = parts.slice(0, -1).map((part) => part.split(',').length);
	expect(Math.min(...sizes)).toBeGreaterThanOrEqual(384);
	expect(Math.max(...sizes)).toBeLessThanOrEqual(768);
});

it('an entry that comes or goes changes one part, seldom a few', () => {
	const before = new Set(cut(ids.slice(0, 19_500).sort()));
	const changed = ids
		.slice(19_500, 19_600)
		.map((id) => cut([...ids.slice(0, 19_500), id].sort()).filter((part) => !before.has(part)).length);
	expect(changed.filter((count) => count === 1).length).toBeGreaterThan(75);
	expect(changed.reduce((sum, count) => sum + count) / changed.length).toBeLessThan(2);
	expect(Math.max(...changed)).toBeLessThan(10);
});
