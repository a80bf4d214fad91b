import { appPages } from '#lib/app-routes.ts';
import { createHandlerBoundToURL } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { SHELL } from './precache.ts';

/** Every page of phone and office is the same document, kept on the device. */
export function answerNavigations(): void {
	registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { allowlist: [...appPages] }));
}
