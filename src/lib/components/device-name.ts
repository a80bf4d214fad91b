import type { PublicDb } from '#lib/device/public-db.ts';
import { m } from '#lib/paraglide/messages.js';

/** Key in the settings of this device: the name it was enrolled with. */
const KEY = 'device-name';

/** A name to begin with: what kind of device this is. People may call it what they like. */
export function usualDeviceName({ userAgent }: Pick<Navigator, 'userAgent'>): string {
	if (/iPad/.test(userAgent)) return m.device_ipad();
	if (/iPhone/.test(userAgent)) return m.device_iphone();
	if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? m.device_android() : m.device_tablet();
	return m.device_computer();
}

export async function readDeviceName(publicDb: PublicDb): Promise<string> {
	const stored = (await publicDb.settings.get(KEY))?.value;
	return typeof stored === 'string' ? stored : usualDeviceName(navigator);
}

export async function storeDeviceName(publicDb: PublicDb, name: string): Promise<void> {
	await publicDb.settings.put({ key: KEY, value: name });
}
