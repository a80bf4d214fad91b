/**
 * The production server. adapter-node answers static and prerendered files (the offline shell among them) before
 * SvelteKit's hooks run, so the headers that every response must carry are set here. Over https with a self-signed
 * certificate when REPPU_TLS names a folder with key.pem and cert.pem.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

if (existsSync('.env')) process.loadEnvFile('.env');
// An empty value is an absent one, as .env.example has it; adapter-node would take '' for an address.
for (const key of [
	'DATABASE_URL',
	'DEMO',
	'ORGANISATION_NAME',
	'ORIGIN',
	'HOST',
	'PORT',
	'REPPU_TLS',
	'ADDRESS_HEADER',
	'XFF_DEPTH',
	'LOG_LEVEL'
])
	if (process.env[key] === '') Reflect.deleteProperty(process.env, key);

/** Settings that are needed before the server's own are read. @param {string} key @param {string} takes @returns {never} */
function wrong(key, takes) {
	console.error(`The setting ${key} is wrong: ${takes}. See .env.example.`);
	process.exit(1);
}

const tls = process.env.REPPU_TLS;
// adapter-node would take every address for https; the protocol is told by this entry, which knows it.
const PROTOCOL_HEADER = 'x-reppu-protocol';
if (!process.env.ORIGIN) process.env.PROTOCOL_HEADER ??= PROTOCOL_HEADER;
// Every endpoint holds its own, smaller limit and answers in JSON.
process.env.BODY_SIZE_LIMIT = 'Infinity';

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '0.0.0.0';
const origin = process.env.ORIGIN;
if (!Number.isInteger(port) || port < 0 || port > 65535) wrong('PORT', 'a number from 0 to 65535');
if (origin !== undefined && !(URL.canParse(origin) && /^https?:\/\//.test(origin)))
	wrong('ORIGIN', 'an address like https://reppu.example.fi');
if (tls !== undefined && !['key.pem', 'cert.pem'].every((file) => existsSync(join(tls, file))))
	wrong('REPPU_TLS', 'a folder with key.pem and cert.pem');

process.env.REPPU_ADDRESS ??= `${tls ? 'https' : 'http'}://localhost:${port}`;

const out = resolve(import.meta.dirname, '..', process.env.BUILD_OUT ?? 'build');
const { handler } = await import(pathToFileURL(`${out}/handler.js`).href);

/** Only the demo stands in frames, and only in its own. */
const ancestors = process.env.DEMO === 'true' ? "'self'" : "'none'";
const HEADERS = new Headers({
	'content-security-policy': `frame-ancestors ${ancestors}`, // a page's own policy, where it has one, replaces this
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	// Only for a public https address: a self-signed try-out would lock plain http://localhost out for two years.
	...(origin?.startsWith('https:') ? { 'strict-transport-security': 'max-age=63072000' } : {})
});

/** @type {import('node:http').RequestListener} */
const listener = (request, response) => {
	response.setHeaders(HEADERS);
	request.headers[PROTOCOL_HEADER] = tls ? 'https' : 'http';
	if (request.url === '/service-worker.js') response.setHeader('cache-control', 'no-cache');
	handler(request, response);
};

/** How long a connection may take for its headers, and for a whole request on a slow line; how often that is looked after. */
const LIMITS = { headersTimeout: 15_000, requestTimeout: 120_000, connectionsCheckingInterval: 5000 };

const server = tls
	? createSecureServer(
			{ ...LIMITS, key: readFileSync(join(tls, 'key.pem')), cert: readFileSync(join(tls, 'cert.pem')) },
			listener
		)
	: createServer(LIMITS, listener);

server.on('error', (error) => {
	const taken = 'code' in error && error.code === 'EADDRINUSE';
	console.error(taken ? `Port ${port} is taken. Choose another: PORT=3001 npm start` : error.message);
	process.exit(1);
});
server.listen(port, host, () => {
	const address = server.address();
	const at = typeof address === 'object' && address ? address.port : port;
	console.log(`Listening on ${tls ? 'https' : 'http'}://${host === '0.0.0.0' ? 'localhost' : host}:${at}`);
	process.send?.({ listening: at });
});

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => {
		server.close(() => process.exit(0));
		server.closeIdleConnections();
		// A phone may hold a request open on a slow line; it will send again.
		setTimeout(() => process.exit(0), 10_000).unref();
	});
}
