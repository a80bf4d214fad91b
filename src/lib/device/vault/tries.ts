import { isNumber, isShaped } from '#lib/domain/shape.ts';
import type { PublicDb } from '#lib/device/public-db.ts';

/** Wrong tries that cost nothing; from then on each has to be waited for, ms. Kept on the device, so that a reload forgives nothing. */
const FREE = 5;
const WAITS = [30_000, 60_000, 5 * 60_000, 15 * 60_000];

interface Tries {
	wrong: number;
	/** When the last one was, ms. */
	at: number;
}

const keyOf = (membership: string) => `vault-tries:${membership}`;

async function read(open: PublicDb, membership: string): Promise<Tries> {
	const value = (await open.settings.get(keyOf(membership)))?.value;
	return isShaped<Tries>(value, { wrong: isNumber, at: isNumber }) ? value : { wrong: 0, at: 0 };
}

/** How long somebody has to wait before the next try, ms, and how many tries are left before that. A clock that was set back forgives nothing. */
export async function triesOf(
	open: PublicDb,
	membership: string,
	now: number
): Promise<{ wait: number; left: number }> {
	const { wrong, at } = await read(open, membership);
	const pause = wrong < FREE ? 0 : WAITS[Math.min(wrong - FREE, WAITS.length - 1)]!;
	const since = Math.max(0, now - at);
	return { wait: Math.max(0, pause - since), left: Math.max(0, FREE - wrong) };
}

export async function noteWrongTry(open: PublicDb, membership: string, now: number): Promise<void> {
	const { wrong } = await read(open, membership);
	await open.settings.put({ key: keyOf(membership), value: { wrong: wrong + 1, at: now } satisfies Tries });
}

export async function forgetTries(open: PublicDb, membership: string): Promise<void> {
	await open.settings.delete(keyOf(membership));
}
