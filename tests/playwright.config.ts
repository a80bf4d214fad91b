import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.js';

export default defineConfig({
	testDir: '.',
	testMatch: ['e2e/**/*.spec.ts', 'engines/**/*.spec.ts', 'faults/**/*.spec.ts'],
	outputDir: '../reports/playwright',
	forbidOnly: !!process.env.CI,
	fullyParallel: true,
	workers: 2,
	// A machine of two cores runs two browsers, their servers and the build's leftovers; what passes at the second try is listed as flaky.
	retries: 1,
	timeout: 240_000,
	// For what never comes, not for what is slow.
	expect: { timeout: 30_000 },
	reporter: [['list'], ['json', { outputFile: '../reports/playwright.json' }]],
	use: {
		trace: 'on-first-retry',
		launchOptions,
		locale: 'fi-FI',
		timezoneId: 'Europe/Helsinki',
		reducedMotion: 'reduce'
	} as never,
	projects: [{ name: 'phone', use: { ...devices['Pixel 5'], viewport: { width: 360, height: 640 } } }]
});
