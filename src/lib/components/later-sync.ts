import type { Device } from '#lib/device/device.ts';
import type { FlushResult } from '#lib/sync/flush.ts';
import type { Triggers } from '#lib/sync/triggers.ts';

import { whenIdle } from './idle.ts';

/**
 * The sending of a membership, loaded once the first screen stands: nothing that is shown or saved waits for it
 * (design.md §3).
 */
export class LaterSync {
	readonly #device: Device;
	#loading: Promise<Triggers | undefined> | undefined;
	#stopped = false;

	constructor(device: Device) {
		this.#device = device;
	}

	/** Begins to deliver when the first screen has been drawn, and goes on by itself. */
	start(): void {
		whenIdle(() => {
			if (this.#stopped) return;
			void this.#triggers().then((triggers) => {
				if (!this.#stopped) triggers?.start();
			});
		});
	}

	stop(): void {
		this.#stopped = true;
		void this.#loading?.then((triggers) => triggers?.stop());
	}

	/** Delivers now, whatever the back-off says. */
	async now(): Promise<FlushResult> {
		const triggers = await this.#triggers();
		if (!triggers) return { ok: false, failure: { why: 'offline' } };
		return this.#stopped ? { ok: false, busy: true } : triggers.now();
	}

	/** Undefined where the code itself could not be fetched, on a first visit that lost its network; asked for again later. */
	#triggers(): Promise<Triggers | undefined> {
		return (this.#loading ??= import('#lib/sync/triggers.ts').then(
			({ Triggers }) => new Triggers(this.#device),
			() => (this.#loading = undefined)
		));
	}
}
