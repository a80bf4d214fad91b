import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faults, page, PAGE } from '../../scripts/data-map.js';

it('the data map describes every field of every schema, and no other', async () => {
	expect(await faults()).toEqual([]);
});

it('docs/privacy/data-map.md is what scripts/data-map.js writes', () => {
	expect(readFileSync(PAGE, 'utf8')).toBe(page());
});
