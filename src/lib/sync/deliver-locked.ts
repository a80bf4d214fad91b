import { openDeviceWith, type Device } from '#lib/device/device.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { stayLocked } from '#lib/device/vault/stay-locked.ts';
import { browserDeps } from './carrier.ts';
import { flush, type FlushDeps, type FlushResult } from './flush.ts';
import { isToBeWiped, wipe } from './wipe.ts';

/**
 * Delivers what waits of a membership without its keys, as its author's: for the service worker, which has none, and for a page in which
 * somebody else works. Nothing is read: that is the matter of a page of its own. A device that was locked out is wiped, and nothing is left to deliver.
 */
export async function deliverLocked(
	open: PublicDb,
	membership: MembershipRow,
	deps: FlushDeps = browserDeps
): Promise<FlushResult> {
	const device = await openDeviceWith(open, membership, membership.vault && stayLocked);
	try {
		const result = await flush(device, deps, { read: false });
		if (!(await isToBeWiped(device))) return result;
		await wipe(device, deps.carrier(device), true);
		return { ok: true };
	} finally {
		device.db.close();
	}
}

/** The same for everybody else who uses this device: nobody's visits wait until their author comes back to it. */
export async function deliverOthers({ open, membership }: Device, deps?: FlushDeps): Promise<void> {
	const all = await open.memberships.toArray();
	for (const other of all.filter(({ id }) => id !== membership.id)) await deliverLocked(open, other, deps);
}
