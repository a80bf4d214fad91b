import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

/**
 * What a part of the source may import of ours, and which outside packages. Imports across folders start with `#lib/`, so a
 * path says which part it belongs to; SvelteKit itself keeps `#lib/server` out of the browser.
 */
const parts = {
	domain: { ours: [], packages: ['zod/mini', 'ical.js'], why: 'domain says what the words mean and is pure' },
	protocol: {
		ours: ['domain'],
		packages: ['zod/mini', '@hpke/core', 'fflate'],
		why: 'the wire knows the domain only'
	},
	statistics: {
		ours: ['domain'],
		packages: ['zod/mini'],
		why: 'statistics is shared by phone and server and is pure'
	},
	directory: {
		ours: ['domain'],
		packages: ['zod/mini'],
		why: 'the directory is pure; data is handed in'
	},
	device: {
		ours: ['domain', 'protocol'],
		packages: [
			'zod/mini',
			'dexie',
			'hash-wasm',
			'@phi-ag/argon2/argon2.wasm?url&inline',
			'svelte',
			'svelte/reactivity'
		],
		why: 'the phone’s database knows neither network nor screens'
	},
	sync: {
		ours: ['domain', 'protocol', 'device'],
		packages: ['zod/mini', '@simplewebauthn/browser'],
		why: 'sync moves ops between device and server'
	},
	ui: {
		ours: [],
		packages: ['svelte', 'svelte/reactivity', 'svelte/attachments', 'lean-qr'],
		why: 'ui has no domain words'
	},
	components: {
		ours: [
			'domain',
			'protocol',
			'statistics',
			'directory',
			'device',
			'sync',
			'ui',
			'paraglide',
			'pwa.svelte.ts'
		],
		packages: ['svelte', 'svelte/reactivity', 'svelte/attachments', 'zod/mini', '$app/*'],
		why: 'components use everything of the client, never the server'
	},
	server: {
		ours: ['domain', 'protocol', 'statistics', 'directory'],
		packages: [
			'zod',
			'zod/mini',
			'@simplewebauthn/server',
			'nodemailer',
			'openid-client',
			'@streamparser/json',
			'csv-parse',
			'kysely',
			'pg',
			'pino',
			'saxes',
			'yauzl',
			'yazl',
			'node:*',
			'@sveltejs/kit',
			'$env/*',
			'$app/*'
		],
		why: 'the server does not touch the browser’s database or screens'
	}
};

const everyPart = [...Object.keys(parts), 'paraglide', 'pwa.svelte.ts'];

/** In force everywhere; a later entry of the same rule replaces an earlier one, so each part repeats it. */
const everywhere = [
	{
		// A page may show another page: both are routes, and no boundary lies between them.
		group: ['../*', '!../+page.svelte'],
		message: 'Write `#lib/…`, so that the boundaries in eslint.config.js can see where it points.'
	},
	{ regex: '^#lib/(?:.*/)?[^./]+$', message: 'Write the file extension (SvelteKit 3 requires it).' }
];

/** @param {string} files @param {typeof everywhere[number][]} patterns */
const restrict = (files, patterns) => ({
	files: [files],
	ignores: ['**/*.test.ts'],
	rules: { 'no-restricted-imports': ['error', { patterns: [...everywhere, ...patterns] }] }
});

const boundaries = Object.entries(parts).map(([part, { ours, packages, why }]) => {
	const never = everyPart.filter((other) => other !== part && !ours.includes(other));
	const allowed = packages.map((name) => name.replace(/[/*$.?]/g, (c) => (c === '*' ? '.*' : `\\${c}`)));
	return restrict(`src/lib/${part}/**`, [
		{ group: never.flatMap((other) => [`#lib/${other}`, `#lib/${other}/**`]), message: `Boundary: ${why}.` },
		{
			regex: `^(?!\\.|#|(?:${allowed.join('|') || '(?!)'})$).+`,
			message: `Boundary: ${why}; this package is not one of its own.`
		}
	]);
});

export default defineConfig(
	globalIgnores(['build/', '.svelte-kit/', 'reports/', 'src/lib/paraglide/', 'tests/bench/node_modules/']),
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	{ languageOptions: { globals: { ...globals.browser, ...globals.node } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				parser: ts.parser,
				extraFileExtensions: ['.svelte'],
				// What svelte.config.js says of our own files; a function, as there, could not be compared with that of the last run.
				svelteConfig: { compilerOptions: { runes: true } }
			}
		}
	},
	{
		rules: {
			'svelte/no-at-html-tags': 'error',
			// It takes every Map and Date inside a function of a rune class for state of the screen.
			'svelte/prefer-svelte-reactivity': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-explicit-any': 'error'
		}
	},
	{ files: ['src/**'], rules: { 'no-restricted-imports': ['error', { patterns: everywhere }] } },
	...boundaries,
	restrict('src/routes/api/**', [
		{
			group: [
				'dexie',
				'kysely',
				'node:*',
				'#lib/device/**',
				'#lib/sync/**',
				'#lib/ui/**',
				'#lib/components/**'
			],
			message: 'Boundary: routes parse, authorise, call the server and answer; nothing else.'
		}
	]),
	restrict('src/routes/(app)/**', [
		{
			group: ['dexie', 'kysely', 'node:*', '#lib/server/**'],
			message: 'Boundary: pages reach data through modules of #lib.'
		}
	]),
	restrict('src/routes/(office)/**', [
		{
			group: ['dexie', 'kysely', 'node:*', '#lib/server/**'],
			message: 'Boundary: the office reads its data through the API.'
		}
	]),
	restrict('src/service-worker/**', [
		{
			group: [
				'$app/**',
				'$env/**',
				'#lib/server/**',
				'#lib/components/**',
				'#lib/ui/**',
				'svelte',
				'*.svelte',
				'*.svelte.ts'
			],
			message: 'Boundary: the worker has no page.'
		}
	])
);
