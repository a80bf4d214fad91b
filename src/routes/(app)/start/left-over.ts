import type { PublicDb } from '#lib/device/public-db.ts';
import { dropRest, readMark } from '#lib/sync/wiped-mark.ts';

/**
 * Whether this device was revoked and a worker has emptied it. Then the browser is had to drop the rest, the mark too; `dropped` is called when it
 * has.
 */
export async function wasWiped(open: PublicDb, dropped: () => void): Promise<boolean> {
	const mark = await readMark(open);
	if (!mark) return false;
	void dropRest(mark).then((done) => done && dropped());
	return true;
}
