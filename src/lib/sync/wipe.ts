import { readMeta, type Device } from '#lib/device/device.ts';
import { forgetKeys } from '#lib/device/vault/keyring.ts';
import type { Carrier } from './exchange.ts';
import { leaveMark, tellWiped } from './wiped-mark.ts';

/**
 * Empties a revoked device once all that waited has arrived at the server: the keys first, so that from the first moment on nothing that
 * lies here can be read again, then the database. Where nobody else uses this browser a mark stays that says why, and the server has the
 * browser drop whatever is left.
 *
 * @param unseen nobody looks, as in a worker: the rest goes when a page has told why
 */
export async function wipe(device: Device, carrier: Carrier, unseen = false): Promise<void> {
	const { db, open, membership } = device;
	const replica = await readMeta(db, 'replica');
	forgetKeys(membership.id);
	const isLast = await open.transaction('rw', open.memberships, open.settings, async () => {
		await open.memberships.delete(membership.id);
		if (!replica || (await open.memberships.count()) > 0) return false;
		await leaveMark(open, { device: membership.device, replica, key: membership.key });
		return true;
	});
	await db.delete({ disableAutoOpen: true });
	if (isLast && replica) await tellWiped(carrier, replica, unseen);
}

/**
 * Whether a device has nothing left to deliver and is to be emptied. What a restored server may have lost goes out once more when its owner opens the
 * vault; until then it stays, sealed.
 */
export async function isToBeWiped({ db, membership }: Device): Promise<boolean> {
	if (membership.revokedAt === undefined || (await db.outbox.count()) > 0) return false;
	return (await readMeta(db, 'unmet')) === undefined || (await db.sent.count()) === 0;
}
