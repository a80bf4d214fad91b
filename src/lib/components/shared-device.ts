import type { PublicDb } from '#lib/device/public-db.ts';

/** Key in the settings of this device: others use it, too, or clients sit at it. */
const KEY = 'shared-device';

export async function readShared(open: PublicDb): Promise<boolean> {
	return (await open.settings.get(KEY))?.value === true;
}

export async function writeShared(open: PublicDb, shared: boolean): Promise<void> {
	await open.settings.put({ key: KEY, value: shared });
}
