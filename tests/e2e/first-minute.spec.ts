import type { FrameLocator } from '@playwright/test';
import {
	chip,
	chooseLanguage,
	expect,
	openDoor,
	pill,
	plus,
	switchNetwork,
	test,
	todayRows,
	type Page
} from './fixtures.ts';

// Saturday 23.00 in Helsinki: no library is open, yet the demo has a reception, a day and an office.
test.use({ at: '2026-11-21T21:00:00Z' });

const SAVED = 'Tallessa puhelimessa';
const ATTENTION = 'Vaatii huomiota';
const DELIVERED = /Perillä/;

const withState = (screen: Page | FrameLocator, state: string | RegExp) =>
	todayRows(screen).filter({ has: screen.locator('.st', { hasText: state }) });

async function logOffline(phone: Page | FrameLocator): Promise<void> {
	await plus(phone).click();
	await chooseLanguage(phone, 'venäjä');
	await chip(phone, 'Asuminen').click();
	await phone.getByRole('button', { name: 'Tallenna' }).click();
	await expect(todayRows(phone)).toHaveCount(5);
	await expect(todayRows(phone).first()).toContainText('23.00');
	await expect(todayRows(phone).first()).toContainText(SAVED);
	await expect(withState(phone, SAVED)).toHaveCount(4);
	await expect(pill(phone)).toHaveText(/^\s*1 vaatii huomiota · 4 odottaa\s*$/);
}

/** The day that a demo phone begins with: four visits, three waiting, one refused by the server, no network. */
async function expectDemoDay(phone: Page | FrameLocator): Promise<void> {
	await expect(phone.getByRole('heading', { level: 1 })).toContainText('kirjasto');
	await expect(phone.getByText(/Lauantai 21\.11\. · olet täällä/)).toBeVisible();
	await expect(todayRows(phone)).toHaveCount(4);
	await expect(withState(phone, SAVED)).toHaveCount(3);
	await expect(withState(phone, ATTENTION)).toHaveCount(1);
	// What needs its author comes first, what waits is counted beside it.
	await expect(pill(phone)).toHaveText(/^\s*1 vaatii huomiota · 3 odottaa\s*$/);
}

async function expectDelivered(phone: Page | FrameLocator): Promise<void> {
	await expect(withState(phone, DELIVERED)).toHaveCount(4);
	await expect(withState(phone, ATTENTION)).toHaveCount(1);
	await expect(pill(phone)).toHaveText(/^\s*1 vaatii huomiota\s*$/);
}

async function reportNumber(office: Page | FrameLocator): Promise<number> {
	return Number((await office.getByTestId('visits').innerText()).replace(/\D/g, ''));
}

async function expectArabicCard(screen: Page | FrameLocator): Promise<void> {
	const card = screen.locator('[lang="ar"][dir="rtl"]').first();
	await expect(card).toBeVisible();
	await expect(card.getByRole('heading', { level: 1 })).toHaveText(/[؀-ۿ]/);
}

test.describe('on a wide screen', () => {
	test.use({ viewport: { width: 1400, height: 900 }, isMobile: false, hasTouch: false });

	test('phone and office side by side: a visit without a network, the receipt, the report', async ({
		page,
		server
	}) => {
		await page.goto(`${server.url}/demo`);
		await expect(page.locator('html')).toHaveAttribute('lang', 'fi');
		await expect(page.getByRole('list', { name: 'Valitse ovi' }).getByRole('listitem')).toHaveCount(3);
		await page.getByRole('link', { name: 'Kokeile rinnakkain' }).click();

		const phone = page.frameLocator('iframe[title="Neuvojan puhelin"]');
		const office = page.frameLocator('iframe[title="Koordinaattorin toimisto"]');
		await expectDemoDay(phone);
		await expect(page.getByRole('switch', { name: 'Puhelimen verkko' })).not.toBeChecked();
		await expect(office.getByTestId('visits')).toBeVisible();
		await expect(office.getByText('Sisäinen – ei julkaistavaksi').first()).toBeVisible();
		for (const frame of await page.locator('iframe').all()) {
			const box = await frame.boundingBox();
			expect(box?.y).toBeLessThan(300);
		}

		await logOffline(phone);
		const before = await reportNumber(office);
		expect(before).toBeGreaterThan(1500);

		await switchNetwork(page, true);
		await expectDelivered(phone);
		await expect.poll(() => reportNumber(office)).toBe(before + 4);

		await page.getByRole('button', { name: 'Arabiankielinen kortti' }).click();
		await expectArabicCard(phone);
	});
});

test('the same on a phone, through the doors', async ({ page, server }) => {
	await openDoor(page, server, 'Avaa toimisto');
	await expect(page.getByTestId('visits')).toBeVisible();
	const before = await reportNumber(page);

	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await expectDemoDay(page);
	await logOffline(page);
	await pill(page).click();
	await expect(page.getByRole('heading', { name: 'Odottaa lähetystä (4)' })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Vaatii huomiota (1)' })).toBeVisible();

	await switchNetwork(page, true);
	await expect(page.getByRole('heading', { name: 'Odottaa lähetystä' })).toHaveCount(0);
	await page.getByRole('link', { name: 'Tänään' }).click();
	await expectDelivered(page);

	await page.getByRole('link', { name: 'Takaisin esittelyyn' }).click();
	await expect(page).toHaveURL(/\/demo$/);
	await openDoor(page, server, 'Avaa toimisto');
	await expect(page.getByTestId('visits')).toHaveText(new Intl.NumberFormat('fi').format(before + 4));

	await openDoor(page, server, 'Avaa asiakkaan kortti');
	await expectArabicCard(page);
});
