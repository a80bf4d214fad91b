import { readMeta } from '#lib/device/device.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import { isNumber, isShaped, isText, type Checks } from '#lib/domain/shape.ts';

/**
 * One flusher at a time, in page or worker: Web Locks where the browser has them, and always a lease in the database,
 * which a crashed holder loses by itself. The lease also says how far the flush is, so that every tab shows the same.
 */
export interface Lease {
	owner: string;
	until: number;
	total: number;
	done: number;
	since: number;
}

export const leaseChecks: Checks<Lease> = {
	owner: isText,
	until: isNumber,
	total: isNumber,
	done: isNumber,
	since: isNumber
};

/** How long a lease lasts without a sign of life, ms: longer than a request may take. */
export const LEASE = 75_000;

export async function readLease(db: MembershipDb, now: number): Promise<Lease | undefined> {
	const held = await readMeta(db, 'lease');
	return isShaped<Lease>(held, leaseChecks) && held.until > now && held.until <= now + LEASE
		? held
		: undefined;
}
