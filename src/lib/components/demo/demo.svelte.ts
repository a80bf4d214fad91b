import { openPublic } from '#lib/device/device.ts';
import type { PublicDb } from '#lib/device/public-db.ts';
import { m } from '#lib/paraglide/messages.js';
import { findPhone, makePhone, openOffice, type DemoPhone } from './demo-phone.ts';

/** What the demo page does on this device: one phone and one office, made ready when a door is opened. */
export class Demo {
	/** `looking`: not known yet whether there is a phone already. */
	status = $state<'looking' | 'idle' | 'preparing' | 'unreachable' | 'no-storage'>('looking');
	phone = $state.raw<DemoPhone>();
	publicDb = $state.raw<PublicDb>();

	async start(): Promise<void> {
		try {
			this.publicDb = await openPublic();
			this.phone = await findPhone(this.publicDb, Date.now());
			this.status = 'idle';
		} catch {
			// Private windows of some browsers, or a database of a newer version: there is nothing to build the demo on.
			this.status = 'no-storage';
		}
	}

	close(): void {
		this.publicDb?.close();
	}

	/** Makes sure that there is a phone. `anew`: a new one in any case. */
	async preparePhone(anew = false): Promise<boolean> {
		return this.#prepare(async (publicDb) => {
			if (!anew && this.phone?.fresh) return true;
			this.phone = await makePhone(publicDb, m.demo_device_phone());
			return this.phone !== undefined;
		});
	}

	async prepareOffice(): Promise<boolean> {
		return this.#prepare((publicDb) => openOffice(publicDb, m.demo_device_office()));
	}

	async #prepare(run: (publicDb: PublicDb) => Promise<boolean>): Promise<boolean> {
		if (!this.publicDb || this.status === 'preparing') return false;
		this.status = 'preparing';
		const done = await run(this.publicDb).catch(() => false);
		this.status = done ? 'idle' : 'unreachable';
		if (!done) this.phone = await findPhone(this.publicDb, Date.now());
		return done;
	}
}
