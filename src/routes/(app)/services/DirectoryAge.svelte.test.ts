import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import DirectoryAge from './DirectoryAge.svelte';

const DAY = 86_400_000;

overwriteGetLocale(() => 'fi');

async function textAfter(days: number | undefined): Promise<string> {
	const heardAt = days === undefined ? undefined : Date.now() - days * DAY;
	const { container } = await render(DirectoryAge, { membership: { heardAt } });
	return container.innerText.trim();
}

it.each([undefined, 0, 0.9])('of today it says nothing: %s days', async (days) => {
	expect(await textAfter(days)).toBe('');
});

it('of another day it says which', async () => {
	expect(await textAfter(3)).toMatch(/^\D+\d{1,2}\.\d{1,2}\.\d{4}\.$/);
});

it('after a month it warns, and says that it mends itself', async () => {
	expect(await textAfter(31)).toMatch(/vanhentu.*itsestään/s);
});
