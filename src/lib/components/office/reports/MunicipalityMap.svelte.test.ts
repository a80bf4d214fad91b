import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import MunicipalityMap from './MunicipalityMap.svelte';

overwriteGetLocale(() => 'fi');

const rows = [
	{ id: '140', label: 'Iisalmi', count: 1500 },
	{ id: '263', label: 'Kiuruvesi', count: 375 },
	{ id: '925', label: 'Vieremä', count: 0 },
	{ id: 'unknown', label: 'Ei tiedossa', count: 12 }
];
const shown = { title: 'Kunta', counted: 'Yhteydenottoja' };

test('each municipality has its tile where it lies, with its number; the rest is told', async () => {
	const screen = await render(MunicipalityMap, { ...shown, rows });
	const tiles = [...screen.container.querySelectorAll('li')];
	const texts = tiles.map((tile) => tile.textContent?.replace(/\s+/g, ' ').trim());
	expect(texts).toEqual(['Vieremä 0', 'Kiuruvesi 375', 'Iisalmi 1 500']);
	const place = (at: number) => tiles[at]!.getBoundingClientRect();
	expect(place(0).bottom).toBeLessThanOrEqual(place(2).top);
	expect(place(1).right).toBeLessThanOrEqual(place(2).left);
	expect(tiles.map((tile) => tile.style.getPropertyValue('--full'))).toEqual(['0%', '25%', '100%']);
	await expect.element(screen.getByText(/^Ei kartalla: 12 /)).toBeVisible();
});

test('two are no map', async () => {
	const screen = await render(MunicipalityMap, { ...shown, rows: rows.slice(0, 2) });
	expect(screen.container.querySelector('figure')).toBeNull();
});
