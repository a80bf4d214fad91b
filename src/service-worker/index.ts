/// <reference types="@sveltejs/kit" />
import { clientsClaim } from 'workbox-core';
import * as z from 'zod/mini';
import { deliverInBackground } from './background-sync.ts';
import { answerNavigations } from './navigation.ts';
import { keepFiles } from './precache.ts';

/**
 * The worker answers GET for the app's own files and for the pages of phone and office, and nothing else: a request with a
 * body is never touched (design.md §5.11). It also delivers what waits when the browser says that the network is back.
 */
declare const self: ServiceWorkerGlobalScope;

// As on the page: no code made from text.
z.config({ jitless: true });

keepFiles();
answerNavigations();
deliverInBackground();
clientsClaim();

self.addEventListener('message', (event) => {
	if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});
