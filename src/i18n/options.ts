import type { CompilerOptions } from '@inlang/paraglide-js';

/** One set of options for the Vite plugin and for `compile.ts`, so that lint and type checks see what the build sees. */
export const paraglide = {
	project: './src/i18n/project.inlang',
	outdir: './src/lib/paraglide',
	strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
	outputStructure: 'message-modules'
} satisfies CompilerOptions;
