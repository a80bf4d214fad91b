import type { Delivery } from '#lib/device/delivery.ts';
import { live } from '#lib/device/live.svelte.ts';
import { deliveredAt } from '#lib/device/sent.ts';
import type { OpenApp } from './app.svelte.ts';

/** Where each of the records on a screen stands. */
export interface Deliveries {
	/** False until the receipts were read. */
	readonly ready: boolean;
	/** Undefined: nothing of it waits, and no receipt of it is known: it came from the server, or they are still being read. */
	of: (recordId: string) => Delivery | undefined;
}

/** @param ids the records that the screen shows; only their receipts are read */
export function deliveriesOf(open: OpenApp, ids: () => readonly string[]): Deliveries {
	const none: ReadonlyMap<string, number> = new Map();
	/** What the last query told stands until the next one has. */
	let last: ReadonlyMap<string, number> | undefined;
	const times = $derived.by(() => {
		const wanted = ids().filter((id) => !open.outbox.pending.has(id));
		if (wanted.length === 0) return { current: none };
		return live(async () => (last = await deliveredAt(open.device.db, wanted)), last);
	});
	return {
		get ready() {
			return open.visits.ready && times.current !== undefined;
		},
		of(recordId) {
			const pending = open.outbox.pending.get(recordId);
			if (pending?.state === 'attention') return pending;
			if (open.visits.get(recordId)?.unsettled) return { state: 'unsettled' };
			if (pending) return pending;
			const at = times.current?.get(recordId);
			return at === undefined ? undefined : { state: 'delivered', at };
		}
	};
}
