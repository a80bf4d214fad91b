/// <reference types="@sveltejs/kit" />
import { base, build, files, prerendered, version } from '$service-worker';
import { pushOutbox } from '#lib/sync/push.ts';
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** Background Sync is not in TypeScript's libraries: it is a proposal that only Chromium ships. */
interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
}

cleanupOutdatedCaches();
precacheAndRoute(
	[
		...build.map((url) => ({ url, revision: null })), // the content hash is in the name
		...[...files, ...prerendered].map((url) => ({ url, revision: version }))
	],
	{ cleanURLs: false }
);
registerRoute(new NavigationRoute(createHandlerBoundToURL(`${base}/shell`), { denylist: [/^\/api\//] }));
clientsClaim();

self.addEventListener('message', (event) => {
	if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// A rejection tells the browser to try again later.
self.addEventListener('sync' as never, (event: SyncEvent) => {
	if (event.tag === 'outbox') event.waitUntil(pushOutbox());
});
