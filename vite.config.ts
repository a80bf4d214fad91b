import { availableParallelism } from 'node:os';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium, launchOptions } from './scripts/chromium.js';
import { firstScreenFirst, modernDexie, uncachedDexie } from './scripts/first-screen.js';
import { packagesNoted } from './scripts/phone-packages.js';
import { paraglide } from './src/i18n/options.ts';

const browser = findChromium() !== undefined;

export default defineConfig({
	build: { license: { fileName: 'licences.txt' } },
	// Under Vitest the messages are compiled beforehand: the plugin would delay the end of a run.
	plugins: [
		...(process.env.VITEST ? [] : [paraglideVitePlugin(paraglide)]),
		sveltekit(),
		firstScreenFirst,
		uncachedDexie,
		packagesNoted
	],
	// Vite bundles these, not the adapter: its Rollup would print a warning for every import cycle inside them.
	ssr: { noExternal: ['kysely', 'zod'] },
	worker: { plugins: () => [packagesNoted] },
	// Vitest finds its packages beforehand, by their own names.
	resolve: { alias: process.env.VITEST ? [] : [modernDexie] },
	test: {
		expect: { requireAssertions: true, poll: { timeout: 30_000 } },
		reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
		// For what hangs, not for what is slow: a machine under load takes many times as long as an idle one.
		testTimeout: 120_000,
		hookTimeout: 120_000,
		// Many tests wait for a process, a database or a browser: no more workers than processors leave them idle.
		maxWorkers: availableParallelism() + 1,
		projects: [
			{
				extends: true,
				test: {
					name: 'node',
					environment: 'node',
					globalSetup: 'tests/support/shared-postgres.ts',
					include: ['src/**/*.test.ts', 'tests/integration/**/*.test.ts'],
					exclude: ['src/**/*.svelte.test.ts']
				}
			},
			...(browser
				? [
						{
							extends: true as const,
							// Found while tests run, they would reload the page under them.
							optimizeDeps: {
								include: [
									'dexie',
									'@hpke/core',
									'fflate',
									'hash-wasm',
									'zod/mini',
									'ical.js',
									'fast-check',
									'svelte/reactivity'
								]
							},
							test: {
								name: 'browser',
								include: ['src/**/*.svelte.test.ts'],
								// As journeys have it: real clicks on a machine under load. `npm test` names what passed only then.
								retry: 1,
								browser: {
									enabled: true,
									headless: true,
									screenshotFailures: false,
									provider: playwright({
										launchOptions: {
											...launchOptions,
											// Nobody taps: the tone of clip-recorder's test would never begin.
											args: [...launchOptions.args, '--autoplay-policy=no-user-gesture-required']
										}
									}),
									instances: [{ browser: 'chromium' as const }]
								}
							}
						}
					]
				: [])
		]
	}
});
