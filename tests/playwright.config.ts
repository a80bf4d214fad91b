import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.js';

const PORT = 4300;

export default defineConfig({
	testDir: '.',
	outputDir: '../reports/playwright',
	forbidOnly: !!process.env.CI,
	fullyParallel: true,
	workers: 2,
	reporter: [['list'], ['json', { outputFile: '../reports/playwright.json' }]],
	use: {
		baseURL: `http://localhost:${PORT}`,
		trace: 'retain-on-failure',
		launchOptions
	},
	projects: [
		{ name: 'desktop', use: devices['Desktop Chrome'] },
		{ name: 'phone', use: devices['Pixel 5'] }
	],
	webServer: {
		command: 'node scripts/serve.js',
		cwd: '..',
		env: { PORT: String(PORT), HOST: 'localhost', DB: ':memory:' },
		url: `http://localhost:${PORT}/api/outbox`,
		reuseExistingServer: false
	}
});
