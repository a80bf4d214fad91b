import adapter from '@sveltejs/adapter-node';
import { fingerprint } from './scripts/fingerprint.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter({ out: process.env.BUILD_OUT ?? 'build' }),
		// Names the precache revision: it must change exactly when the sources do.
		version: { name: process.env.APP_VERSION ?? fingerprint() },
		// The prerendered shell answers for URLs of every depth, so its links must not be relative.
		paths: { relative: false },
		// The shell brings its styles along: a slow phone needs longer to ask for a file than to read it.
		inlineStyleThreshold: 32_000,
		// workbox-window registers the worker (src/lib/pwa.svelte.ts) and drives the update prompt.
		serviceWorker: { register: false },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['none'],
				// Argon2, which opens the phone's vault, is WebAssembly.
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				// Kit's route announcer carries one static style attribute; this is its hash.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
				'object-src': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': [
					'svelte-trusted-html',
					'app-service-worker',
					'app-search-worker',
					'app-vault-worker'
				]
			}
		}
	}
};
