import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { ApiAnswer } from '#lib/components/office/api.ts';
import { Feed } from '#lib/components/office/feed.svelte.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { PublishedFigures } from '#lib/statistics/published.ts';
import NetworkFigures from './NetworkFigures.svelte';
import type { Quarters } from './network-source.ts';

overwriteGetLocale(() => 'fi');

const QUARTERS = [
	{ from: '2026-07-01', to: '2026-09-30' },
	{ from: '2026-04-01', to: '2026-06-30' }
];

const cells = (counts: Record<string, number | null>) =>
	Object.entries(counts).map(([name, contacts]) => ({ classes: [name], contacts }));

/** What an organisation shows of the quarters, the newest first. */
const shows = (...contacts: (number | null)[]): PublishedFigures[] =>
	QUARTERS.map((quarter, at) => ({
		published: true,
		...quarter,
		contacts: contacts[at] ?? null,
		tables: [
			{ by: ['municipality'], cells: cells({ '140': 55, '263': null, other: 20 }) },
			{ by: ['topicGroup'], cells: cells({ work: 55, housing: 35, health: null, '': 10 }) },
			{ by: ['language'], cells: cells({ ar: 40, ru: 25, fa: null, so: null, th: null, '': null }) },
			{ by: ['residenceLength'], cells: cells({ 'under-1': null, '1-3': null, '': null }) }
		]
	}));

/** An organisation with what it answered last. */
async function organisation(name: string, answer: ApiAnswer<Quarters>) {
	const feed = new Feed(async () => answer);
	await feed.refresh();
	return { id: name.toLowerCase(), name, invented: false, feed };
}

const rowsOf = (container: HTMLElement) =>
	[...container.querySelectorAll<HTMLElement>('.side tbody tr')].map((row) =>
		[row.querySelector('th'), ...row.querySelectorAll('td')].map((cell) =>
			(cell?.lastChild?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
		)
	);

test('hidden figures are called so, and a sum stands only where nothing is hidden', async () => {
	const organisations = [
		await organisation('Iisalmi', { ok: true, value: shows(80, 1200) }),
		await organisation('Sonkajärvi', { ok: true, value: shows(null, 40) })
	];
	const { container, getByRole, getByText } = await render(NetworkFigures, {
		organisations,
		quarters: QUARTERS
	});
	expect(rowsOf(container)).toEqual([
		['Iisalmi', '1 200', '80'],
		['Sonkajärvi', '40', 'peitetty'],
		['Näkyvien lukujen summa', '1 240', 'ei summaa']
	]);
	await expect.element(getByText('3. neljännes 2026: noin 80 yhteydenottoa.')).toBeVisible();
	await expect.element(getByText(/^3\. neljännes 2026: yhteydenottojen määrä on peitetty/)).toBeVisible();

	const language = getByRole('group', { name: 'Asiointikieli' }).first();
	await language.getByText('4 luokkaa on peitetty').click();
	await expect.element(language.getByText('persia')).toBeVisible();
	await language.getByRole('button', { name: 'Taulukko Asiointikieli' }).click();
	await expect.element(language.getByRole('row', { name: /arabia 40 50\s%/ })).toBeVisible();
	await expect.element(language.getByRole('row', { name: 'persia peitetty –' })).toBeVisible();
	// Where so few came that their number is hidden, no share is reckoned from it.
	const second = getByRole('group', { name: 'Asiointikieli' }).last();
	await second.getByRole('button', { name: 'Taulukko Asiointikieli' }).click();
	await expect.element(second.getByRole('row', { name: 'arabia 40 –' })).toBeVisible();
});

test('one organisation that does not answer leaves the others, and gives no sum', async () => {
	const organisations = [
		await organisation('Iisalmi', { ok: true, value: shows(80, 120) }),
		await organisation('Sonkajärvi', { ok: false, failure: 'sign_in' })
	];
	const { container, getByRole } = await render(NetworkFigures, { organisations, quarters: QUARTERS });
	expect(rowsOf(container).slice(1)).toEqual([
		['Sonkajärvi', 'ei haettu', 'ei haettu'],
		['Näkyvien lukujen summa', 'ei summaa', 'ei summaa']
	]);
	const section = getByRole('region', { name: 'Sonkajärvi' });
	await expect.element(section.getByText(/Kirjautuminen on päättynyt/)).toBeVisible();
});

test('without a network it is said once, whoever is asked', async () => {
	const organisations = [
		await organisation('Iisalmi', { ok: false, failure: 'offline' }),
		await organisation('Sonkajärvi', { ok: false, failure: 'offline' })
	];
	const { container, getByRole } = await render(NetworkFigures, { organisations, quarters: QUARTERS });
	await expect.element(getByRole('button', { name: 'Yritä uudelleen' })).toBeVisible();
	expect(getByRole('button').elements()).toHaveLength(1);
	expect(container.querySelector('table')).toBeNull();
});
