import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/chromium.js';
import { paraglide } from './src/i18n/options.ts';

export default defineConfig({
	plugins: [paraglideVitePlugin(paraglide), sveltekit()],
	// Vite bundles these, not the adapter: its Rollup would print a warning for every import cycle inside them.
	ssr: { noExternal: ['kysely', 'zod'] },
	test: {
		expect: { requireAssertions: true },
		reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
		projects: [
			{
				extends: true,
				test: {
					name: 'node',
					environment: 'node',
					include: ['src/**/*.test.ts'],
					exclude: ['src/**/*.svelte.test.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['src/**/*.svelte.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions }),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
