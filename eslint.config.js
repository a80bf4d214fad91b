import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * What a part of the source may not import. Imports across folders start with `#lib/`, so a path says which part it
 * belongs to; SvelteKit itself keeps `#lib/server` out of the browser.
 */
const boundaries = [
	{
		part: 'the contract is shared by every side: it knows none of them',
		files: ['src/lib/contract.ts'],
		never: ['#lib/**', '$app/**', '$env/**', 'dexie', 'kysely', 'svelte']
	},
	{
		part: 'pages reach stored data through modules of $lib',
		files: ['src/routes/**'],
		never: ['dexie', 'kysely', 'node:*']
	},
	{
		part: 'code that the service worker shares cannot use the page',
		files: ['src/service-worker/**', 'src/lib/sync/push.ts'],
		never: ['$app/**', '$env/**', '#lib/server/**', 'svelte', '*.svelte', '*.svelte.ts']
	},
	{
		part: 'the server does not touch the browser database',
		files: ['src/lib/server/**', 'src/hooks.server.ts'],
		never: ['dexie', '#lib/db/**', '#lib/sync/**', '*.svelte']
	}
];

/** In force everywhere; a later entry of the same rule replaces an earlier one, so each part repeats it. */
const everywhere = [
	{
		group: ['../*'],
		message: 'Write `#lib/…`, so that the boundaries in eslint.config.js can see where it points.'
	},
	{ regex: '^\\#lib/(?:.*/)?[^./]+$', message: 'Write the file extension (SvelteKit 3 requires it).' }
];

export default defineConfig(
	globalIgnores(['build/', '.svelte-kit/', 'reports/', 'src/lib/paraglide/']),
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	{ languageOptions: { globals: { ...globals.browser, ...globals.node } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } }
	},
	{ files: ['src/**'], rules: { 'no-restricted-imports': ['error', { patterns: everywhere }] } },
	boundaries.map(({ part, files, never }) => ({
		files,
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ patterns: [...everywhere, { group: never, message: `Boundary: ${part}.` }] }
			]
		}
	}))
);
