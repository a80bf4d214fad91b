import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import BarList from './BarList.svelte';

overwriteGetLocale(() => 'fi');

const rows = [
	{ id: '140', label: 'Iisalmi', count: 1500 },
	{ id: '263', label: 'Kiuruvesi', count: 375 },
	{ id: '', label: 'Ei paikkaa', count: 0 }
];

test('bars: every class with its number, the longest fills the track', async () => {
	const screen = await render(BarList, { title: 'Kunta', rows, counted: 'Yhteydenottoja', total: 1875 });
	const terms = screen.container.querySelectorAll('dt');
	expect([...terms].map((term) => term.textContent)).toEqual(['Iisalmi', 'Kiuruvesi', 'Ei paikkaa']);
	const values = [...screen.container.querySelectorAll('dd.n')].map((value) =>
		value.textContent?.replace(/\s/g, ' ')
	);
	expect(values).toEqual(['1 500', '375', '0']);
	const widths = [...screen.container.querySelectorAll<HTMLElement>('.fl')].map(
		(bar) => bar.style.inlineSize
	);
	expect(widths).toEqual(['100%', '25%', '0%']);
});

test('the same as a table, with shares', async () => {
	const screen = await render(BarList, {
		title: 'Kunta',
		hint: 'Vihje',
		rows,
		counted: 'Yhteydenottoja',
		total: 1875
	});
	const button = screen.getByRole('button', { name: 'Taulukko Kunta' });
	await expect.element(button).toHaveAttribute('aria-pressed', 'false');
	await button.click();
	await expect.element(button).toHaveAttribute('aria-pressed', 'true');
	await expect.element(screen.getByRole('row', { name: /Kiuruvesi 375 20\s%/ })).toBeVisible();
	expect(screen.container.querySelector('dl')).toBeNull();
	await expect.element(screen.getByText('Vihje')).toBeVisible();
});
