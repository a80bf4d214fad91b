import { dev } from '$app/env';
import { Workbox } from 'workbox-window';

const SCRIPT = '/service-worker.js';
const HOUR = 60 * 60_000;

interface TrustedTypes {
	createPolicy(
		name: string,
		rules: { createScriptURL(url: string): string }
	): { createScriptURL(url: string): string };
}

/** The one script URL that the page's Trusted Types policy lets through. */
function scriptUrl(): string {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	const policy = trustedTypes?.createPolicy('app-service-worker', { createScriptURL: () => SCRIPT });
	return policy?.createScriptURL(SCRIPT) ?? SCRIPT;
}

class Pwa {
	updateReady = $state(false);
	offlineReady = $state(false);
	#workbox: Workbox | undefined;

	async start(): Promise<void> {
		if (dev || !('serviceWorker' in navigator)) return;
		const workbox = (this.#workbox = new Workbox(scriptUrl(), { updateViaCache: 'none' }));
		workbox.addEventListener('waiting', () => (this.updateReady = true));
		workbox.addEventListener('activated', (event) => {
			if (!event.isUpdate) this.offlineReady = true;
		});
		// A new worker takes over: reload, in every tab and not only the one that accepted, for old code must not run
		// over the new worker's cache. The first worker of all replaces nothing and must not reload a page in use.
		let controlled = navigator.serviceWorker.controller !== null;
		workbox.addEventListener('controlling', () => {
			if (controlled) location.reload();
			controlled = true;
		});
		await workbox.register();
		const check = () => {
			if (document.visibilityState === 'visible' && navigator.onLine) workbox.update().catch(() => {});
		};
		document.addEventListener('visibilitychange', check);
		setInterval(check, HOUR);
	}

	acceptUpdate(): void {
		this.#workbox?.messageSkipWaiting();
	}
}

export const pwa = new Pwa();
