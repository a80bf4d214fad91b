/**
 * The production server. adapter-node answers static and prerendered files (the offline shell among them) before
 * SvelteKit's hooks run, so the headers that every response must carry are set here.
 */
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const out = resolve(import.meta.dirname, '..', process.env.BUILD_OUT ?? 'build');
const { handler } = await import(pathToFileURL(`${out}/handler.js`).href);

const HEADERS = new Headers({
	'content-security-policy': "frame-ancestors 'none'", // a page's own policy, where it has one, replaces this
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=()',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff'
});

const server = createServer((request, response) => {
	response.setHeaders(HEADERS);
	if (request.url === '/service-worker.js') response.setHeader('cache-control', 'no-cache');
	handler(request, response);
});

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '0.0.0.0';
server.listen(port, host, () => console.log(`Listening on http://${host}:${port}`));

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => {
		server.close(() => process.exit(0));
		server.closeIdleConnections();
	});
}
