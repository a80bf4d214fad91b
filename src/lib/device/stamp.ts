import { liveQuery } from 'dexie';
import { readMeta, type Device } from './device.ts';

/** What the device must know before it can stamp an op; kept at hand, so that a save reads nothing first. */
export interface Stamp {
	replica: string;
	/** Server's time − device's time, ms. */
	clockOffset: number;
}

export async function readStamp(device: Device): Promise<Stamp> {
	const [replica, clockOffset = 0] = await Promise.all([
		readMeta(device.db, 'replica'),
		readMeta(device.db, 'clockOffset')
	]);
	if (replica === undefined) throw new Error('This database has no replica id.');
	return { replica, clockOffset };
}

/** The stamp as it stands: a fork brings a new replica, an answer of the server another offset. */
export class CurrentStamp {
	current: Stamp;
	readonly #subscription: { unsubscribe: () => void };

	/** @param changed is told of each, the first one included */
	constructor(device: Device, first: Stamp, changed: (stamp: Stamp) => void) {
		changed((this.current = first));
		this.#subscription = liveQuery(() => readStamp(device)).subscribe({
			next: (stamp) => changed((this.current = stamp)),
			// The database was closed under it: whoever saves next is told by the save itself.
			error: () => undefined
		});
	}

	stop(): void {
		this.#subscription.unsubscribe();
	}
}
