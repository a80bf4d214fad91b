import { isNumber, isShaped } from '#lib/domain/shape.ts';
import type { PublicDb } from '#lib/device/public-db.ts';

/** Wrong tries that cost nothing; from then on each has to be waited for, ms. Kept on the device, so that a reload forgives nothing. */
const FREE = 5;
const WAITS = [30_000, 60_000, 5 * 60_000, 15 * 60_000];
/** Tries that a quick PIN has until only the passphrase opens. */
const PIN_TRIES = 5;

interface Tries {
	wrong: number;
	/** When the last one was, ms. */
	at: number;
	/** Tries of the quick PIN since the vault was opened last. */
	pin: number;
}

const NONE: Tries = { wrong: 0, at: 0, pin: 0 };

const keyOf = (membership: string) => `vault-tries:${membership}`;

async function read(open: PublicDb, membership: string): Promise<Tries> {
	const value = (await open.settings.get(keyOf(membership)))?.value;
	// Rows of earlier versions know nothing of a PIN.
	const whole = { ...NONE, ...(value as Partial<Tries> | undefined) };
	return isShaped<Tries>(whole, { wrong: isNumber, at: isNumber, pin: isNumber }) ? whole : NONE;
}

/** Two tabs that count at once count two. */
async function count(open: PublicDb, membership: string, next: (tries: Tries) => Tries): Promise<Tries> {
	return open.transaction('rw', open.settings, async () => {
		const value = next(await read(open, membership));
		await open.settings.put({ key: keyOf(membership), value });
		return value;
	});
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
	await count(open, membership, (tries) => ({ ...tries, wrong: tries.wrong + 1, at: now }));
}

/** Counts a try of the quick PIN before it is made; how many are left after it. Negative: it may not be made. */
export async function takePinTry(open: PublicDb, membership: string): Promise<number> {
	const { pin } = await count(open, membership, (tries) => ({ ...tries, pin: tries.pin + 1 }));
	return PIN_TRIES - pin;
}

export async function forgetTries(open: PublicDb, membership: string): Promise<void> {
	await open.settings.delete(keyOf(membership));
}
