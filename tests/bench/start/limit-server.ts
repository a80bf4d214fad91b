import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

/** The limit: a page of one line that a service worker of a few lines answers from its cache. */
const PAGE = `<!doctype html><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<nav><a href="/log">+</a></nav><main><h1>Limit</h1><a href="/visits/1">1</a></main>
<script>navigator.serviceWorker.register('/sw.js')</script>`;
const WORKER = `addEventListener('install', (event) => event.waitUntil(caches.open('limit').then((cache) => cache.add('/'))));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => event.respondWith(caches.match('/')));`;

const server = createServer((request, response) => {
	const worker = request.url === '/sw.js';
	response.setHeader('content-type', worker ? 'text/javascript' : 'text/html');
	response.end(worker ? WORKER : PAGE);
}).listen(Number(process.env['PORT']), '127.0.0.1', () =>
	process.send?.({ listening: (server.address() as AddressInfo).port })
);
