import { expect, test } from '@playwright/test';

for (const run of [1, 2, 3, 4]) {
	test(`the first worker never reloads a page that is being used (${run})`, async ({ page }) => {
		await page.addInitScript(() => {
			sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;
		});
		await page.goto('/');
		await page.reload(); // while the worker installs: workbox-window then takes it for another tab's
		await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
		await page.waitForTimeout(700);
		expect(await page.evaluate(() => sessionStorage.loads)).toBe('2');
	});
}
