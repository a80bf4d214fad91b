import fc from 'fast-check';
import { expect, it } from 'vitest';
import { municipalities } from '#lib/domain/municipalities.ts';
import { tileMap } from './tile-map.ts';

const codes = municipalities().map(({ code }) => code);

it('knows where every municipality lies', () => {
	expect(tileMap(codes)).toHaveLength(codes.length);
});

it('leaves out what is no municipality', () => {
	expect(tileMap(['140', 'unknown', '', 'abroad', '999']).map(({ id }) => id)).toEqual(['140']);
	expect(tileMap(['unknown'])).toEqual([]);
});

it('gives each a tile of its own, leaves no row or column empty, and is the same whatever the order', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 60 }), (some) => {
			const tiles = tileMap(some);
			expect(tiles.map(({ id }) => id).sort()).toEqual([...some].sort());
			expect(new Set(tiles.map(({ column, row }) => `${column} ${row}`)).size).toBe(some.length);
			for (const side of ['column', 'row'] as const) {
				const all = new Set(tiles.map((tile) => tile[side]));
				expect([...all].sort((a, b) => a - b)).toEqual([...all].map((_, at) => at));
			}
			expect(tileMap(some.toReversed())).toEqual(tiles);
		})
	);
});

it('keeps neighbours where people look for them: Ylä-Savo and Kuopio', () => {
	const place = new Map(
		// Iisalmi, Kiuruvesi, Vieremä, Sonkajärvi, Lapinlahti, Kuopio
		tileMap(['140', '263', '925', '762', '402', '297']).map(({ id, ...tile }) => [id, tile])
	);
	const at = (id: string) => place.get(id)!;
	expect(at('263').column).toBeLessThan(at('140').column);
	expect(at('925').row).toBeLessThan(at('140').row);
	expect(at('762').column).toBeGreaterThanOrEqual(at('140').column);
	expect(at('402').row).toBeGreaterThan(at('140').row);
	expect(at('297').row).toBeGreaterThan(at('402').row);
});
