import type { PublicDb } from '#lib/device/public-db.ts';

/** Key in the settings of this device: when the card was dismissed, ms. */
const KEY = 'install-card-dismissed';
/** A dismissed card stays away for thirty days, ms. */
const REST = 30 * 86_400_000;

/** Runs from its own icon already. */
export function isInstalled(): boolean {
	return matchMedia('(display-mode: standalone)').matches;
}

/** iPhones and iPads make no offer to install: people do it by hand. An iPad calls itself a Mac, but a Mac has no touch. */
export function isAppleTouch({
	userAgent,
	maxTouchPoints
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): boolean {
	return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}

export async function installCardDue(publicDb: PublicDb, now: number = Date.now()): Promise<boolean> {
	if (isInstalled()) return false;
	const dismissed = (await publicDb.settings.get(KEY))?.value;
	return typeof dismissed !== 'number' || now - dismissed > REST;
}

export async function putOffInstallCard(publicDb: PublicDb, now: number): Promise<void> {
	await publicDb.settings.put({ key: KEY, value: now });
}
