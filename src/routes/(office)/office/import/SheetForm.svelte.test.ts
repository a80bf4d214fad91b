import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import SheetForm from './SheetForm.svelte';

overwriteGetLocale(() => 'fi');

test('a sheet is for languages that somebody has chosen, and never for the one it is translated from', async () => {
	const asked: string[] = [];
	const { getByRole, getByText } = await render(SheetForm, {
		ondownload: (path: string, name: string) => asked.push(`${name} ${path}`)
	});
	const download = getByRole('button', { name: 'Lataa taulukko' });
	await download.click();
	await expect.element(getByText('Valitse ainakin yksi kieli, jolle käännetään.')).toBeVisible();
	await expect.element(getByRole('checkbox', { name: 'ruotsi' })).toHaveFocus();
	for (const name of ['arabia', 'ruotsi']) await getByRole('checkbox', { name, exact: true }).click();
	await getByRole('combobox', { name: 'Mistä kielestä käännetään' }).selectOptions('sv');
	await expect.element(getByRole('checkbox', { name: 'ruotsi' })).not.toBeInTheDocument();
	await getByRole('radio', { name: 'CSV' }).click();
	await download.click();
	await expect.poll(() => asked).toEqual(['texts.csv /api/v1/directory/sheet?format=csv&from=sv&to=ar']);
});
