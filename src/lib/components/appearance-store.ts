import type { PublicDb } from '#lib/device/public-db.ts';
import {
	applyAppearance,
	MIRROR,
	mirroredAppearance,
	readAppearance,
	type Appearance
} from './appearance.ts';

/** Key in the settings of this device. */
const KEY = 'appearance';

/** The row is what counts: where the copy was lost, the look is mended and copied again. */
export async function mendAppearance(publicDb: PublicDb, root: HTMLElement, storage: Storage): Promise<void> {
	const row = await publicDb.settings.get(KEY);
	if (!row) return;
	const stored = readAppearance(row.value);
	if (JSON.stringify(stored) === JSON.stringify(mirroredAppearance(storage))) return;
	applyAppearance(root, stored);
	storage.setItem(MIRROR, JSON.stringify(stored));
}

/** Keeps the choice, with its copy for the next start. */
export async function storeAppearance(publicDb: PublicDb, appearance: Appearance): Promise<void> {
	await publicDb.settings.put({ key: KEY, value: { ...appearance } });
	localStorage.setItem(MIRROR, JSON.stringify(appearance));
}
