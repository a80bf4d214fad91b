import { dev } from '$app/env';
import type { Workbox } from 'workbox-window';

const SCRIPT = '/service-worker.js';
/** How often an open app looks for a new version, ms. */
const CHECK = 6 * 3_600_000;
/** Hidden for so long, the app changes to a waiting version by itself when it is shown again, ms. */
const AWAY = 30 * 60_000;
/** How long an update that was put off is not offered again, ms. It stays in the menu. */
const REMIND = 2 * 3_600_000;

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

/** A form with text in it. It can put the text away before the page goes. */
interface OpenForm {
	readonly dirty: boolean;
	keep(): Promise<void>;
}

/** Chromium's offer to install the app; no other browser makes one. */
interface InstallOffer extends Event {
	prompt(): Promise<unknown>;
}

/** The service worker seen from the page: ready for offline use, a new version, installing. */
class Pwa {
	/** A new version waits. */
	updateReady = $state(false);
	#putOffAt = $state(0);
	offlineReady = $state(false);
	installOffer = $state.raw<InstallOffer>();
	#forms = $state.raw<readonly OpenForm[]>([]);
	#workbox: Workbox | undefined;
	#started = false;
	#hiddenAt: number | undefined;

	/** True where the update may be offered with a notice: no form is being filled in, and it was not put off lately. */
	mayOffer(now: number): boolean {
		return this.updateReady && now - this.#putOffAt > REMIND && !this.#dirty;
	}

	/** The user said "later". */
	putOff(): void {
		this.#putOffAt = Date.now();
	}

	get #dirty(): boolean {
		return this.#forms.some((form) => form.dirty);
	}

	/** Registers the worker, once for as long as the document lives. Nothing on the first screen needs it. */
	async start(): Promise<void> {
		if (this.#started) return;
		this.#started = true;
		addEventListener('beforeinstallprompt', (event) => {
			event.preventDefault();
			this.installOffer = event as InstallOffer;
		});
		if (dev || !('serviceWorker' in navigator)) return;
		// The first screen comes first: the worker's files would share the line with it.
		await new Promise((done) =>
			document.readyState === 'complete' ? done(0) : addEventListener('load', done)
		);
		const { Workbox } = await import('workbox-window');
		const workbox = (this.#workbox = new Workbox(scriptUrl(), { updateViaCache: 'none' }));
		workbox.addEventListener('waiting', () => (this.updateReady = true));
		workbox.addEventListener('activated', (event) => {
			if (!event.isUpdate) this.offlineReady = true;
		});
		// A new worker takes over: reload, in every tab and not only the one that accepted, for old code must not run
		// over the new worker's cache. The first worker of all replaces nothing and must not reload a page in use.
		let controlled = navigator.serviceWorker.controller !== null;
		workbox.addEventListener('controlling', () => {
			// None takes over where the browser drops the worker with everything else, of a device that was revoked.
			if (!navigator.serviceWorker.controller) return;
			if (controlled) void this.#reload();
			controlled = true;
		});
		// Without a network there is nothing to register or to look for; the worker that is there goes on.
		await workbox.register().catch(() => undefined);
		document.addEventListener('visibilitychange', () => this.#seen());
		setInterval(() => this.#check(), CHECK);
	}

	/** While the form is open, no update is offered over its text, and a reload puts the text away first. */
	hold(form: OpenForm): () => void {
		this.#forms = [...this.#forms, form];
		return () => void (this.#forms = this.#forms.filter((other) => other !== form));
	}

	/** Every tab of this device changes to the new version. */
	acceptUpdate(): void {
		this.#workbox?.messageSkipWaiting();
	}

	#seen(): void {
		if (document.visibilityState === 'hidden') {
			this.#hiddenAt = Date.now();
			return;
		}
		if (this.updateReady && !this.#dirty && this.#hiddenAt && Date.now() - this.#hiddenAt > AWAY)
			this.acceptUpdate();
		else this.#check();
	}

	#check(): void {
		if (document.visibilityState === 'visible' && navigator.onLine)
			this.#workbox?.update().catch(() => undefined);
	}

	/** Puts the text of every open form away. */
	async keepForms(): Promise<void> {
		await Promise.allSettled(this.#forms.map((form) => form.keep()));
	}

	async #reload(): Promise<void> {
		await this.keepForms();
		location.reload();
	}
}

export const pwa = new Pwa();
