import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { publicPath, readShortId, shortId } from './public-address.ts';

const id = '01a1fb67-1800-7d3a-ac41-998959d7901c';

it('ids come back from their short form', () => {
	const back = fc.check(
		fc.property(fc.uuid(), (uuid) => readShortId(shortId(uuid)) === uuid && shortId(uuid).length === 22)
	);
	expect(back.counterexample).toBeNull();
});

it.each([
	'',
	'x',
	`${shortId(id)}A`,
	shortId(id).slice(1),
	`${shortId(id).slice(0, 21)}/`,
	`${shortId(id).slice(0, 21)}B`
])('%s is none', (short) => {
	expect(readShortId(short)).toBeUndefined();
});

it('the address names organisation, service and language', () => {
	expect(publicPath(id, id, 'ar')).toBe('/s/AaH7ZxgAfTqsQZmJWdeQHA/AaH7ZxgAfTqsQZmJWdeQHA/ar');
	expect(publicPath(id, id)).toBe('/s/AaH7ZxgAfTqsQZmJWdeQHA/AaH7ZxgAfTqsQZmJWdeQHA');
});
