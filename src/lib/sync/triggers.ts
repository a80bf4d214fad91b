import type { Device } from '#lib/device/device.ts';
import { isFull } from '#lib/device/failures.ts';
import { SealedRow } from '#lib/device/rows.ts';
import { needsVault } from '#lib/device/vault/needs-vault.ts';
import { readContact } from './contact-row.ts';
import { isDue } from './contact.ts';
import { browserDeps } from './carrier.ts';
import { flush, type FlushDeps, type FlushResult } from './flush.ts';
import { SYNC_TAG } from './tag.ts';
import { isToBeWiped, wipe } from './wipe.ts';

/** Where a page goes that has nothing left to show. */
const WIPED_PAGE = '/start#revoked';

/** How often an open, visible app looks whether something is due, ms. */
export const TICK = 30_000;

/** Nobody delivers later because this code did not come: then the directory comes record by record. */
const askForPack: FlushDeps['askForPack'] = async (...asked) => {
	const loaded = await import('./ask-pack.ts').catch(() => undefined);
	await loaded?.askForFirstPack(...asked);
};

/**
 * Everything that starts a flush while a page is open (design.md §5.9): start, `online`, becoming visible, a timer with
 * back-off, and whoever calls `now()` after a save or a tap. Background Sync is asked for as a bonus, never relied on.
 */
export class Triggers {
	readonly #device: Device;
	#stop = new AbortController();

	constructor(device: Device) {
		this.#device = device;
	}

	start(): void {
		const { signal } = this.#stop;
		addEventListener('online', () => void this.#everybody(), { signal });
		document.addEventListener(
			'visibilitychange',
			() => document.visibilityState === 'visible' && void this.#everybody(),
			{
				signal
			}
		);
		const timer = setInterval(() => void this.#due(), TICK);
		signal.addEventListener('abort', () => clearInterval(timer));
		void this.#everybody();
	}

	stop(): void {
		this.#stop.abort();
	}

	/** Delivers now, whatever the back-off says; a tap, a save, a returning network. */
	async now(): Promise<FlushResult> {
		try {
			void this.#askBackgroundSync().catch(() => undefined);
			const result = await flush(
				this.#device,
				{ ...browserDeps, askForPack },
				{ read: !needsVault(this.#device.membership) }
			);
			if (await isToBeWiped(this.#device)) await this.#wipe();
			else if (result.ok) void this.fetchPack();
			return result;
		} catch (error) {
			// Stopped meanwhile: its database was closed under it, and another flush will find the rows.
			if (this.#stop.signal.aborted) return { ok: false, busy: true };
			// Locked meanwhile: whoever opens it goes on where this ended.
			if (error instanceof SealedRow && this.#device.db.guard?.locked) return { ok: false, busy: true };
			if (isFull(error)) return { ok: false, failure: { why: 'full' } };
			// Nobody waits for most of these tries: the fault stands in the console, and whoever tapped is told.
			reportError(error);
			return { ok: false, failure: { why: 'device' } };
		}
	}

	/** Delivers for whoever works here, and then for others who use this device. */
	async #everybody(): Promise<void> {
		const result = await this.now();
		if (!result.ok || this.#stop.signal.aborted) return;
		try {
			const { deliverOthers } = await import('./deliver-locked.ts');
			await deliverOthers(this.#device);
		} catch (error) {
			if (!this.#stop.signal.aborted) reportError(error);
		}
	}

	/** The device was revoked, and everything has arrived: nothing of it stays, and the page says so. */
	async #wipe(): Promise<void> {
		this.stop();
		await wipe(this.#device, browserDeps.carrier(this.#device));
		location.replace(WIPED_PAGE);
	}

	/** Goes on with the directory's pack, where there is one to fetch. Nothing waits for it. */
	async fetchPack(insist = false): Promise<void> {
		if (this.#stop.signal.aborted) return;
		try {
			const { fetchDirectory } = await import('./fetch-directory.ts');
			await fetchDirectory(this.#device, browserDeps, insist);
		} catch (error) {
			// Stopped meanwhile: its database was closed under it, and what came is there.
			if (!this.#stop.signal.aborted) reportError(error);
		}
	}

	async #due(): Promise<void> {
		if (document.visibilityState !== 'visible') return;
		if (isDue(await readContact(this.#device.db), Date.now())) await this.now();
	}

	async #askBackgroundSync(): Promise<void> {
		if (!('serviceWorker' in navigator)) return;
		const registration = (await navigator.serviceWorker.getRegistration()) as
			(ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
		if (!registration?.active || !registration.sync) return;
		const waiting = await this.#device.db.outbox.count();
		// A browser may refuse (private mode, no permission); the other triggers do not need it.
		if (waiting > 0) await registration.sync.register(SYNC_TAG);
	}
}
