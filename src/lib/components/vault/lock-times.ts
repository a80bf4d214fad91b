import type { PublicDb } from '#lib/device/public-db.ts';
import { isNumber, isShaped } from '#lib/domain/shape.ts';

/** When a vault locks itself, minutes (faults.md §3.3). */
export interface LockTimes {
	/** Nobody has touched the device. */
	idle: number;
	/** The app was out of sight. */
	hidden: number;
}

export const LONGEST = 15;
const USUAL: LockTimes = { idle: 5, hidden: 1 };
const KEY = 'lock-times';

const within = (minutes: number) => Math.min(LONGEST, Math.max(1, Math.round(minutes)));

export async function readLockTimes(open: PublicDb): Promise<LockTimes> {
	const value = (await open.settings.get(KEY))?.value;
	if (!isShaped<LockTimes>(value, { idle: isNumber, hidden: isNumber })) return USUAL;
	return { idle: within(value.idle), hidden: within(value.hidden) };
}

export async function writeLockTimes(open: PublicDb, times: LockTimes): Promise<void> {
	await open.settings.put({ key: KEY, value: { idle: within(times.idle), hidden: within(times.hidden) } });
}
