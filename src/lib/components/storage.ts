import type { PublicDb } from '#lib/device/public-db.ts';

/** Key in the settings of this device: what the browser answered when it was asked to keep the data. */
const KEY = 'storage-kept';

/** Asks the browser to keep this device's data even when space runs out. Once it has agreed it is not asked again. */
export async function askToKeepStorage(publicDb: PublicDb): Promise<void> {
	// Some browsers have no such promise to give.
	if (!navigator.storage?.persist) return;
	if ((await publicDb.settings.get(KEY))?.value === true) return;
	await publicDb.settings.put({ key: KEY, value: await navigator.storage.persist() });
}

export interface StorageFacts {
	/** Undefined: this browser cannot say. */
	kept: boolean | undefined;
	/** Bytes in use on this device. */
	used: number | undefined;
}

export async function storageFacts(): Promise<StorageFacts> {
	const [kept, estimate] = await Promise.all([
		navigator.storage?.persisted?.(),
		navigator.storage?.estimate?.()
	]);
	return { kept, used: estimate?.usage };
}
