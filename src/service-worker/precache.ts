import { build, files, version } from '$service-worker';
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

/** The one prerendered document; see routes/(app)/shell. */
export const SHELL = '/shell';

/** Pictures for app stores and files for robots: no screen of the app shows them. */
const NOT_OFFLINE = /^\/(screenshots\/|robots\.txt$)/;

/** Puts the whole app on the device when the worker is installed: every screen opens with the server gone. */
export function keepFiles(): void {
	cleanupOutdatedCaches();
	precacheAndRoute(
		[
			...build.map((url) => ({ url, revision: null })), // the content hash is in the name
			...[...files.filter((url) => !NOT_OFFLINE.test(url)), SHELL].map((url) => ({ url, revision: version }))
		],
		{ cleanURLs: false }
	);
}
