import { appPages } from '#lib/app-routes.ts';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { kept, SHELL } from './precache.ts';

/** Every page of phone and office is the same document, kept on the device. */
export function answerNavigations(): void {
	registerRoute(new NavigationRoute(kept.createHandlerBoundToURL(SHELL), { allowlist: [...appPages] }));
}
