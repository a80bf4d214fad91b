import { openPublic } from '#lib/device/device.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { deliverLocked } from '#lib/sync/deliver-locked.ts';
import { SYNC_TAG } from '#lib/sync/tag.ts';

declare const self: ServiceWorkerGlobalScope;

/** Background Sync is not in TypeScript's libraries: it is a proposal that only Chromium ships. */
interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
}

/** Delivers what waits when the network comes back, with no page open. A bonus: every page delivers by itself. */
export function deliverInBackground(): void {
	self.addEventListener('sync' as never, (event: SyncEvent) => {
		if (event.tag === SYNC_TAG) event.waitUntil(deliverAll());
	});
}

/** A rejection tells the browser to try again later. */
async function deliverAll(): Promise<void> {
	const publicDb = await openPublic();
	try {
		const memberships = await publicDb.memberships.toArray();
		const results = await Promise.allSettled(memberships.map((row) => deliver(publicDb, row)));
		const failed = results.find((result) => result.status === 'rejected');
		if (failed) throw failed.reason;
	} finally {
		publicDb.close();
	}
}

async function deliver(publicDb: PublicDb, membership: MembershipRow): Promise<void> {
	const result = await deliverLocked(publicDb, membership);
	// Also where a page delivers at present: it may be closed in the middle of it, and then nobody else comes back.
	if (!result.ok) throw new Error(`Not delivered: ${'failure' in result ? result.failure.why : 'busy'}`);
}
