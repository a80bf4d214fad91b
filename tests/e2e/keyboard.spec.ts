import { demoPhone, expect, newestFields, test, todayRows, type Page } from './fixtures.ts';
import type { Locator } from '@playwright/test';

// A laptop on the desk of a library: no touch, no mouse.
test.use({ viewport: { width: 1000, height: 700 }, isMobile: false, hasTouch: false });

/** Nothing on the page has the focus: Tab went on to the browser's own controls. */
const LEFT = 'left';

/** What has the focus is drawn with an outline of at least 2 px and nothing lies over it. Empty where all is well. */
async function focusFault(page: Page): Promise<string> {
	return page.evaluate(() => {
		const focused = document.activeElement;
		if (!focused || focused === document.body) return 'left';
		// A chip's own input is invisible: its label is what people see.
		const drawn = focused.closest('label') ?? focused;
		const name = `${focused.tagName} "${(drawn.textContent || focused.getAttribute('aria-label') || '').trim().slice(0, 40)}"`;
		const outlined = [focused, drawn].some((element) => {
			const style = getComputedStyle(element);
			return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
		});
		if (!outlined) return `${name} has no visible focus`;
		const box = drawn.getBoundingClientRect();
		const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
		const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
		const above = document.elementFromPoint(x, y);
		if (!above || !(drawn.contains(above) || above.contains(drawn))) {
			return `${name} is covered by ${above?.tagName}.${above?.className}`;
		}
		return '';
	});
}

/** Goes on with Tab until the element has the focus; every stop on the way must be visible. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
	for (let step = 0; step < most; step += 1) {
		if (await target.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
		expect((await focusFault(page)).replace(LEFT, '')).toBe('');
	}
	throw new Error(`Tab does not reach ${target}.`);
}

test('a working day without a mouse', async ({ page, context, server }) => {
	await demoPhone(page, server);
	await context.setOffline(true);
	await page.reload();
	await expect(todayRows(page)).toHaveCount(4);

	// Two topics by their keys, the language by Tab and space, saved from within the form.
	// Keys are heard a moment after the screen stands.
	await expect(async () => {
		await page.keyboard.press('n');
		await page.getByRole('heading', { level: 1, name: 'Kirjaa käynti' }).waitFor({ timeout: 1000 });
	}).toPass();
	await page.keyboard.press('l');
	await expect(page.locator('input[name="language"]').first()).toBeFocused();
	expect(await focusFault(page)).toBe('');
	await page.keyboard.press('Space');
	await page.keyboard.press('5');
	await page.keyboard.press('w');
	await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(2);
	await page.keyboard.press('Control+Enter');
	await expect(todayRows(page)).toHaveCount(5);
	expect((await newestFields(page))['topics']).toHaveLength(2);

	await tabTo(page, page.getByRole('button', { name: 'Kumoa', exact: true }));
	await page.keyboard.press('Enter');
	await expect(todayRows(page)).toHaveCount(4);

	// The same form with nothing but Tab and space.
	await tabTo(page, page.getByRole('link', { name: 'Kirjaa', exact: true }));
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('checkbox', { name: 'Koulutus' }));
	await page.keyboard.press('Space');
	await tabTo(page, page.getByRole('button', { name: 'Ohjaus' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Ohjaus' })).toBeFocused();
	await tabTo(page, page.getByRole('button', { name: 'Tallenna' }));
	await page.keyboard.press('Enter');
	await expect(page.getByText('Kieli puuttuu')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(todayRows(page)).toHaveCount(5);

	await page.keyboard.press('/');
	await expect(page.getByRole('searchbox')).toBeFocused();
	await page.keyboard.type('kela');
	const kela = page.getByRole('listitem').getByRole('link', { name: /^Kela/ }).first();
	await kela.waitFor();
	await tabTo(page, kela);
	await page.keyboard.press('Enter');
	const show = page.getByRole('link', { name: /Näytä asiakkaalle/ });
	await show.waitFor();
	await tabTo(page, show);
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor();
	await tabTo(page, page.getByRole('dialog').getByRole('searchbox'));
	await page.keyboard.type('arab');
	await tabTo(
		page,
		page
			.getByRole('dialog')
			.getByRole('button', { name: /arabia/ })
			.first()
	);
	await page.keyboard.press('Enter');
	await expect(page.locator('[lang="ar"][dir="rtl"]').first()).toBeVisible();
	const close = page.getByRole('link', { name: 'Sulje' });
	await tabTo(page, close);
	await page.keyboard.press('Enter');
	await expect(show).toBeVisible();

	await page.keyboard.press('g');
	await page.keyboard.press('s');
	await expect(page.getByRole('heading', { level: 1, name: 'Lähetys' })).toBeFocused();
	await tabTo(page, page.getByRole('button', { name: 'Yritä nyt' }));
	await page.keyboard.press('Enter');
	await expect(page.getByText(/Yhteys puuttuu/)).toBeVisible();

	// The help lists the keys and gives the focus back.
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Pikanäppäimet' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Yritä nyt' })).toBeFocused();
});

test('Tab goes round every screen and is caught nowhere', async ({ page, server }) => {
	await demoPhone(page, server);
	for (const path of [
		'/',
		'/log',
		'/services',
		'/tour',
		'/languages',
		'/visits',
		'/sync',
		'/settings',
		'/more'
	]) {
		await page.goto(`${server.url}${path}`);
		await page.getByRole('heading', { level: 1 }).first().waitFor();
		let left = false;
		for (let step = 0; step < 150 && !left; step += 1) {
			await page.keyboard.press('Tab');
			const fault = await focusFault(page);
			left = fault === LEFT;
			expect(left ? '' : fault, path).toBe('');
		}
		expect(left, `${path}: the focus leaves the page again`).toBe(true);
	}
});
