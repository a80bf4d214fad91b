/**
 * Headers that every answer carries, whoever gives it: adapter-node answers static and prerendered files before SvelteKit's hooks run, and
 * Node itself answers what is no HTTP. A page's own policy, where it has one, replaces what stands here. Told in docs/security/server.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a browser may ask this origin for; all that is not used here is off, also for whatever would get into a page. */
const PERMISSIONS = [
	// The client's view covers itself when the phone is laid on its face.
	'accelerometer=(self)',
	'browsing-topics=()',
	'camera=()',
	'clipboard-read=()',
	'clipboard-write=(self)',
	'display-capture=()',
	'gamepad=()',
	'geolocation=()',
	'gyroscope=(self)',
	'hid=()',
	'idle-detection=()',
	'magnetometer=()',
	// Clips of phrases are spoken here.
	'microphone=(self)',
	'midi=()',
	'payment=()',
	'publickey-credentials-create=(self)',
	'publickey-credentials-get=(self)',
	// The client's view keeps the screen lit.
	'screen-wake-lock=(self)',
	'serial=()',
	'usb=()',
	'xr-spatial-tracking=()'
].join(', ');

/**
 * The policies of what is no page. A worker lives by the policy of its own script's answer: it may load modules and ask this origin, and
 * compile WebAssembly (Argon2), which is not evaluating text.
 *
 * @param {string} ancestors
 */
function policies(ancestors) {
	const nothing = [
		"default-src 'none'",
		"base-uri 'none'",
		"form-action 'none'",
		`frame-ancestors ${ancestors}`,
		"object-src 'none'"
	];
	return {
		api: [...nothing, 'sandbox'].join('; '),
		file: [
			...nothing,
			"script-src 'self' 'wasm-unsafe-eval'",
			"connect-src 'self'",
			"worker-src 'self'",
			"img-src 'self'",
			"require-trusted-types-for 'script'",
			"trusted-types 'none'"
		].join('; ')
	};
}

/**
 * The policies of prerendered pages by their path: what each says in its own `meta` element, and that it stands in no frame, which a `meta`
 * element cannot say.
 *
 * @param {string} folder @param {string} ancestors
 */
function prerendered(folder, ancestors) {
	/** @type {Map<string, string>} */
	const found = new Map();
	const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
	for (const file of files.filter((name) => name.endsWith('.html'))) {
		const html = readFileSync(join(folder, file), 'utf8');
		const [, policy] = /<meta http-equiv="content-security-policy" content="([^"]+)"/.exec(html) ?? [];
		if (policy === undefined) throw new Error(`The page ${file} of the build has no policy.`);
		const path = `/${file.replaceAll('\\', '/').replace(/(^|\/)index\.html$|\.html$/, '')}`;
		found.set(path, `${policy.replaceAll('&#39;', "'")}; frame-ancestors ${ancestors}`);
	}
	return found;
}

/**
 * Gives the headers of an answer by the path that was asked for.
 *
 * @param {{ out: string, demo: boolean, https: boolean }} server `out`: folder of the build; `https`: its public address is https
 * @returns {(path: string) => Headers}
 */
export function answerHeaders({ out, demo, https }) {
	// The demo shows the app in frames of its own page.
	const ancestors = demo ? "'self'" : "'none'";
	const { api, file } = policies(ancestors);
	const pages = prerendered(join(out, 'prerendered'), ancestors);
	const common = {
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': PERMISSIONS,
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		// Only for a public https address: a self-signed try-out would lock plain http://localhost out for two years.
		...(https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {})
	};
	const kinds = {
		api: new Headers({
			...common,
			// No document, so the short list does: on a slow line each answer costs its headers.
			'permissions-policy': 'camera=(), geolocation=(), microphone=()',
			'content-security-policy': api,
			'cache-control': 'no-store'
		}),
		file: new Headers({ ...common, 'content-security-policy': file }),
		// The browser looks for a new worker with every start.
		worker: new Headers({ ...common, 'content-security-policy': file, 'cache-control': 'no-cache' })
	};
	const byPage = new Map(
		[...pages].map(([path, policy]) => [path, new Headers({ ...common, 'content-security-policy': policy })])
	);
	return (path) => {
		if (path === '/api' || path.startsWith('/api/')) return kinds.api;
		if (path === '/service-worker.js') return kinds.worker;
		return byPage.get(path) ?? kinds.file;
	};
}

/** Types whose bytes are text, and say so with their encoding; JSON is UTF-8 by its own definition. */
const TEXT = /^(text\/[\w.+-]+|[\w.+-]+\/[\w.+-]*xml)$/i;

/**
 * Has an answer name the encoding of a text: SvelteKit and its file server leave it out, and a browser that guesses is a way in.
 *
 * @param {import('node:http').ServerResponse} response
 */
export function nameEncoding(response) {
	const writeHead = response.writeHead.bind(response);
	/** @param {number} status @param {import('node:http').OutgoingHttpHeaders} [headers] */
	const named = (status, headers = {}) => {
		for (const [name, value] of Object.entries(headers))
			if (value !== undefined) response.setHeader(name, value);
		const type = String(response.getHeader('content-type') ?? '');
		if (TEXT.test(type)) response.setHeader('content-type', `${type}; charset=utf-8`);
		return writeHead(status);
	};
	response.writeHead = /** @type {typeof response.writeHead} */ (named);
}
