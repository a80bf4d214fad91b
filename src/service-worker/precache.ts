import { build, files, version } from '$service-worker';
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** The one prerendered document; see routes/(app)/shell. */
export const SHELL = '/shell';

/** Pictures for app stores and files for robots: no screen of the app shows them. */
const NOT_OFFLINE = /^\/(screenshots\/|robots\.txt$)/;

/**
 * Files that are fetched at a time. One after the other, as Workbox would, three hundred of them take three minutes on a line that needs 600 ms
 * there and back; more would take the line away from the page.
 */
const AT_A_TIME = 4;

/** What lies on the device, and how it gets there. */
export const kept = new PrecacheController();

/** Puts the whole app on the device when the worker is installed: every screen opens with the server gone. */
export function keepFiles(): void {
	cleanupOutdatedCaches();
	kept.addToCacheList([
		...build.map((url) => ({ url, revision: null })), // the content hash is in the name
		...[...files.filter((url) => !NOT_OFFLINE.test(url)), SHELL].map((url) => ({ url, revision: version }))
	]);
	self.addEventListener('install', (event) => event.waitUntil(fetchFiles(event)));
	self.addEventListener('activate', (event) => void kept.activate(event));
	registerRoute(new PrecacheRoute(kept, { cleanURLs: false }));
}

/** Rejects if one of the files cannot be kept: the browser gives up this worker and tries again with the next navigation. */
async function fetchFiles(event: ExtendableEvent): Promise<void> {
	const rest = kept.getURLsToCacheKeys().entries();
	const fetchRest = async () => {
		for (const [url, cacheKey] of rest) {
			// What has no hash in its name must not come from the browser's own cache.
			const request = new Request(url, {
				cache: cacheKey === url ? 'default' : 'reload',
				credentials: 'same-origin'
			});
			await Promise.all(kept.strategy.handleAll({ params: { cacheKey }, request, event }));
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, fetchRest));
}
