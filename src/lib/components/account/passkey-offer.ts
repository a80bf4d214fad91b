import type { Device } from '#lib/device/device.ts';
import type { PublicDb } from '#lib/device/public-db.ts';
import { passkeysWork } from '#lib/sync/passkeys.ts';

/** Key in the settings of this device: a passkey was added here, or its user wants none. */
const KEY = 'passkey-offer';

/** Whether a passkey is to be offered. The demo needs none: its doors are open. */
export async function passkeyOfferDue({
	open,
	membership
}: Pick<Device, 'open' | 'membership'>): Promise<boolean> {
	if (membership.demo || !passkeysWork()) return false;
	return (await open.settings.get(KEY)) === undefined;
}

export async function putOffPasskeyOffer(open: PublicDb): Promise<void> {
	await open.settings.put({ key: KEY, value: 'done' });
}
