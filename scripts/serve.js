/**
 * The production server: what every answer carries and how long a request may take is set here, before adapter-node and SvelteKit. Over
 * https with a self-signed certificate when REPPU_TLS names a folder with key.pem and cert.pem.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { answerHeaders, nameEncoding } from './answer-headers.js';
import { readEnvironment, wrongSetting } from './environment.js';
import { endIfSlow, NODE_LIMITS } from './time-limits.js';

readEnvironment();
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
	'LOG_LEVEL',
	'REQUEST_LIMITS'
])
	if (process.env[key] === '') Reflect.deleteProperty(process.env, key);

const tls = process.env.REPPU_TLS;
// adapter-node would take every address for https; the protocol is told by this entry, which knows it.
const PROTOCOL_HEADER = 'x-reppu-protocol';
if (!process.env.ORIGIN) process.env.PROTOCOL_HEADER ??= PROTOCOL_HEADER;
// Every endpoint holds its own, smaller limit and answers in JSON.
process.env.BODY_SIZE_LIMIT = 'Infinity';

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '0.0.0.0';
const origin = process.env.ORIGIN;
if (!Number.isInteger(port) || port < 0 || port > 65535) wrongSetting('PORT', 'a number from 0 to 65535');
if (origin !== undefined && !(URL.canParse(origin) && /^https?:\/\//.test(origin)))
	wrongSetting('ORIGIN', 'an address like https://reppu.example.fi');
if (tls !== undefined && !['key.pem', 'cert.pem'].every((file) => existsSync(join(tls, file))))
	wrongSetting('REPPU_TLS', 'a folder with key.pem and cert.pem');

const out = resolve(import.meta.dirname, '..', process.env.BUILD_OUT ?? 'build');

const headersOf = answerHeaders({
	out,
	demo: process.env.DEMO === 'true',
	https: origin?.startsWith('https:') ?? false
});
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The path of a request as SvelteKit reads it. @param {string} [url] */
function pathOf(url = '/') {
	const path = url.split(/[?#]/, 1)[0] ?? '/';
	try {
		return decodeURIComponent(path);
	} catch {
		// No UTF-8: SvelteKit refuses it.
		return path;
	}
}

/** The app, once it has started. @type {import('node:http').RequestListener | undefined} */
let handler;

/** @type {import('node:http').RequestListener} */
const listener = (request, response) => {
	const path = pathOf(request.url);
	response.setHeaders(headersOf(path));
	nameEncoding(response);
	if (request.httpVersion === '1.1' && !request.headers.host) {
		response.writeHead(400, { connection: 'close' }).end();
		return;
	}
	if (!handler) {
		response.writeHead(503, { 'retry-after': '5', connection: 'close' }).end();
		return;
	}
	if (!METHODS.includes(request.method ?? '')) {
		response.writeHead(405, { allow: METHODS.join(', '), connection: 'close' }).end();
		return;
	}
	request.headers[PROTOCOL_HEADER] = tls ? 'https' : 'http';
	endIfSlow(request, response, path);
	handler(request, response);
};

const server = tls
	? createSecureServer(
			{
				...NODE_LIMITS,
				minVersion: 'TLSv1.2',
				key: readFileSync(join(tls, 'key.pem')),
				cert: readFileSync(join(tls, 'cert.pem'))
			},
			listener
		)
	: createServer(NODE_LIMITS, listener);

/** What Node's parser says of bytes that are no request of HTTP; the rest is a bad request. @type {Record<string, string>} */
const PARSER_ANSWERS = {
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
	HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout'
};
const bareHeaders = [...headersOf('/api')].map(([name, value]) => `${name}: ${value}\r\n`).join('');
server.on('clientError', (error, socket) => {
	if ('code' in error && error.code === 'ECONNRESET') socket.destroy();
	if (!socket.writable) return;
	const status = PARSER_ANSWERS['code' in error ? String(error.code) : ''] ?? '400 Bad Request';
	socket.end(`HTTP/1.1 ${status}\r\n${bareHeaders}content-length: 0\r\nconnection: close\r\n\r\n`);
});

server.on('error', (error) => {
	const taken = 'code' in error && error.code === 'EADDRINUSE';
	console.error(taken ? `Port ${port} is taken. Choose another: PORT=3001 npm start` : error.message);
	process.exit(1);
});
await new Promise((listening) => server.listen(port, host, () => listening(undefined)));
const bound = server.address();
const at = typeof bound === 'object' && bound ? bound.port : port;

// Only now: whoever finds its port taken touches no register, and passkeys and links name the port that was given.
process.env.REPPU_ADDRESS ??= `${tls ? 'https' : 'http'}://localhost:${at}`;
({ handler } = await import(pathToFileURL(`${out}/handler.js`).href));
console.log(`Listening on ${tls ? 'https' : 'http'}://${host === '0.0.0.0' ? 'localhost' : host}:${at}`);
process.send?.({ listening: at });

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => {
		server.close(() => process.exit(0));
		server.closeIdleConnections();
		// A phone may hold a request open on a slow line; it will send again.
		setTimeout(() => process.exit(0), 10_000).unref();
	});
}
