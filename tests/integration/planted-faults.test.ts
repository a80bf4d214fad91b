import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MUTANTS } from '../sim/mutants.ts';

test.each(Object.entries(MUTANTS))('the planted fault "%s" finds its place in the source', (_, plants) => {
	for (const { file, find } of plants)
		expect(readFileSync(`src/lib/${file}`, 'utf8').split(find), `${file}: ${find}`).toHaveLength(2);
});
