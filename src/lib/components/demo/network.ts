import type { PublicDb } from '#lib/device/public-db.ts';
import { NETWORK_SWITCH } from '#lib/sync/carrier.ts';

/**
 * Turns the demo's network on or off for this device. It is a row, so page, frame and worker see the same; an open phone
 * watches it and tries at once.
 */
export async function setNetwork(publicDb: PublicDb, on: boolean): Promise<void> {
	await publicDb.settings.put({ key: NETWORK_SWITCH, value: on ? 'on' : 'off' });
}
