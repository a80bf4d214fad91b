import { writeMeta } from '#lib/device/device.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import { readContact, type Contact } from './contact-row.ts';
import type { Failure } from './exchange.ts';

/** Longest pause between two tries, ms. */
const LONGEST_PAUSE = 5 * 60_000;
/** Longest pause that a server may ask for, ms: a mistake in its answer must not silence a phone for days. */
const LONGEST_RETRY_AFTER = 60 * 60_000;

/** Pause before the next try, ms: 1, 2, 4 … s with full jitter between a half and the whole, at most five minutes. */
function pause(failures: number, random: number): number {
	const whole = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(20, failures - 1));
	return Math.round(whole * (0.5 + random / 2));
}

/**
 * Whether a try is due by itself. A contact in the future means that the device's clock was set back since: then what it
 * says about the next try says nothing.
 */
export function isDue(contact: Contact | undefined, now: number): boolean {
	return contact?.nextTry === undefined || contact.nextTry <= now || contact.at > now;
}

/** A request was answered; its contact is written with what the answer brought. `full`: it is still true that there is no room. */
export function success(now: number, limit: number, full: boolean): Contact {
	return { at: now, result: full ? 'full' : 'ok', failures: 0, limit };
}

export async function noteFailure(
	db: MembershipDb,
	failure: Failure,
	now: number,
	random: number,
	limit: number | undefined
): Promise<Contact> {
	const before = await readContact(db);
	const failures = (before?.failures ?? 0) + 1;
	const contact: Contact = {
		at: now,
		result: failure.why,
		failures,
		nextTry: now + Math.max(Math.min(failure.retryAfter ?? 0, LONGEST_RETRY_AFTER), pause(failures, random)),
		okAt: before?.okAt,
		limit
	};
	await writeMeta(db, 'contact', contact);
	return contact;
}
