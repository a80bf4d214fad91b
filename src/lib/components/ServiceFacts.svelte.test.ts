import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { sampleService } from '#lib/directory/sample-service.ts';
import { instantOf } from '#lib/domain/dates.ts';
import type { Hours } from '#lib/domain/hours.ts';
import type { Service } from '#lib/domain/service.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import ServiceFacts from './ServiceFacts.svelte';

overwriteGetLocale(() => 'fi');
afterEach(() => vi.restoreAllMocks());

const source = { title: 'Iisalmi', date: '2026-02-01' };
const text = (words: string) => ({ fi: { text: words, origin: 'written' as const } });
const weekly = {
	from: '2026-01-01',
	rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
	opens: '09:00',
	closes: '16:00'
};
const office: Hours = { rules: [weekly], exceptions: [] };

/** The Thursday before Easter. */
const now = instantOf('2026-04-02', '10:00');
const show = (service: Partial<Service>) => render(ServiceFacts, { service: sampleService(service), now });
const opened = async () => page.getByText('Ajat 7 päivän aikana').click();

describe('the facts of a service', () => {
	it('say that it is open now, and its hours by day with holidays and exceptions', async () => {
		const exceptions = [
			{
				from: '2026-04-07',
				to: '2026-04-07',
				open: [{ opens: '12:00', closes: '14:00' }],
				note: text('Koulutus')
			}
		];
		await show({ hours: { ...office, exceptions, holidays: { 'good-friday': [] } } });
		await expect.element(page.getByText('Avoinna nyt, sulkeutuu 16.00')).toBeVisible();
		await expect.element(page.getByRole('row')).not.toBeInTheDocument();
		await opened();
		const row = (name: RegExp) => page.getByRole('row', { name });
		await expect.element(row(/torstai 2\.4\..*9\.00–16\.00/)).toBeVisible();
		await expect.element(row(/perjantai 3\.4\..*pitkäperjantai.*suljettu/)).toBeVisible();
		await expect.element(row(/tiistai 7\.4\..*poikkeus.*12\.00–14\.00.*Koulutus/)).toBeVisible();
		expect(page.getByRole('row').elements()).toHaveLength(7);
	});

	it('load the reader of rarer rules where one is needed', async () => {
		await show({ hours: { ...office, rules: [{ ...weekly, rule: 'FREQ=MONTHLY;BYDAY=1TH' }] } });
		await expect.element(page.getByText('Avoinna nyt, sulkeutuu 16.00')).toBeVisible();
	});

	it('never call a service open that is paused', async () => {
		await show({ hours: office, status: 'paused' });
		await expect.element(page.getByText('Ajat 7 päivän aikana')).toBeVisible();
		expect(document.body.textContent).not.toContain('Avoinna nyt');
	});

	it('tell of each place where it is, how to call it and when it is open', async () => {
		await show({
			places: [
				{
					id: '01a1fb67-0000-7000-8000-0000000000aa',
					name: text('Iisalmen toimisto'),
					address: text('Riistakatu 5'),
					postalCode: '74100',
					postOffice: { sv: { text: 'IDENSALMI', origin: 'written' } },
					phones: [{ number: '+358171234567', source }],
					hours: {
						rules: [{ ...weekly, rule: 'FREQ=DAILY', opens: '00:00', closes: '24:00' }],
						exceptions: []
					},
					access: text('Luiska pihan puolella')
				}
			]
		});
		await expect.element(page.getByRole('heading', { name: 'Iisalmen toimisto' })).toBeVisible();
		await expect.element(page.getByText('Riistakatu 5')).toBeVisible();
		await expect.element(page.getByText('74100')).toBeVisible();
		await expect.element(page.getByText('IDENSALMI')).toHaveAttribute('lang', 'sv');
		await expect.element(page.getByText('Avoinna ympäri vuorokauden')).toBeVisible();
		await expect.element(page.getByRole('link', { name: '017 123 4567' })).toBeVisible();
		await expect.element(page.getByText('Luiska pihan puolella')).toBeVisible();
	});

	it('tell who gives it, for whom, how and for how much, in the language there is', async () => {
		await show({
			provider: text('Iisalmen kaupunki'),
			eligibility: { ar: { text: 'للجميع', origin: 'written' } },
			apply: text('Tule paikalle.\nEt tarvitse aikaa.'),
			fees: text('Maksuton'),
			description: text('Pitkä kuvaus')
		});
		await expect.element(page.getByText('Iisalmen kaupunki')).toBeVisible();
		await expect.element(page.getByText('للجميع')).toHaveAttribute('dir', 'rtl');
		await expect.element(page.getByText('Et tarvitse aikaa.', { exact: false })).toBeVisible();
		await expect.element(page.getByText('Maksuton')).toBeVisible();
		await page.getByText('Lisää palvelusta').click();
		await expect.element(page.getByText('Pitkä kuvaus')).toBeVisible();
	});
});
